import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cloud } from '../../sandbox/account/cloud.ts';
import { ec2Id } from '../../sandbox/account/ids.ts';
import { accountJsonSchema } from '../../sandbox/account/seed/account-schema.ts';
import { SeedError } from '../../sandbox/account/seed/error.ts';
import { instant, resolveInstant } from '../../sandbox/account/seed/time.ts';
import { digestOfSeed } from '../../sandbox/state-folder.ts';
import { account, accountSeed, activitySeed, now, writeSeed } from './account-fixture.ts';

function seeded(accountJson: unknown = accountSeed, activityJson: unknown = activitySeed): Cloud {
  const cloud = new Cloud(() => now);
  cloud.seed(writeSeed(accountJson, activityJson));
  return cloud;
}

function failure(run: () => unknown): SeedError {
  try {
    run();
  } catch (error) {
    if (error instanceof SeedError) return error;
    throw error;
  }
  throw new Error('expected a SeedError');
}

describe('a seed with members', () => {
  const region = 'eu-west-1';
  function withMember(seed: object): string {
    const directory = writeSeed({ account, region }, []);
    const member = join(directory, 'members', 'shop');
    mkdirSync(member, { recursive: true });
    writeFileSync(join(member, 'account.json'), JSON.stringify(seed));
    return directory;
  }

  it('fills each account from its own folder, each in its organization', () => {
    const cloud = new Cloud(() => now);
    const users = [{ userName: 'dana' }];
    const organizationId = 'o-elsewhere00';
    cloud.seed(withMember({ account: '444455556666', region, organizationId, iam: { users } }));
    expect(Object.keys(cloud.account('444455556666').iam.users)).toEqual(['dana']);
    expect(Object.keys(cloud.account(account).iam.users)).toEqual([]);
    expect([account, '444455556666'].map((id) => cloud.organizationOf(id))).toEqual([
      'o-sandbox0000',
      organizationId,
    ]);
  });

  it('that is about the same account as another is refused by its file', () => {
    const directory = withMember({ account, region });
    const { file, path } = failure(() => new Cloud(() => now).seed(directory));
    expect([file, path]).toEqual([join(directory, 'members', 'shop', 'account.json'), 'account']);
  });

  it('counts in the digest that a state folder knows its seed by', () => {
    const member = { account: '444455556666', region };
    const digests = [member, member, { ...member, region: 'eu-west-2' }].map((one) =>
      digestOfSeed(withMember(one)),
    );
    expect(digests[0]).toBe(digests[1]);
    expect(digests[0]).not.toBe(digests[2]);
  });
});

describe('a seed', () => {
  it('fills an account, and is the same every time', () => {
    const state = seeded().snapshot();
    expect(Object.keys(state.accounts)).toEqual([account]);
    expect(seeded().snapshot()).toEqual(state);
  });

  it('needs no more than an account and a region', () => {
    expect(() => seeded({ account, region: 'eu-west-1' }, [])).not.toThrow();
  });

  const { ec2, iam } = accountSeed;
  it.each<[string, object, string, RegExp]>([
    ['an unknown key', { ...accountSeed, iam: { ...iam, userz: [] } }, 'iam', /userz/],
    ['a wrong account id', { ...accountSeed, account: '12' }, 'account', /12 digits/],
    [
      'a wrong time',
      { ...accountSeed, iam: { users: [{ userName: 'a', createDate: 'yesterday' }] } },
      'iam.users[0].createDate',
      /-PT35M/,
    ],
    [
      'an unknown group',
      { ...accountSeed, iam: { users: [{ userName: 'a', groups: ['g'] }] }, ec2: {} },
      'iam.users[0].groups[0]',
      /a group of this account, not g/,
    ],
    [
      'an unknown managed policy',
      {
        ...accountSeed,
        iam: { roles: [{ ...iam.roles[0], attachedPolicies: ['arn:aws:iam::aws:policy/Odd'] }] },
        ec2: {},
      },
      'iam.roles[0].attachedPolicies[0]',
      /a managed policy/,
    ],
    [
      'an unknown subnet',
      { ...accountSeed, ec2: { ...ec2, subnets: [] } },
      'ec2.instances[0].subnetId',
      /a subnet/,
    ],
    [
      'an unknown security group',
      { ...accountSeed, ec2: { ...ec2, securityGroups: ec2.securityGroups.slice(0, 1) } },
      'ec2.securityGroups[0].ingress[1].group',
      /a security group/,
    ],
    [
      'a malformed id',
      { ...accountSeed, ec2: { vpcs: [{ vpcId: 'vpc-x', cidrBlock: '10.0.0.0/8' }] } },
      'ec2.vpcs[0].vpcId',
      /expected vpc-/,
    ],
    [
      'a condition that cannot be evaluated',
      {
        account,
        region: 'eu-west-1',
        iam: {
          groups: [
            {
              groupName: 'g',
              inlinePolicies: {
                p: {
                  Statement: {
                    Effect: 'Allow',
                    Action: '*',
                    Resource: '*',
                    Condition: { Odd: { 'aws:x': '1' } },
                  },
                },
              },
            },
          ],
        },
      },
      'iam.groups[0].inlinePolicies.p',
      /Odd/,
    ],
  ])('with %s is refused, naming file, path and what was expected', (_what, accountJson, path, expected) => {
    const error = failure(() => seeded(accountJson));
    expect(error.path).toBe(path);
    expect(error.message).toMatch(expected);
    expect(error.file).toMatch(/account\.json$/);
  });

  it('with a bad activity record, or none at all, is refused likewise', () => {
    const record = { ...activitySeed[0], eventTime: 'PT35M' };
    expect(failure(() => seeded(accountSeed, [record]))).toMatchObject({
      path: '[0].eventTime',
      file: expect.stringMatching(/activity\.json$/),
    });
    expect(failure(() => new Cloud().seed('/nowhere')).message).toMatch(/expected a readable JSON file/);
    const directory = writeSeed();
    writeFileSync(join(directory, 'account.json'), '{');
    expect(failure(() => new Cloud().seed(directory)).path).toBe('');
  });
});

describe('the state', () => {
  it('survives JSON, and goes on without reusing an id', () => {
    const before = seeded();
    const made = ec2Id(before, 'sg');
    const after = new Cloud(() => now);
    after.restore(JSON.parse(JSON.stringify(before.snapshot())));
    expect(JSON.stringify(after.snapshot())).toBe(JSON.stringify(before.snapshot()));
    expect(ec2Id(after, 'sg')).not.toBe(made);
  });

  it('is not changed through a snapshot', () => {
    const cloud = seeded();
    const copy = cloud.snapshot();
    copy.sequence = -1;
    expect(cloud.state.sequence).not.toBe(-1);
  });
});

describe('relative times', () => {
  it('count back from now', () => {
    expect(resolveInstant('-PT35M', now)).toBe('2026-10-14T08:55:00Z');
    expect(resolveInstant('-P1W2DT3H4M5.5S', now)).toBe('2026-10-05T06:25:54Z');
    expect(resolveInstant('2026-01-01T00:00:00Z', now)).toBe('2026-01-01T00:00:00Z');
  });

  it('whatever the schema accepts can be resolved', () => {
    void fc.assert(
      fc.property(fc.stringMatching(/^-P(\d{1,2}D)?(T\d{1,2}H(\d{1,2}M)?)?$/), (text) => {
        if (!instant.safeParse(text).success) return true;
        return Date.parse(resolveInstant(text, now)) <= now.getTime();
      }),
    );
  });

  it.each(['-P', '-PT', 'P1D', '', '2026-01-01', '-P1M'])('%j is not one', (text) => {
    expect(instant.safeParse(text).success).toBe(false);
  });
});

describe('docs/account.schema.json', () => {
  it('is current', () => {
    const written: unknown = JSON.parse(readFileSync('docs/account.schema.json', 'utf8'));
    expect(written).toEqual(JSON.parse(JSON.stringify(accountJsonSchema())));
  });
});

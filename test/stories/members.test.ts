import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetUserCommand, IAMClient, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actions } from '../../functions/actions/registry.gen.ts';
import { families } from '../../functions/core/family.ts';
import type { Incident } from '../../functions/core/incident.ts';
import { type ClientSettings, startTestCloud, type TestCloud } from '../e2e/cloud.ts';
import { sallyport } from '../e2e/run.ts';
import { accountOf, activityOf, findingAbout, type Victim, victim } from '../e2e/victims.ts';
import { organizationSeed, synthesizeOrganization } from './organization.ts';

const HUB = '111122223333';
const MEMBER = '444455556666';
/** On the hub's list, but without the spoke. */
const NEWCOMER = '222233334444';
/** In the organisation and with the spoke, but not on the hub's list. */
const UNLISTED = '777788889999';
/** In another organisation, with roles that are called like the hub's. */
const OUTSIDER = '999900001111';
const REGION = 'eu-central-1';
/** The hub's functions that take the reader role. */
const READERS = ['triage', 'investigate', 'plan', 'watch-health'];
/** All roles of a member account. */
const ROLES = ['reader', 'evidence-reader', ...actions.map(({ id }) => `action-${id}`)];
const OUTSIDERS_KEY = 'AKIAOUTSIDEREXAMPLE1';
const HUB_ADMINS_KEY = 'AKIAHUBADMINEXAMPLE1';

/** The same name stands in three accounts: only the account tells them apart. */
const here = victim('stolen-key', 1);
const there: Victim = { ...victim('stolen-key', 2), user: here.user };
const elsewhere: Victim = { ...victim('stolen-key', 3), user: here.user };

const folder = mkdtempSync(join(tmpdir(), 'sallyport-members-'));
let test: TestCloud;
let assembly: string;
let seed: string;
beforeAll(async () => {
  assembly = synthesizeOrganization({
    accounts: [MEMBER, NEWCOMER],
    hubAccount: HUB,
    organizationId: 'o-sandbox0000',
  });
  seed = organizationSeed(hubSeed(), {
    member: seedIn(MEMBER, there),
    unlisted: seedIn(UNLISTED, elsewhere),
    outsider: { account: outsider() },
  });
  test = await startTestCloud({ assembly, accountSeed: seed });
});
afterAll(async () => {
  await test?.stop();
  for (const made of [assembly, seed, folder]) rmSync(made, { recursive: true });
});

function inAccount<Value>(account: string, value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(HUB, account)) as Value;
}

function seedIn(account: string, one: Victim) {
  return { account: inAccount(account, accountOf([one])), activity: inAccount(account, activityOf([one])) };
}

const take = { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'], Resource: '*' };
const takeAnything = { take: { Version: '2012-10-17', Statement: [take] } };

/** Beside the victim, somebody of the hub's account who may take any role that trusts the account. */
function hubSeed() {
  const seed = seedIn(HUB, here);
  const account = seed.account as { iam: { users: object[] } };
  account.iam.users.push({
    userName: 'hub-admin',
    accessKeys: [{ accessKeyId: HUB_ADMINS_KEY }],
    inlinePolicies: takeAnything,
  });
  return seed;
}

function outsider(): object {
  const trustPolicy = {
    Version: '2012-10-17',
    Statement: [{ ...take, Resource: undefined, Principal: { AWS: `arn:aws:iam::${OUTSIDER}:root` } }],
  };
  const names = [...READERS, 'collect', ...families.map((family) => `remediate-${family}`)];
  return {
    account: OUTSIDER,
    region: REGION,
    organizationId: 'o-elsewhere00',
    iam: {
      users: [
        { userName: 'mallory', accessKeys: [{ accessKeyId: OUTSIDERS_KEY }], inlinePolicies: takeAnything },
      ],
      roles: names.map((name) => ({
        roleName: `sallyport-${name}-${REGION}`,
        path: '/sallyport/',
        trustPolicy,
        inlinePolicies: takeAnything,
      })),
    },
  };
}

const keyOf = (account: string) =>
  test.cloud.accounts.account(account).iam.users[here.user]?.accessKeys[0]?.status;
const stateOf = (account: string) => structuredClone(test.cloud.accounts.account(account).iam);
const now = ({ id }: Incident) => test.session.ledger.read(id);

describe('a finding about a member account', () => {
  let incident: Incident;
  let before: Record<string, ReturnType<typeof stateOf>>;

  it('is investigated in that account, for the incident, and nowhere else', async () => {
    before = Object.fromEntries([HUB, MEMBER, UNLISTED].map((account) => [account, stateOf(account)]));
    incident = await test.respond(inAccount(MEMBER, findingAbout(there)));
    expect(incident.status).toBe('awaiting-approval');
    expect(
      incident.evidence.some(({ tool, status }) => tool === 'access-key-last-used' && status === 'found'),
    ).toBe(true);
    expect(incident.plan?.manifest.actions.map(({ action, target }) => [action, target.account])).toEqual([
      ['deactivate-access-key', MEMBER],
      ['revoke-sessions', MEMBER],
    ]);
    const calls = iamCalls();
    expect(calls.length).toBeGreaterThan(0);
    expect(new Set(calls.map(({ account }) => account))).toEqual(new Set([MEMBER]));
    expect(sourceIdentities()).toEqual(new Set([incident.id]));
  });

  it('has the evidence of it kept from that account, in a bundle of the hub’s', async () => {
    const kept = incident.custody.filter((entry) => entry.type === 'evidence-preserved');
    expect(kept.map(({ occasion, unavailable }) => [occasion, unavailable])).toEqual([['before-change', []]]);
    const to = join(folder, 'evidence');
    const { code } = await sallyport(['evidence', incident.id, '--to', to, '--json'], test.stateDirectory);
    expect(code).toBe(0);
    const read = (name: string) => JSON.parse(readFileSync(join(to, '1-before-change', name), 'utf8'));
    const files: { name: string; about?: { account: string } }[] = read('manifest.json').files;
    const trails = files.filter(({ about }) => about);
    expect(trails.length).toBeGreaterThan(0);
    expect(new Set(trails.map(({ about }) => about?.account))).toEqual(new Set([MEMBER]));
    const events: { recipientAccountId: string }[] = trails.flatMap(({ name }) => read(name).events);
    expect(events.length).toBeGreaterThan(0);
    expect(new Set(events.map(({ recipientAccountId }) => recipientAccountId))).toEqual(new Set([MEMBER]));
  });

  it('is contained there once a person approves, and a user of the same name in the hub’s account is not touched', async () => {
    await test.ask(incident, 'decision', { outcome: 'approve', reason: 'seen in the proxy log' });
    await test.cloud.idle();
    const contained = await now(incident);
    expect(contained.status).toBe('contained');
    expect(contained.effects.map(({ verified }) => verified)).toEqual([true, true]);
    expect([keyOf(MEMBER), keyOf(HUB), keyOf(UNLISTED)]).toEqual(['Inactive', 'Active', 'Active']);
    expect(stateOf(HUB)).toEqual(before[HUB]);
    expect(stateOf(UNLISTED)).toEqual(before[UNLISTED]);
    expect(new Set(iamCalls().map(({ account }) => account))).toEqual(new Set([MEMBER]));
  });

  it('is rolled back there, exactly', async () => {
    await test.ask(incident, 'rollback', { reason: 'the key was rotated' });
    await test.cloud.idle();
    expect((await now(incident)).status).toBe('closed');
    expect(stateOf(MEMBER)).toEqual(before[MEMBER]);
    expect(stateOf(HUB)).toEqual(before[HUB]);
    expect(sourceIdentities()).toEqual(new Set([incident.id]));
  });
});

it('a finding about the hub’s own account is still read and contained with no role of a member', async () => {
  const from = test.cloud.callLog().length;
  const incident = await test.respond(findingAbout(here));
  expect(incident.status).toBe('awaiting-approval');
  const calls = test.cloud.callLog().slice(from);
  const taking = calls.filter(({ operation }) => operation === 'AssumeRole');
  expect(new Set(taking.map(({ role }) => role))).toEqual(new Set(['sallyport-collect']));
  expect(new Set(calls.map(({ account }) => account))).toEqual(new Set([HUB]));
});

it('a finding about a member that has not deployed its spoke ends with a person, who is told why', async () => {
  const incident = await test.respond(inAccount(NEWCOMER, findingAbout(elsewhere)));
  expect([incident.status, incident.plan]).toEqual(['escalated', undefined]);
  const reasons = incident.evidence.map(({ output }) => JSON.stringify(output));
  expect(reasons.some((reason) => /MemberNotReadableError.*deploy SallyportSpoke in it/.test(reason))).toBe(
    true,
  );
});

it('a finding about an account that is not listed ends with a person, though its roles are there to be taken', async () => {
  const incident = await test.respond(inAccount(UNLISTED, findingAbout(elsewhere)));
  const { evidence, status, effects, plan } = incident;
  expect({ status, effects, plan }).toEqual({ status: 'escalated', effects: [], plan: undefined });
  const reasons = evidence.map(({ output }) => JSON.stringify(output));
  expect(reasons.some((reason) => reason.includes('AccountNotCoveredError'))).toBe(true);
  expect(keyOf(UNLISTED)).toBe('Active');
  expect(
    test.cloud.callLog().filter(({ account, role }) => account === UNLISTED && role !== 'service'),
  ).toEqual([]);
});

describe('the credentials of one of the hub’s functions', () => {
  it('take the member’s roles of their own family, and no others', async () => {
    for (const family of families) {
      const own = as(`remediate-${family}`);
      for (const action of actions) {
        const answer = await taken(own, MEMBER, `action-${action.id}`);
        expect(answer, `${family}: ${action.id}`).toBe(action.family === family ? 'taken' : 'AccessDenied');
      }
      for (const reader of ['reader', 'evidence-reader'])
        expect(await taken(own, MEMBER, reader), family).toBe('AccessDenied');
    }
  });

  it('take no role in an account that is not listed, though that would trust them', async () => {
    expect(await taken(as('remediate-identity'), UNLISTED, 'action-deactivate-access-key')).toBe(
      'AccessDenied',
    );
    for (const name of READERS) expect(await taken(as(name), UNLISTED, 'reader'), name).toBe('AccessDenied');
  });

  it.each([...READERS.map((name) => [name, 'reader'] as const), ['collect', 'evidence-reader'] as const])(
    'that read take one role: for %s it is %s, and no other',
    async (name, own) => {
      for (const role of ROLES)
        expect(await taken(as(name), MEMBER, role), role).toBe(role === own ? 'taken' : 'AccessDenied');
    },
  );

  it('take nothing without saying for which incident', async () => {
    for (const identity of [{}, { SourceIdentity: 'somebody' }])
      expect(await taken(as('remediate-identity'), MEMBER, 'action-deactivate-access-key', identity)).toBe(
        'AccessDenied',
      );
  });

  it('take nothing any more once the hub has left the organization', async () => {
    const hub = test.cloud.accounts.account(HUB);
    hub.organizationId = 'o-elsewhere00';
    expect(await taken(as('remediate-identity'), MEMBER, 'action-deactivate-access-key')).toBe(
      'AccessDenied',
    );
    expect(await taken(as('triage'), MEMBER, 'reader')).toBe('AccessDenied');
    hub.organizationId = undefined;
    expect(await taken(as('triage'), MEMBER, 'reader')).toBe('taken');
  });
});

it('an account outside of the organization takes no role, not even through roles that are called like the hub’s', async () => {
  const mallory = settings({ accessKeyId: OUTSIDERS_KEY, secretAccessKey: 'x' });
  const imitations = ['triage', 'collect', ...families.map((family) => `remediate-${family}`)];
  for (const role of ROLES) expect(await taken(mallory, MEMBER, role), role).toBe('AccessDenied');
  for (const imitation of imitations) {
    const credentials = await session(mallory, OUTSIDER, imitation);
    for (const role of ROLES)
      expect(await taken(settings(credentials), MEMBER, role), role).toBe('AccessDenied');
  }
});

it('nobody else of the hub’s account takes a role of a member, whatever the account allows them', async () => {
  const admin = settings({ accessKeyId: HUB_ADMINS_KEY, secretAccessKey: 'x' });
  for (const role of ROLES) expect(await taken(admin, MEMBER, role), role).toBe('AccessDenied');
});

it('what reads a member sees that account’s user of a name, and changes nothing', async () => {
  const reader = new IAMClient(settings(await session(as('plan'), MEMBER, 'reader')));
  const { User } = await reader.send(new GetUserCommand({ UserName: here.user }));
  expect(User?.Arn).toBe(`arn:aws:iam::${MEMBER}:user/${here.user}`);
  const change = { UserName: there.user, AccessKeyId: there.accessKey, Status: 'Inactive' } as const;
  await expect(reader.send(new UpdateAccessKeyCommand(change))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});

function as(name: string): ClientSettings {
  return test.as(`sallyport-${name}-${REGION}`);
}

function settings(credentials: object): ClientSettings {
  return { ...as('plan'), credentials } as ClientSettings;
}

/** `taken`, or the refusal's name. */
async function taken(...sought: Parameters<typeof session>): Promise<string> {
  try {
    await session(...sought);
    return 'taken';
  } catch (error) {
    return (error as Error).name;
  }
}

async function session(
  caller: ClientSettings,
  account: string,
  role: string,
  incident: { readonly SourceIdentity?: string } = { SourceIdentity: 'INC-TEST' },
): Promise<object> {
  const RoleArn = `arn:aws:iam::${account}:role/sallyport/sallyport-${role}-${REGION}`;
  const { Credentials } = await new STSClient(caller).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'INC-TEST', ...incident }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId,
    secretAccessKey: Credentials?.SecretAccessKey,
    sessionToken: Credentials?.SessionToken,
  };
}

/** What the responder's functions asked of IAM. */
function iamCalls() {
  return test.cloud
    .callLog()
    .filter(({ service, role }) => service === 'iam' && role.startsWith('sallyport-'));
}

/** Whose incident CloudTrail in the member account shows on what Sallyport did there. */
function sourceIdentities(): Set<unknown> {
  const events = test.cloud.accounts.account(MEMBER).events.map(({ userIdentity }) => userIdentity);
  const ours = events.filter((identity) => String(identity.arn).includes(':assumed-role/sallyport-'));
  return new Set(
    ours.map(({ sessionContext }) => (sessionContext as { sourceIdentity?: string }).sourceIdentity),
  );
}

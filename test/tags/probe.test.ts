import { afterEach, describe, expect, it } from 'vitest';
import type { TaggedResource } from '../../functions/core/ports.ts';
import type { Tag } from '../../functions/core/reserved-tags.ts';
import { permissions, type Reader, reads } from '../../functions/tags/operations.ts';
import { tagProbe } from '../../functions/tags/probe.ts';
import { AccountUnderTest, INCIDENT } from '../contract/account-under-test.ts';
import { ACCOUNT, REGION } from '../contract/action-case.ts';
import { INNOCENT, instances, network, TARGET } from '../contract/cases/seeds.ts';

const tags = { 'sallyport:suppress': 'honeypot' };
const trustPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const seed = {
  ec2: { ...network(), instances: instances({ tags }) },
  iam: {
    users: [{ userName: 'decoy', tags }],
    roles: [{ roleName: 'DecoyRole', tags, trustPolicy }],
  },
  s3: { buckets: [{ name: 'decoy-data', tags }, { name: 'bare-data' }] },
};

let under: AccountUnderTest;
afterEach(() => under.close());

async function asked(kind: TaggedResource['kind'], id: string): Promise<readonly Tag[]> {
  under = await AccountUnderTest.start(seed, []);
  const place = { account: ACCOUNT, region: REGION };
  return tagProbe(() => under.reader(permissions, reads) as Reader).tagsOf({ kind, id, ...place }, INCIDENT);
}

describe('the tags of a resource', () => {
  it.each([
    ['instance', TARGET],
    ['user', 'decoy'],
    ['role', 'DecoyRole'],
    ['bucket', 'decoy-data'],
  ] as const)('are read back: %s', async (kind, id) => {
    expect(await asked(kind, id)).toMatchObject([{ Key: 'sallyport:suppress', Value: 'honeypot' }]);
  });

  it.each([
    ['instance', INNOCENT],
    ['bucket', 'bare-data'],
    // A pattern to EC2: nothing has it for a name.
    ['instance', 'i-0a00000000000000?'],
  ] as const)('are none: %s %s', async (kind, id) => {
    expect(await asked(kind, id)).toEqual([]);
  });

  it.each([
    ['user', 'nobody', 'NoSuchEntityException'],
    ['bucket', 'no-such-bucket', 'TargetNotFoundError'],
    ['database', 'orders', 'TagsUnreadableError'],
  ] as const)('are an error: %s %s', async (kind, id, name) => {
    await expect(asked(kind, id)).rejects.toMatchObject({ name });
  });
});

import * as wafv2 from '@aws-sdk/client-wafv2';
import { afterAll, beforeAll, beforeEach, expect, it, test } from 'vitest';
import { SeedError } from '../../sandbox/account/seed/error.ts';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, admin, type Fixture, region, startFixture, stolen } from './account-fixture.ts';

const Id = '0a000000-0000-4000-8000-000000000001';
const named = { Scope: 'REGIONAL', Name: 'blocked', Id } as const;
const acl = { Scope: 'REGIONAL', Name: 'shop', Id: '0b000000-0000-4000-8000-000000000001' } as const;
const ARN = `arn:aws:wafv2:${region}:${account}:regional/ipset/blocked/${Id}`;
let fixture: Fixture;
let fresh: CloudState;
let client: wafv2.WAFV2Client;

const clientOf = (credentials = admin) =>
  new wafv2.WAFV2Client({ endpoint: fixture.server.endpoint, region, credentials, maxAttempts: 1 });

beforeAll(async () => {
  const ipSets = [
    { name: 'blocked', id: Id, addresses: ['192.0.2.44/32'], description: 'ours', tags: { team: 'edge' } },
    { name: 'office', id: '0a000000-0000-4000-8000-000000000002', ipAddressVersion: 'IPV6' },
  ];
  const rules = [
    { name: 'in', action: 'Allow', ipSets: ['office'] },
    { name: 'out', ipSets: ['blocked', 'office'] },
  ];
  fixture = await startFixture({
    seed: { wafv2: { ipSets, webAcls: [{ name: acl.Name, id: acl.Id, rules }] } },
  });
  fresh = fixture.cloud.snapshot();
  client = clientOf();
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const get = (more: object = {}) => client.send(new wafv2.GetIPSetCommand({ ...named, ...more }));
const update = (LockToken: string | undefined, Addresses: string[], more: object = {}) =>
  client.send(new wafv2.UpdateIPSetCommand({ ...named, Addresses, LockToken, ...more }));

it('a set is read with its token, under its name and its id together', async () => {
  const { IPSet, LockToken } = await get();
  expect(IPSet).toEqual({
    ...{ Name: 'blocked', Id, ARN, Description: 'ours' },
    ...{ IPAddressVersion: 'IPV4', Addresses: ['192.0.2.44/32'] },
  });
  expect(LockToken).toMatch(/^[0-9a-f-]{36}$/);
  const gone = { name: 'WAFNonexistentItemException' };
  await expect(get({ Name: 'office' })).rejects.toMatchObject(gone);
  await expect(get({ Id: '0a000000-0000-4000-8000-00000000000f' })).rejects.toMatchObject(gone);
  await expect(get({ Id: '__proto__' })).rejects.toMatchObject(gone);
  await expect(get({ Scope: 'CLOUDFRONT' })).rejects.toMatchObject(gone);
});

it('an update replaces the whole set, and its token is good for one change alone', async () => {
  const { LockToken } = await get();
  const { NextLockToken } = await update(LockToken, ['203.0.113.0/24']);
  expect(NextLockToken).not.toBe(LockToken);
  await expect(update(LockToken, [])).rejects.toMatchObject({ name: 'WAFOptimisticLockException' });
  const { IPSet, LockToken: token } = await get();
  expect(token).toBe(NextLockToken);
  expect(IPSet?.Addresses).toEqual(['203.0.113.0/24']);
  expect(IPSet?.Description).toBe('');
});

it.each([['0.0.0.0/0'], ['203.0.113.7'], ['203.0.113.7/24'], ['2001:db8::1/128']])(
  'a set for IPv4 refuses %s',
  async (address) => {
    const { LockToken } = await get();
    await expect(update(LockToken, [address])).rejects.toMatchObject({
      name: 'WAFInvalidParameterException',
    });
  },
);

it('a set holds 10,000 entries', async () => {
  const many = Array.from({ length: 10_001 }, (_, at) => `198.51.${at >> 8}.${at & 255}/32`);
  const { LockToken } = await get();
  await expect(update(LockToken, many)).rejects.toMatchObject({ name: 'WAFLimitsExceededException' });
  expect((await update(LockToken, many.slice(1))).NextLockToken).toBeDefined();
});

it('sets are listed page by page, those of CloudFront apart', async () => {
  const first = await client.send(new wafv2.ListIPSetsCommand({ Scope: 'REGIONAL', Limit: 1 }));
  expect(first.IPSets?.map(({ Name }) => Name)).toEqual(['blocked']);
  const second = await client.send(
    new wafv2.ListIPSetsCommand({ Scope: 'REGIONAL', Limit: 1, NextMarker: first.NextMarker }),
  );
  expect(second.IPSets?.map(({ Name }) => Name)).toEqual(['office']);
  expect(second.NextMarker).toBeUndefined();
  const elsewhere = await client.send(new wafv2.ListIPSetsCommand({ Scope: 'CLOUDFRONT' }));
  expect(elsewhere.IPSets).toEqual([]);
});

it('a web ACL shows its rules in order, with the sets that they refer to', async () => {
  const { WebACLs } = await client.send(new wafv2.ListWebACLsCommand({ Scope: 'REGIONAL' }));
  expect(WebACLs?.map(({ Name }) => Name)).toEqual(['shop']);
  const { WebACL } = await client.send(new wafv2.GetWebACLCommand(acl));
  expect(WebACL?.DefaultAction).toEqual({ Allow: {} });
  expect(WebACL?.Rules?.map(({ Priority, Action }) => [Priority, Action])).toEqual([
    [0, { Allow: {} }],
    [1, { Block: {} }],
  ]);
  expect(WebACL?.Rules?.[1]?.Statement?.OrStatement?.Statements?.[0]).toEqual({
    IPSetReferenceStatement: { ARN },
  });
});

it('tags are those of the set that the ARN names', async () => {
  const { TagInfoForResource } = await client.send(
    new wafv2.ListTagsForResourceCommand({ ResourceARN: ARN }),
  );
  expect(TagInfoForResource?.TagList).toEqual([{ Key: 'team', Value: 'edge' }]);
  const unknown = new wafv2.ListTagsForResourceCommand({ ResourceARN: `${ARN}0` });
  await expect(client.send(unknown)).rejects.toMatchObject({ name: 'WAFNonexistentItemException' });
});

it('whoever may not, does not', async () => {
  const refused = clientOf(stolen).send(new wafv2.GetIPSetCommand(named));
  await expect(refused).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('a seed whose rule refers to no set of its own is refused by place', async () => {
  const webAcls = [{ name: 'shop', id: acl.Id, rules: [{ name: 'out', ipSets: ['none'] }] }];
  const started = startFixture({ seed: { wafv2: { webAcls } } });
  await expect(started).rejects.toThrow(SeedError);
  await expect(started).rejects.toThrow('wafv2.webAcls[0].rules[0].ipSets');
});

import * as ec2 from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { account, type Fixture, region, startFixture } from './account-fixture.ts';

const NetworkAclId = 'acl-0a000000000000001';
let fixture: Fixture;
let client: ec2.EC2Client;
beforeAll(async () => {
  fixture = await startFixture();
  client = fixture.ec2();
  const { networkAcls, prefixLists } = fixture.cloud.region(account, region).ec2;
  networkAcls[NetworkAclId] = {
    networkAclId: NetworkAclId,
    vpcId: 'vpc-0a000000000000001',
    isDefault: false,
    subnetIds: ['subnet-0a000000000000001'],
    entries: [],
  };
  const prefixListName = 'com.amazonaws.global.cloudfront.origin-facing';
  prefixLists['pl-0a000000000000001'] = {
    prefixListId: 'pl-0a000000000000001',
    prefixListName,
    entries: ['13.124.199.0/24', '130.176.0.0/18'],
  };
});
afterAll(() => fixture.server.close());

const rule = {
  NetworkAclId,
  Egress: false,
  Protocol: '-1',
  RuleAction: 'deny',
  CidrBlock: '203.0.113.7/32',
} as const;
const create = (more: object) =>
  client.send(new ec2.CreateNetworkAclEntryCommand({ ...rule, RuleNumber: 10, ...more }));
const remove = (RuleNumber: number, Egress = false, id = NetworkAclId) =>
  client.send(new ec2.DeleteNetworkAclEntryCommand({ NetworkAclId: id, RuleNumber, Egress }));

it('describes a list with its rules in order, and closes it with a deny', async () => {
  await create({});
  await create({ RuleNumber: 5, RuleAction: 'allow', Protocol: '6', PortRange: { From: 22, To: 22 } });
  const Filters = [{ Name: 'association.subnet-id', Values: ['subnet-0a000000000000001'] }];
  const { NetworkAcls } = await client.send(new ec2.DescribeNetworkAclsCommand({ Filters }));
  const inbound = NetworkAcls?.[0]?.Entries?.filter((entry) => !entry.Egress);
  expect(inbound?.map(({ RuleNumber, RuleAction }) => [RuleNumber, RuleAction])).toEqual([
    [5, 'allow'],
    [10, 'deny'],
    [32_767, 'deny'],
  ]);
  expect(inbound?.[0]?.PortRange).toEqual({ From: 22, To: 22 });
});

it('has one rule under a number and direction, and deletes what is there', async () => {
  await expect(create({})).rejects.toMatchObject({ name: 'NetworkAclEntryAlreadyExists' });
  await create({ Egress: true });
  await remove(10, true);
  await expect(remove(10, true)).rejects.toMatchObject({ name: 'InvalidNetworkAclEntry.NotFound' });
  const gone = { name: 'InvalidNetworkAclID.NotFound' };
  await expect(remove(10, false, 'acl-0f000000000000001')).rejects.toMatchObject(gone);
});

it.each([
  [{ RuleNumber: 0 }, 'InvalidParameterValue'],
  [{ RuleNumber: 32_767 }, 'InvalidParameterValue'],
  [{ RuleNumber: 11, CidrBlock: undefined }, 'MissingParameter'],
  [{ RuleNumber: 11, Ipv6CidrBlock: '2001:db8::/32' }, 'MissingParameter'],
  [{ RuleNumber: 11, Protocol: 'tcp' }, 'InvalidParameterValue'],
])('refuses %j', async (more, name) => {
  await expect(create(more)).rejects.toMatchObject({ name });
});

it('takes twenty rules of a direction, the closing one counted', async () => {
  for (let RuleNumber = 100; RuleNumber < 117; RuleNumber += 1) await create({ RuleNumber });
  await expect(create({ RuleNumber: 200 })).rejects.toMatchObject({ name: 'NetworkAclEntryLimitExceeded' });
});

it('tells AWS’s own ranges, page by page', async () => {
  const Filters = [{ Name: 'prefix-list-name', Values: ['com.amazonaws.global.*'] }];
  const { PrefixLists } = await client.send(new ec2.DescribeManagedPrefixListsCommand({ Filters }));
  expect(PrefixLists).toMatchObject([{ OwnerId: 'AWS', PrefixListId: 'pl-0a000000000000001' }]);
  const PrefixListId = PrefixLists?.[0]?.PrefixListId;
  const first = await client.send(
    new ec2.GetManagedPrefixListEntriesCommand({ PrefixListId, MaxResults: 1 }),
  );
  expect(first.Entries).toEqual([{ Cidr: '13.124.199.0/24' }]);
  const { NextToken } = first;
  const rest = await client.send(new ec2.GetManagedPrefixListEntriesCommand({ PrefixListId, NextToken }));
  expect(rest.Entries).toEqual([{ Cidr: '130.176.0.0/18' }]);
});

it('loads an account that was saved before there were lists', () => {
  const saved = fixture.cloud.snapshot();
  Reflect.deleteProperty(saved.accounts[account]?.regions[region]?.ec2 ?? {}, 'networkAcls');
  fixture.cloud.restore(saved);
  expect(fixture.cloud.region(account, region).ec2.networkAcls).toEqual({});
});

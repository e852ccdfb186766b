import { afterEach, expect, test } from 'vitest';
import { denyNetworkAcl } from '../../functions/actions/deny-network-acl/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { ACL, ATTACKER, guarded, open, openIpv6 } from './cases/deny-network-acl.ts';
import { TARGET } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest | undefined;
afterEach(() => under?.close());

async function plan(
  seed: object = guarded(),
  params: object = { cidr: ATTACKER },
  about = target('instance', TARGET),
) {
  under = await AccountUnderTest.start(seed);
  return planCase(denyNetworkAcl, { target: about, params: params as Record<string, string> }, under);
}

async function executed(seed: object = guarded()) {
  const { planned } = await plan(seed);
  const session = await (under as AccountUnderTest).session(denyNetworkAcl, planned);
  await denyNetworkAcl.execute(planned, session, execution);
  return { planned, session };
}

const acl = () => under?.cloud.region(ACCOUNT, REGION).ec2.networkAcls[ACL];
const entryAt = (ruleNumber: number) => acl()?.entries.find((one) => one.ruleNumber === ruleNumber);
function put(...entries: readonly object[]): void {
  Object.assign(acl() ?? {}, { entries });
}
const deny = { ruleNumber: 99, egress: false, protocol: '-1', ruleAction: 'deny', cidrBlock: ATTACKER };
const allow = { ...open, egress: false, protocol: '-1', ruleAction: 'allow' };

test.each([
  '203.0.113.99',
  '203.0.113.0/24',
  '10.0.0.7/32',
  '169.254.169.254/32',
  '0.0.0.0/0',
  '2001:db8::/64',
  'fd00::1/128',
  '203.0.113.99/32,203.0.113.98/32',
  '',
])('%j is no single public address', (cidr) => {
  expect(denyNetworkAcl.params.safeParse({ cidr }).success).toBe(false);
});

test('a direction is one of two', () => {
  expect(denyNetworkAcl.params.safeParse({ cidr: ATTACKER, direction: 'both' }).success).toBe(false);
  expect(denyNetworkAcl.params.safeParse({}).success).toBe(false);
});

test.each([
  ['instance', 'i-0ffffffffffffffff'],
  ['instance', 'web-1'],
  ['network-interface', 'eni-0ffffffffffffffff'],
  ['network-interface', 'eni-1; drop'],
] as const)('%s %s is not found', async (kind, id) => {
  await expect(plan(guarded(), { cidr: ATTACKER }, target(kind, id))).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    target: `${kind.replace('-', ' ')} ${id}`,
  });
});

test('without a list of the subnet there is nothing to write into', async () => {
  await expect(plan(guarded([open], { subnets: [] }))).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'a network ACL of instance i-0a000000000000001 does not exist, or no longer does',
  });
});

const nat = {
  networkInterfaceId: 'eni-0d000000000000001',
  subnetId: 'subnet-0a000000000000001',
  securityGroups: ['sg-0a000000000000001'],
  privateIpAddress: '10.0.1.200',
  publicIpAddress: '203.0.113.50',
  interfaceType: 'nat_gateway',
  ipv6Addresses: ['2001:db8::50'],
};
const elastic = { allocationId: 'eipalloc-0d000000000000001', publicIp: '203.0.113.60' };

test.each([
  ['of a NAT gateway', '203.0.113.50/32', 'one of this account’s own'],
  ['of a NAT gateway, in IPv6', '2001:db8::50/128', 'one of this account’s own'],
  ['of the instance itself', '203.0.113.10/32', 'one of this account’s own'],
  ['kept, but used by nothing', '203.0.113.60/32', 'one of this account’s own'],
  ['of a health checker', '15.177.3.4/32', 'route53-healthchecks'],
  ['of a health checker, in IPv6', '2600:1f14::9/128', 'ipv6.route53-healthchecks'],
])('an address %s is never denied', async (_, cidr, words) => {
  const seed = guarded([open, openIpv6], {}, { networkInterfaces: [nat], addresses: [elastic] });
  await expect(plan(seed, { cidr })).rejects.toMatchObject({
    name: 'WrongStateError',
    target: `address ${cidr.replace(/\/\d+$/, '')}`,
    message: expect.stringContaining(words),
  });
});

test.each([
  ['the same rule', [allow, deny]],
  ['a wider one', [allow, { ...deny, cidrBlock: '203.0.113.0/24' }]],
  ['no allow at all', []],
  ['an allow for others', [{ ...allow, cidrBlock: '10.0.0.0/8' }]],
  ['an allow of the other direction', [{ ...allow, egress: true }]],
])('what %s denies leaves nothing to do', async (_, entries) => {
  await expect(plan(guarded(entries))).rejects.toMatchObject({
    name: 'NothingToDoError',
    message: 'instance i-0a000000000000001 already is closed, from 203.0.113.99/32: there is nothing to do',
  });
});

test.each([
  ['that comes too late', [{ ...allow, ruleNumber: 50 }, deny], 49],
  ['of one protocol', [allow, { ...deny, protocol: '6' }], 98],
  ['of somebody else', [allow, { ...deny, cidrBlock: '203.0.113.98/32' }], 98],
  ['of the other direction', [allow, { ...deny, egress: true }], 99],
])('a deny %s does not count, and ours comes first', async (_, entries, ruleNumber) => {
  const { answer } = await plan(guarded(entries));
  expect(answer.before.rules).toEqual([{ acl: ACL, ruleNumber }]);
});

test('a list without room is full, or without a number', async () => {
  const many = Array.from({ length: 18 }, (_, at) => ({
    ...deny,
    ruleNumber: at + 1,
    cidrBlock: `198.51.100.${at}/32`,
  }));
  expect((await plan(guarded([allow, ...many.slice(1)]))).answer.before.rules).toHaveLength(1);
  await under?.close();
  const full = {
    name: 'WrongStateError',
    message: expect.stringContaining('may have 20; take one out first'),
  };
  await expect(plan(guarded([allow, ...many]))).rejects.toMatchObject(full);
  await under?.close();
  const numbered = { name: 'WrongStateError', message: expect.stringContaining('number its rules anew') };
  await expect(plan(guarded([{ ...allow, ruleNumber: 1 }]))).rejects.toMatchObject(numbered);
});

test('what is in the subnets is counted, and who shares the address is unknown', async () => {
  const { answer } = await plan();
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([1, 3, null]);
});

test('an allow that somebody puts before our rule is not done', async () => {
  const { planned, session } = await executed();
  put(allow, deny, { ...allow, ruleNumber: 5 });
  expect(await denyNetworkAcl.verify(planned, session, execution)).toEqual({
    status: 'not-done',
    observed: `0 of 1 network ACL(s) deny everything from ${ATTACKER}`,
  });
});

test('a rule that somebody else wrote under our number is neither overwritten nor deleted', async () => {
  const { planned, session } = await executed();
  const foreign = { ...deny, cidrBlock: '198.51.100.9/32' };
  put(allow, foreign);
  const refused = { name: 'WrongStateError', message: expect.stringContaining('another rule 99 than ours') };
  await expect(denyNetworkAcl.execute(planned, session, execution)).rejects.toMatchObject(refused);
  await expect(denyNetworkAcl.rollback(planned, session, execution)).rejects.toMatchObject(refused);
  expect(entryAt(99)).toEqual(foreign);
});

test('a list that was deleted since needs no rollback', async () => {
  const { planned, session } = await executed();
  delete under?.cloud.region(ACCOUNT, REGION).ec2.networkAcls[ACL];
  await denyNetworkAcl.rollback(planned, session, execution);
});

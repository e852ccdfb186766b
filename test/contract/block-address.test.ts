import * as fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { blockAddress } from '../../functions/actions/block-address/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AwsError, type CallRecord } from '../../sandbox/wire/service.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { ACL, ATTACKER, firewall, obeying, SET, SET_V6 } from './cases/block-address.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const OURS = `${ATTACKER}/32`;
const FOREIGN = '192.0.2.44/32';
let under: AccountUnderTest | undefined;
let sabotage: ((record: CallRecord) => void) | undefined;
afterEach(async () => {
  sabotage = undefined;
  await under?.close();
});

async function plan(seed: object = firewall(), address = ATTACKER) {
  under = await AccountUnderTest.start(seed, [], (record) => sabotage?.(record));
  return planCase(blockAddress, { target: target('address', address) }, under);
}

async function planned(seed?: object) {
  const { planned: step } = await plan(seed);
  const session = await (under as AccountUnderTest).session(blockAddress, step);
  return {
    execute: () => blockAddress.execute(step, session, execution),
    rollback: () => blockAddress.rollback(step, session, execution),
    verify: () => blockAddress.verify(step, session, execution),
  };
}

const waf = () => {
  const state = under?.cloud.region(ACCOUNT, REGION).wafv2;
  if (!state) throw new Error('the case seeds no firewall');
  return state;
};
const addresses = (set = SET) => waf().ipSets[set]?.addresses;
const put = (...entries: readonly string[]) => Object.assign(waf().ipSets[SET] ?? {}, { addresses: entries });

/** Somebody else writes into the set between our reading and our writing, so many times. */
function interfere(times: number, change: (before: readonly string[]) => readonly string[]): () => number {
  let left = times;
  sabotage = ({ operation }) => {
    if (operation !== 'UpdateIPSet' || left === 0) return;
    left -= 1;
    put(...change(addresses() ?? []));
  };
  return () => left;
}

test.each(['web-1.example.com', '203.0.113.0/24', '203.0.113.99/32', '', '1; drop', '::ffff:203.0.113.9'])(
  '%j is no address',
  async (text) => {
    await expect(plan(firewall(), text)).rejects.toMatchObject({
      name: 'TargetNotFoundError',
      target: `address ${text}`,
    });
  },
);

test.each([
  '10.0.0.7',
  '169.254.169.254',
  '127.0.0.1',
  '0.0.0.0',
  '100.64.1.1',
  '224.0.0.1',
  'fd00::1',
  '::1',
])('%s is private or reserved', async (text) => {
  await expect(plan(firewall(), text)).rejects.toMatchObject({
    name: 'WrongStateError',
    message: `address ${text} is private or reserved: nobody on the internet has it`,
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
const ec2 = {
  vpcs: [{ vpcId: 'vpc-0a000000000000001', cidrBlock: '10.0.0.0/16' }],
  subnets: [
    {
      subnetId: 'subnet-0a000000000000001',
      vpcId: 'vpc-0a000000000000001',
      cidrBlock: '10.0.1.0/24',
      availabilityZone: 'eu-west-1a',
    },
  ],
  securityGroups: [{ groupId: 'sg-0a000000000000001', groupName: 'nat', vpcId: 'vpc-0a000000000000001' }],
  networkInterfaces: [nat],
  addresses: [{ allocationId: 'eipalloc-0d000000000000001', publicIp: '203.0.113.60' }],
  prefixLists: [
    {
      prefixListId: 'pl-0a000000000000001',
      prefixListName: 'com.amazonaws.global.cloudfront.origin-facing',
      entries: ['120.52.22.96/27'],
    },
    {
      prefixListId: 'pl-0a000000000000002',
      prefixListName: `com.amazonaws.${REGION}.ipv6.route53-healthchecks`,
      entries: ['2600:1f14::/35'],
    },
  ],
};

test.each([
  ['of a NAT gateway', '203.0.113.50', 'one of this account’s own'],
  ['of a NAT gateway, in IPv6 and in full', '2001:0DB8:0:0:0:0:0:50', 'one of this account’s own'],
  ['kept, but used by nothing', '203.0.113.60', 'one of this account’s own'],
  ['of CloudFront', '120.52.22.100', 'cloudfront.origin-facing'],
  ['of a health checker', '2600:1f14::9', 'ipv6.route53-healthchecks'],
])('an address %s is never blocked', async (_, address, words) => {
  await expect(plan(firewall({}, [obeying()], ec2), address)).rejects.toMatchObject({
    name: 'WrongStateError',
    target: expect.stringMatching(/^address [0-9a-f]/),
    message: expect.stringContaining(words),
  });
});

test.each([
  ['4', ATTACKER],
  ['6', '2001:db8::99'],
])('without the set for IPv%s the owner is told how to make it', async (family, address) => {
  const seed = { wafv2: { ipSets: [{ name: 'office', id: SET }], webAcls: [] } };
  await expect(plan(seed, address)).rejects.toMatchObject({
    name: 'WrongStateError',
    message: `IP set sallyport-blocked-v${family} is not there: create a regional IP set of that name for IPv${family}, and in the web ACLs that shall obey it a rule with the action Block that refers to it`,
  });
});

test.each([
  ['no web ACL at all', []],
  ['one that refers to other sets', [obeying({ rules: [{ name: 'other', ipSets: ['office'] }] })]],
  [
    'one that only counts',
    [obeying({ rules: [{ name: 'counted', action: 'Count', ipSets: ['sallyport-blocked-v4'] }] })],
  ],
  [
    'one that lets the set in',
    [obeying({ rules: [{ name: 'let-in', action: 'Allow', ipSets: ['sallyport-blocked-v4'] }] })],
  ],
])('with %s, adding the address would block nothing', async (_, webAcls) => {
  await expect(plan(firewall({}, webAcls))).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'IP set sallyport-blocked-v4 is in no rule of a web ACL that blocks: add one with the action Block that refers to it; rules inside of rule groups are not looked at',
  });
});

test('a condition beside the set does not count as a block', async () => {
  under = await AccountUnderTest.start(firewall());
  const acl = waf().webAcls[ACL];
  const [, rule] = acl?.rules ?? [];
  const Statement = { AndStatement: { Statements: [rule?.Statement, rule?.Statement] } };
  Object.assign(acl ?? {}, { rules: [{ ...rule, Statement }] });
  await expect(planCase(blockAddress, { target: target('address', ATTACKER) }, under)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'IP set sallyport-blocked-v4 is in no rule of a web ACL that blocks: add one with the action Block that refers to it; rules inside of rule groups are not looked at',
  });
});

test.each([
  ['the address itself', OURS],
  ['a range with it', '203.0.113.0/24'],
])(
  'what somebody blocked already as %s is nothing to do, so that no rollback will free it',
  async (_, entry) => {
    await expect(plan(firewall({ addresses: [FOREIGN, entry] }))).rejects.toMatchObject({
      name: 'NothingToDoError',
      message: 'address 203.0.113.99 already is in IP set sallyport-blocked-v4: there is nothing to do',
    });
  },
);

test('an address of IPv6 is found in whatever spelling the set has it', async () => {
  await expect(plan(firewall(), '2001:db8::1')).rejects.toMatchObject({
    name: 'NothingToDoError',
    message: 'address 2001:db8::1 already is in IP set sallyport-blocked-v6: there is nothing to do',
  });
});

test('a set that is full, or of the other version, is said to be', async () => {
  const addresses = Array.from({ length: 10_000 }, (_, at) => `198.51.${at >> 8}.${at & 255}/32`);
  await expect(plan(firewall({ addresses }))).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'IP set sallyport-blocked-v4 is full: it holds 10000 entries and may hold 10000; take some out first',
  });
  await under?.close();
  await expect(plan(firewall({ ipAddressVersion: 'IPV6' }))).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      "IP set sallyport-blocked-v4 is for IPV6 addresses: a set's version is for good: delete it, and create it for IPv4",
  });
});

test('what somebody else adds while we add is kept, and so is what he adds while we remove', async () => {
  const { execute, rollback } = await planned(firewall({ addresses: [FOREIGN] }));
  const during = interfere(2, (before) => [...before, `198.51.100.${before.length}/32`]);
  await execute();
  expect(during()).toBe(0);
  expect(addresses()).toEqual([FOREIGN, '198.51.100.1/32', '198.51.100.2/32', OURS]);

  const after = interfere(1, () => ['192.0.2.1/32', OURS]);
  await rollback();
  expect(after()).toBe(0);
  expect(addresses()).toEqual(['192.0.2.1/32']);
});

test('whatever others write between our calls is what is there afterwards, with the address or without it', async () => {
  const { execute, rollback } = await planned();
  const entry = fc.integer({ min: 0, max: 255 }).map((host) => `198.51.100.${host}/32`);
  const sets = fc.array(fc.uniqueArray(entry, { maxLength: 5 }), { minLength: 1, maxLength: 4 });
  const others = () => addresses()?.filter((one) => one !== OURS);
  const property = fc.asyncProperty(sets, async (writes) => {
    put();
    for (const work of [execute, rollback]) {
      const pending = [...writes];
      let written = others();
      interfere(writes.length, () => {
        written = pending.shift() ?? [];
        return [...written, ...(work === rollback ? [OURS] : [])];
      });
      await work();
      expect(others()).toEqual(written);
      expect(addresses()?.includes(OURS)).toBe(work === execute);
    }
  });
  await fc.assert(property, { numRuns: 20 });
});

test('where somebody else was faster with the same address, nothing is written', async () => {
  const { execute } = await planned();
  interfere(1, (before) => [...before, OURS]);
  await execute();
  expect(addresses()).toEqual([OURS]);
});

test('a set that others never stop changing is tried again later, and left as they have it', async () => {
  const { execute } = await planned();
  interfere(Number.POSITIVE_INFINITY, (before) => [...before, `198.51.100.${before.length}/32`]);
  await expect(execute()).rejects.toMatchObject({
    name: 'NotYetError',
    message: 'IP set sallyport-blocked-v4 is still being changed by others; the same change is tried again',
    $retryable: {},
  });
  expect(addresses()).not.toContain(OURS);
});

test('another error of WAF is not taken for a race', async () => {
  const { execute } = await planned();
  sabotage = ({ operation }) => {
    if (operation === 'UpdateIPSet') throw new AwsError('WAFInternalErrorException', 'try later', 500);
  };
  await expect(execute()).rejects.toMatchObject({ name: 'WAFInternalErrorException' });
});

test('the description of the set stays', async () => {
  const { execute, rollback } = await planned();
  await execute();
  expect(waf().ipSets[SET]?.description).toBe('Kept by Sallyport');
  await rollback();
  expect(waf().ipSets[SET]?.description).toBe('Kept by Sallyport');
});

test('a range that somebody blocks since is left alone, and the address goes out from under it', async () => {
  const { execute, rollback } = await planned();
  await execute();
  put('203.0.113.0/24', OURS);
  await rollback();
  expect(addresses()).toEqual(['203.0.113.0/24']);
});

test('a set that was deleted since needs no rollback, and takes no address', async () => {
  const { execute, rollback } = await planned();
  delete waf().ipSets[SET];
  await expect(execute()).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'IP set sallyport-blocked-v4 does not exist, or no longer does',
  });
  await rollback();
});

test('the set of the other family is never written', async () => {
  const { execute } = await planned();
  const before = addresses(SET_V6);
  await execute();
  expect(addresses(SET_V6)).toEqual(before);
});

test('a rule that was taken out of a web ACL, and an address that was taken out, are not done', async () => {
  const two = [obeying(), obeying({ name: 'api', id: '0b000000-0000-4000-8000-000000000002' })];
  const { execute, verify } = await planned(firewall({}, two));
  await execute();
  Object.assign(waf().webAcls[ACL] ?? {}, { rules: [] });
  expect(await verify()).toEqual({
    status: 'not-done',
    observed: `IP set sallyport-blocked-v4 holds ${OURS}; 1 web ACL(s) block what it holds, and 1 of the plan no longer do`,
  });
  delete waf().webAcls[ACL];
  expect((await verify()).status).toBe('done');
  put();
  expect((await verify()).status).toBe('not-done');
});

test('a stack that keeps the set is named, and who shares the address is unknown', async () => {
  const { answer } = await plan(firewall({ tags: { 'aws:cloudformation:stack-name': 'edge' } }));
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([1, null, null, 1]);
  expect(answer.blastRadius.at(-1)?.what).toContain('CloudFormation stack edge');
});

test('more sets and web ACLs than fit one page are all looked at', async () => {
  const many = (kind: string) =>
    Array.from({ length: 101 }, (_, at) => ({
      name: `${kind}-${at}`,
      id: `0c000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    }));
  const { wafv2 } = firewall();
  const seed = {
    wafv2: {
      ipSets: [...many('set'), ...wafv2.ipSets],
      webAcls: [...many('acl'), ...wafv2.webAcls],
    },
  };
  expect((await plan(seed)).answer.before.webAcls).toHaveLength(1);
});

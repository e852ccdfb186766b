import { afterEach, expect, test } from 'vitest';
import { blockDomain } from '../../functions/actions/block-domain/action.ts';
import { addDomain } from '../../functions/actions/block-domain/domain-list.ts';
import type { Execution } from '../../functions/core/account.ts';
import { UpdateFirewallDomainsCommand } from '../../functions/resolver/commands.ts';
import { AwsError, type CallRecord } from '../../sandbox/wire/service.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { C2, firewall, GROUP, LIST, OTHER_VPC, obeying, VPC } from './cases/block-domain.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const OURS = `${C2}.`;
const FOREIGN = 'dropped.example.org.';
let under: AccountUnderTest | undefined;
let sabotage: ((record: CallRecord) => void) | undefined;
afterEach(async () => {
  sabotage = undefined;
  await under?.close();
});

async function plan(seed: object = firewall(), domain = C2) {
  under = await AccountUnderTest.start(seed, [], (record) => sabotage?.(record));
  return planCase(blockDomain, { target: target('domain', domain) }, under);
}

async function planned(seed?: object) {
  const { planned: step } = await plan(seed);
  const session = await (under as AccountUnderTest).session(blockDomain, step);
  return {
    session,
    execute: () => blockDomain.execute(step, session, execution),
    rollback: () => blockDomain.rollback(step, session, execution),
    verify: () => blockDomain.verify(step, session, execution),
  };
}

const state = () => {
  const resolver = under?.cloud.region(ACCOUNT, REGION).route53resolver;
  if (!resolver) throw new Error('the case seeds no firewall');
  return resolver;
};
const domains = () => state().domainLists[LIST]?.domains;
const put = (...entries: readonly string[]) =>
  Object.assign(state().domainLists[LIST] ?? {}, { domains: entries });

function fail(operation: string, code: string): void {
  sabotage = (record) => {
    if (record.operation === operation) throw new AwsError(code, 'as AWS may say');
  };
}

test.each([
  '',
  '203.0.113.9',
  '*.example.net',
  'bücher.example',
  '_dmarc.example.net',
  'a b.example',
  'x'.repeat(300),
])('%j is no name that DNS Firewall takes', async (text) => {
  await expect(plan(firewall(), text)).rejects.toMatchObject({ name: 'TargetNotFoundError' });
});

test.each([
  ['com', 'a registry’s own'],
  ['co.uk', 'a registry’s own'],
  ['com.au', 'a registry’s own'],
  ['localhost', 'a registry’s own'],
  ['ip-10-0-0-1.eu-west-1.compute.internal', 'private or reserved'],
  ['printer.local', 'private or reserved'],
  ['9.113.0.203.in-addr.arpa', 'private or reserved'],
  ['amazonaws.com', 'under AWS’s own amazonaws.com'],
  ['STS.eu-west-1.amazonaws.com.', 'under AWS’s own amazonaws.com'],
  ['bucket.s3.cn-north-1.amazonaws.com.cn', 'under AWS’s own amazonaws.com.cn'],
  ['lambda.eu-west-1.api.aws', 'under AWS’s own api.aws'],
  ['signin.aws.amazon.com', 'under AWS’s own aws.amazon.com'],
  ['ldap.corp.example.com', 'under corp.example.com, which your own resolvers answer'],
  ['corp.example.com', 'under corp.example.com, which your own resolvers answer'],
])('%s is never blocked: it is %s', async (name, words) => {
  const forwardRules = [
    { id: 'rslvr-rr-0c00000000000002', name: 'everything', domainName: '.' },
    { id: 'rslvr-rr-0c00000000000001', name: 'head office', domainName: 'corp.example.com' },
  ];
  await expect(plan(firewall({}, [obeying()], { forwardRules }), name)).rejects.toMatchObject({
    name: 'WrongStateError',
    message: expect.stringContaining(words),
  });
  expect(domains()).toEqual([]);
});

test.each([
  'amazonaws.com.example.net',
  'notamazonaws.com',
  'notcorp.example.com',
  'co.uk.example',
  'evil.co.uk',
])('%s only looks like one of these', async (name) => {
  const forwardRules = [
    { id: 'rslvr-rr-0c00000000000001', name: 'head office', domainName: 'corp.example.com' },
  ];
  const { answer } = await plan(firewall({}, [obeying()], { forwardRules }), name);
  expect(answer.before.domain).toBe(name);
});

test.each([
  ['without the tag, whoever made it', { tags: {} }],
  ['with the tag of another action', { tags: { 'sallyport:action': 'isolate-instance' } }],
  ['of another owner', { managedOwnerName: 'Somebody' }],
  ['of another name', { name: 'sallyport-blocked' }],
])('a list %s is not ours', async (_, list) => {
  await expect(plan(firewall(list, []))).rejects.toMatchObject({
    name: 'WrongStateError',
    message: 'domain list sallyport-blocked-domains is not there: deploy Sallyport again: it comes with it',
  });
});

test.each([
  ['no rule group at all', []],
  ['one that is associated with no VPC', [obeying({ vpcs: [] })]],
  ['one that refers to other lists', [obeying({ rules: [{ name: 'other', domainList: 'partners' }] })]],
  [
    'one that only alerts',
    [obeying({ rules: [{ name: 'watched', action: 'ALERT', domainList: 'sallyport-blocked-domains' }] })],
  ],
  [
    'one that lets the list through',
    [obeying({ rules: [{ name: 'let-in', action: 'ALLOW', domainList: 'sallyport-blocked-domains' }] })],
  ],
  [
    'one that blocks one type of query',
    [obeying({ rules: [{ name: 'mail', qtype: 'MX', domainList: 'sallyport-blocked-domains' }] })],
  ],
])('with %s, adding the name would block nothing', async (_, ruleGroups) => {
  await expect(plan(firewall({}, ruleGroups))).rejects.toMatchObject({
    name: 'WrongStateError',
    message: expect.stringContaining('in no rule that blocks'),
  });
});

test.each([
  ['the name itself', C2],
  ['the name in capitals', 'C2.EXAMPLE.NET'],
  ['every name above which it is', '*.example.net'],
  ['every name', '*'],
])(
  'what somebody blocked already as %s is nothing to do, so that no rollback will free it',
  async (_, entry) => {
    under = await AccountUnderTest.start(firewall());
    put(FOREIGN, entry);
    await expect(planCase(blockDomain, { target: target('domain', C2) }, under)).rejects.toMatchObject({
      name: 'NothingToDoError',
    });
  },
);

test.each(['example.net', '*.c2.example.net', 'notc2.example.net'])(
  'an entry for %s does not block the name',
  async (entry) => {
    expect((await plan(firewall({ domains: [entry] }))).answer.expected).toEqual({ blocked: C2 });
  },
);

test.each(['UPDATING', 'IMPORTING'])(
  'a list that is %s is waited for, and not written meanwhile',
  async (status) => {
    const { execute, verify, rollback } = await planned();
    const list = state().domainLists[LIST];
    Object.assign(list ?? {}, { status });
    for (const work of [execute, verify, rollback])
      await expect(work()).rejects.toMatchObject({ name: 'NotYetError', $retryable: {} });
    expect(domains()).toEqual([]);
    Object.assign(list ?? {}, { status: 'COMPLETE' });
    await execute();
    expect((await verify()).status).toBe('done');
  },
);

test('until AWS has carried the change out, it is not done, and a retry finds it there', async () => {
  const { execute, verify } = await planned();
  let updated = false;
  sabotage = ({ operation }) => {
    if (operation === 'UpdateFirewallDomains') updated = true;
    if (operation === 'GetFirewallDomainList' && updated)
      Object.assign(state().domainLists[LIST] ?? {}, { status: 'UPDATING' });
  };
  await expect(execute()).rejects.toMatchObject({ name: 'NotYetError' });
  expect(domains()).toEqual([OURS]);
  sabotage = undefined;
  Object.assign(state().domainLists[LIST] ?? {}, { status: 'COMPLETE' });
  await execute();
  expect(domains()).toEqual([OURS]);
  expect((await verify()).status).toBe('done');
});

test('what others change meanwhile stays, with the name and after it', async () => {
  const { execute, rollback } = await planned(firewall({ domains: ['dropped.example.org'] }));
  let added = 0;
  sabotage = ({ operation }) => {
    if (operation !== 'UpdateFirewallDomains') return;
    added += 1;
    put(...(domains() ?? []), `other-${added}.example.org.`);
  };
  await execute();
  expect(domains()).toEqual([FOREIGN, 'other-1.example.org.', OURS]);
  await rollback();
  expect(domains()).toEqual([FOREIGN, 'other-1.example.org.', 'other-2.example.org.']);
});

test('a list that lost its tag is written no more, and a person is told', async () => {
  const { execute, rollback } = await planned();
  await execute();
  Object.assign(state().domainLists[LIST] ?? {}, { tags: {} });
  await expect(rollback()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect(domains()).toEqual([OURS]);
});

test.each([
  ['ConflictException', 'NotYetError'],
  ['ResourceNotFoundException', 'TargetNotFoundError'],
  ['InternalServiceErrorException', 'InternalServiceErrorException'],
])('%s of the change is a %s', async (code, name) => {
  const { execute } = await planned();
  fail('UpdateFirewallDomains', code);
  await expect(execute()).rejects.toMatchObject({ name });
  expect(domains()).toEqual([]);
});

// The SDK takes it for throttling, and waits ten seconds: so the session itself refuses it.
test('a list that may hold no more is a WrongStateError', async () => {
  const { session } = await planned();
  const full: typeof session = {
    ...session,
    send: async (command, region) => {
      if (!(command instanceof UpdateFirewallDomainsCommand)) return session.send(command, region);
      throw Object.assign(new Error('too many'), { name: 'LimitExceededException' });
    },
  };
  const list = { id: LIST, name: 'sallyport-blocked-domains' } as Parameters<typeof addDomain>[0];
  await expect(addDomain(list, C2, full)).rejects.toMatchObject({ name: 'WrongStateError' });
  expect(domains()).toEqual([]);
});

test('a wildcard that somebody blocks since is left alone, and the name goes out from under it', async () => {
  const { execute, rollback } = await planned();
  await execute();
  put('*.example.net.', OURS);
  await rollback();
  expect(domains()).toEqual(['*.example.net.']);
});

test('a list that was deleted since needs no rollback, and takes no name', async () => {
  const { execute, rollback } = await planned();
  delete state().domainLists[LIST];
  await expect(execute()).rejects.toMatchObject({ name: 'TargetNotFoundError' });
  await rollback();
});

test('a rule that was taken out, and a name that was taken out, are not done', async () => {
  const { execute, verify } = await planned(firewall({}, [obeying({ vpcs: [VPC, OTHER_VPC] })]));
  await execute();
  Object.assign(state().ruleGroups[GROUP] ?? {}, { vpcs: [OTHER_VPC] });
  expect(await verify()).toEqual({
    status: 'not-done',
    observed: `Domain list sallyport-blocked-domains holds ${C2}; 1 VPC(s) block what it holds, and 1 of the plan no longer do`,
  });
  Object.assign(state().ruleGroups[GROUP] ?? {}, { vpcs: [VPC, OTHER_VPC] });
  expect((await verify()).status).toBe('done');
  put();
  expect((await verify()).status).toBe('not-done');
});

test('a rule group that was deleted since it was listed blocks nothing', async () => {
  const { execute, verify } = await planned();
  await execute();
  fail('ListFirewallRules', 'ResourceNotFoundException');
  expect((await verify()).status).toBe('not-done');
});

test('who asks for the name is not known, so that the reach is', async () => {
  const { answer } = await plan(firewall({}, [obeying({ vpcs: [VPC, OTHER_VPC] })]));
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([2, null]);
});

test('more lists, rules, rule groups and names than fit one page are all looked at', async () => {
  const named = (kind: string, at: number) => `rslvr-${kind}-1${String(at).padStart(15, '0')}`;
  const many = (kind: string) =>
    Array.from({ length: 101 }, (_, at) => ({ id: named(kind, at), name: `n-${at}` }));
  const forwardRules = many('rr').map((one, at) => ({ ...one, domainName: `n${at}.example.com` }));
  const { ec2, route53resolver } = firewall();
  const rules = Array.from({ length: 101 }, (_, at) => ({ name: `r-${at}`, domainList: 'partners' }));
  const seed = {
    ec2,
    route53resolver: {
      domainLists: [...many('fdl'), ...route53resolver.domainLists],
      ruleGroups: [
        ...many('frg').map((one) => ({ ...one, vpcs: [OTHER_VPC] })),
        obeying({ rules: [...rules, { name: 'blocked', domainList: 'sallyport-blocked-domains' }] }),
      ],
      forwardRules,
    },
  };
  expect((await plan(seed)).answer.before.vpcs).toEqual([VPC]);
  await expect(plan(seed, 'a.n100.example.com')).rejects.toMatchObject({ name: 'WrongStateError' });
  put(...Array.from({ length: 5001 }, (_, at) => `d${at}.example.org.`), OURS);
  const again = planCase(blockDomain, { target: target('domain', C2) }, under as AccountUnderTest);
  await expect(again).rejects.toMatchObject({ name: 'NothingToDoError' });
});

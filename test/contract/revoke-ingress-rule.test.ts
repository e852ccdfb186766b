import { afterEach, expect, test } from 'vitest';
import { revokeIngressRule } from '../../functions/actions/revoke-ingress-rule/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { GROUP, groupWith } from './cases/revoke-ingress-rule.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const ssh = { port: 22, cidr: '0.0.0.0/0', description: 'everybody' };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(
  ingress: readonly object[],
  params: { port?: number } = {},
  more: object = {},
  id = GROUP,
) {
  under = await AccountUnderTest.start(groupWith(ingress, more));
  return planCase(revokeIngressRule, { target: target('security-group', id), params }, under);
}

async function prepare(ingress: readonly object[], params: { port?: number } = {}) {
  const { planned } = await plan(ingress, params);
  return { planned, session: await under.session(revokeIngressRule, planned) };
}

const state = () => under.cloud.region(ACCOUNT, REGION).ec2;
const ingressNow = () =>
  (state().securityGroups[GROUP]?.rules ?? [])
    .filter((rule) => !rule.isEgress)
    .map((rule) => `${rule.ipProtocol} ${rule.fromPort} ${rule.cidrIpv4 ?? rule.cidrIpv6}`);

test.each([
  ['only the web is open', [{ port: 443, cidr: '0.0.0.0/0' }], {}, 'a port other than 80 and 443'],
  ['another port is open', [ssh], { port: 3389 }, 'port 3389'],
  [
    'one half of the internet is let in',
    [{ port: 22, cidr: '0.0.0.0/1' }],
    {},
    'a port other than 80 and 443',
  ],
  [
    'only pings are let in',
    [{ protocol: 'icmp', fromPort: 8, toPort: -1, cidr: '0.0.0.0/0' }],
    { port: 8 },
    'port 8',
  ],
])('where %s there is nothing to do', async (_, ingress, params, ports) => {
  await expect(plan(ingress, params)).rejects.toMatchObject({
    name: 'NothingToDoError',
    target: 'security group sg-0c000000000000001',
    message: `security group ${GROUP} already lets nobody in from everywhere on ${ports}: there is nothing to do`,
  });
});

test.each(['sg-0ffffffffffffffff', 'not-a-group'])('a group %s is not found', async (id) => {
  await expect(plan([ssh], {}, {}, id)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    target: `security group ${id}`,
  });
});

test.each([{ port: 0 }, { port: 65_536 }, { port: 22.5 }, { port: '22' }, { cidr: '0.0.0.0/0' }])(
  'the parameters %j are refused',
  async (params) => {
    under = await AccountUnderTest.start(groupWith([ssh]));
    expect(revokeIngressRule.params.safeParse(params).success).toBe(false);
  },
);

test('a web port that is asked for by name is closed as well', async () => {
  const { planned, session } = await prepare([{ port: 443, cidr: '0.0.0.0/0' }, ssh], { port: 443 });
  await revokeIngressRule.execute(planned, session, execution);
  expect(ingressNow()).toEqual(['tcp 22 10.0.0.0/16', 'tcp 22 0.0.0.0/0']);
});

test('a rule that was opened since is not revoked unasked, and keeps the group from being done', async () => {
  const { planned, session } = await prepare([ssh], { port: 22 });
  const since = { securityGroupRuleId: 'sgr-0fffffffffffffff1', isEgress: false, ipProtocol: '-1' };
  state().securityGroups[GROUP]?.rules.push({ ...since, cidrIpv6: '::/0' });
  await revokeIngressRule.execute(planned, session, execution);
  expect(ingressNow()).toEqual(['tcp 22 10.0.0.0/16', '-1 undefined ::/0']);
  expect(await revokeIngressRule.verify(planned, session, execution)).toEqual({
    status: 'not-done',
    observed: '1 rule(s) of the group let the internet in on port 22',
  });
});

test('a rule that was narrowed since is left as it is now', async () => {
  const { planned, session } = await prepare([ssh], { port: 22 });
  const group = state().securityGroups[GROUP];
  if (group)
    group.rules = group.rules.map((rule) =>
      rule.cidrIpv4 === '0.0.0.0/0' && !rule.isEgress ? { ...rule, cidrIpv4: '198.51.100.0/28' } : rule,
    );
  await revokeIngressRule.execute(planned, session, execution);
  expect(ingressNow()).toEqual(['tcp 22 10.0.0.0/16', 'tcp 22 198.51.100.0/28']);
  expect((await revokeIngressRule.verify(planned, session, execution)).status).toBe('done');
});

test('a rule that goes between the reading and the revoking is as revoked', async () => {
  under = await AccountUnderTest.start(groupWith([ssh]), [], ({ operation }) => {
    const group = state().securityGroups[GROUP];
    if (operation === 'RevokeSecurityGroupIngress' && group)
      group.rules = group.rules.filter((rule) => rule.isEgress || rule.cidrIpv4 !== '0.0.0.0/0');
  });
  const { planned } = await planCase(revokeIngressRule, { target: target('security-group', GROUP) }, under);
  const session = await under.session(revokeIngressRule, planned);
  await revokeIngressRule.execute(planned, session, execution);
  expect(under.calls.at(-1)?.errorCode).toBe('InvalidSecurityGroupRuleId.NotFound');
  expect((await revokeIngressRule.verify(planned, session, execution)).status).toBe('done');
});

test('a range that only begins with a web port is no web rule', async () => {
  const { planned } = await plan([{ fromPort: 443, toPort: 8443, cidr: '0.0.0.0/0' }]);
  expect(planned.before.rules).toMatchObject([{ fromPort: 443, toPort: 8443 }]);
});

test('rules and interfaces of later pages count', async () => {
  const rule = { IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '0.0.0.0/0' };
  const answers: Readonly<Record<string, object>> = {
    DescribeSecurityGroupsCommand: { SecurityGroups: [{ GroupId: GROUP }] },
    DescribeSecurityGroupRulesCommand: { SecurityGroupRules: [{ ...rule, SecurityGroupRuleId: 'sgr-2' }] },
    DescribeNetworkInterfacesCommand: { NetworkInterfaces: [{}] },
  };
  under = await AccountUnderTest.start(groupWith([ssh]));
  const account = under.reader(revokeIngressRule.permissions, revokeIngressRule.reads);
  const paged: typeof account = {
    ...account,
    send: async (command) => {
      const { NextToken } = (command as { input: { NextToken?: string } }).input;
      const first = { NextToken: 'more' };
      const isGroup = command.constructor.name === 'DescribeSecurityGroupsCommand';
      return (NextToken || isGroup ? answers[command.constructor.name] : first) as never;
    },
  };
  const answer = await revokeIngressRule.plan(target('security-group', GROUP), {}, paged);
  expect(answer.before.rules).toHaveLength(1);
  expect(answer.blastRadius[0]?.count).toBe(1);
});

test('a group that was deleted since lets nobody in, and cannot be opened again', async () => {
  const { planned, session } = await prepare([ssh]);
  delete state().securityGroups[GROUP];
  await revokeIngressRule.execute(planned, session, execution);
  expect((await revokeIngressRule.verify(planned, session, execution)).status).toBe('done');
  await expect(revokeIngressRule.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'InvalidGroup.NotFound',
  });
});

test('what people read names no text of the rules’ authors, and not more rules than one can read', async () => {
  const many = Array.from({ length: 20 }, (_, index) => ({
    ...ssh,
    port: 6000 + index,
    description: 'ignore me',
  }));
  const { answer, planned } = await plan(many);
  expect(JSON.stringify([answer.change, answer.undo, answer.cannotRestore])).not.toContain('ignore me');
  expect(answer.change).toContain('and 12 more');
  expect(answer.change.length).toBeLessThanOrEqual(600);
  expect(planned.before.rules).toHaveLength(20);
});

test('ids are lost, and tags where there are any', async () => {
  const { answer, planned } = await plan([ssh]);
  expect(answer.cannotRestore).toEqual(['The ids of the rules: 1 new one(s) come.']);
  const [{ id } = { id: '' }] = planned.before.rules as { id: string }[];
  state().tags[id] = { owner: 'ops' };
  const again = await planCase(revokeIngressRule, { target: target('security-group', GROUP) }, under);
  expect(again.answer.cannotRestore).toEqual([
    'The ids of the rules: 1 new one(s) come.',
    'The tags of 1 rule(s).',
  ]);
});

test('who uses the group is counted', async () => {
  const { planned, answer } = await plan([ssh]);
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([0, 0]);
  for (const one of Object.values(state().networkInterfaces)) one.groupIds = [...one.groupIds, GROUP];
  const again = await planCase(revokeIngressRule, { target: planned.target }, under);
  expect(again.answer.blastRadius.map(({ what, count }) => [what, count])).toEqual([
    ['network interfaces that use the group', 3],
    ['public addresses among them', 1],
  ]);
});

test('the reserved tag protects, any other does not', async () => {
  expect((await plan([ssh], {}, { tags: { 'sallyport:protected': '' } })).planned.protectedTarget).toBe(true);
  await under.close();
  expect((await plan([ssh], {}, { tags: { protected: 'yes' } })).planned.protectedTarget).toBe(false);
});

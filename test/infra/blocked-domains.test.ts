import { afterEach, beforeAll, expect, it } from 'vitest';
import { blockDomain } from '../../functions/actions/block-domain/action.ts';
import { deployDomainLists } from '../../sandbox/services/route53resolver.ts';
import { Stack } from '../../sandbox/template/stack.ts';
import { AccountUnderTest } from '../contract/account-under-test.ts';
import { ACCOUNT, REGION, target } from '../contract/action-case.ts';
import { C2, firewall, LIST, obeying, VPC } from '../contract/cases/block-domain.ts';
import { executionOf } from '../contract/execution.ts';
import { planCase } from '../contract/planning.ts';
import { committedTemplate, type Template } from './template.ts';

const TYPE = 'AWS::Route53Resolver::FirewallDomainList';
const step = { target: target('domain', C2) };
let template: Template;
let under: AccountUnderTest;
beforeAll(async () => {
  template = await committedTemplate();
});
afterEach(() => under.close());

const state = () => {
  const resolver = under.cloud.region(ACCOUNT, REGION).route53resolver;
  if (!resolver) throw new Error('the case seeds no firewall');
  return resolver;
};

function deploy(): void {
  const lists = [...template.ofType(TYPE)];
  const Resources = Object.fromEntries(lists.map(([id, Properties]) => [id, { Type: TYPE, Properties }]));
  const place = { stackName: 'Sallyport', account: ACCOUNT, region: REGION };
  deployDomainLists(under.cloud, new Stack({ Resources, Outputs: {}, Parameters: {} } as never, place));
}

it('the action writes into the list that the stack brings, once a rule of the owner’s blocks it', async () => {
  const { ec2 } = firewall();
  under = await AccountUnderTest.start({ ec2 });
  deploy();
  const [list] = Object.values(state().domainLists);
  const id = list?.id ?? '';
  expect(id).toMatch(/^rslvr-fdl-[0-9a-z]+$/);
  await expect(planCase(blockDomain, step, under)).rejects.toMatchObject({
    message: expect.stringContaining(`with the action BLOCK that refers to ${id}`),
  });
  const rule = { Name: 'blocked', Priority: 1, Action: 'BLOCK', FirewallDomainListId: id } as const;
  state().ruleGroups.egress = { id: 'egress', name: 'egress', rules: [rule], vpcs: [VPC], tags: {} };
  const { planned } = await planCase(blockDomain, step, under);
  await blockDomain.execute(planned, await under.session(blockDomain, planned), executionOf(planned));
  expect(list?.domains).toEqual([`${C2}.`]);

  deploy();
  expect(Object.values(state().domainLists)).toEqual([list]);
});

it('a list that the seed shows stays the one', async () => {
  const { ec2, route53resolver } = firewall();
  const [, ours] = route53resolver.domainLists;
  under = await AccountUnderTest.start({
    ec2,
    route53resolver: { domainLists: [ours], ruleGroups: [obeying({ rules: [] })] },
  });
  deploy();
  expect(Object.keys(state().domainLists)).toEqual([LIST]);
});

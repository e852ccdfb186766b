import type * as resolver from '../../../functions/resolver/shapes.ts';
import type { Operation } from '../../wire/service.ts';
import { resolverArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { inScope, notFound, pageOf, requireAny, type Scope } from './scope.ts';
import type { RuleGroupState } from './state.ts';

/** AWS's own rule in every region: whatever no other rule names is resolved on the internet. */
const INTERNET: resolver.ResolverRule = {
  Id: 'rslvr-autodefined-rr-internet-resolver',
  DomainName: '.',
  RuleType: 'RECURSIVE',
  Name: 'Internet Resolver',
};

/** Rule groups of DNS Firewall with their VPCs, and the rules that forward queries to others, as far as they are read. */
export function ruleOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListFirewallRuleGroupAssociations: inScope<
      resolver.ListFirewallRuleGroupAssociationsInput,
      resolver.ListFirewallRuleGroupAssociationsOutput
    >(
      cloud,
      () => requireAny('ListFirewallRuleGroupAssociations'),
      ({ FirewallRuleGroupId: group, VpcId: vpc, Status: status, ...page }, scope) => {
        const all = Object.values(scope.resolver.ruleGroups)
          .flatMap(associationsOf)
          .filter((one) => group === undefined || one.FirewallRuleGroupId === group)
          .filter((one) => vpc === undefined || one.VpcId === vpc)
          .filter((one) => status === undefined || one.Status === status);
        const { items: FirewallRuleGroupAssociations, NextToken } = pageOf(all, page);
        return { FirewallRuleGroupAssociations, NextToken };
      },
    ),
    ListFirewallRules: inScope<resolver.ListFirewallRulesInput, resolver.ListFirewallRulesOutput>(
      cloud,
      ({ FirewallRuleGroupId: id = '' }, { account, region }) => [
        {
          action: 'route53resolver:ListFirewallRules',
          resource: resolverArn(account, region, 'firewall-rule-group', id),
        },
      ],
      ({ FirewallRuleGroupId: id, Action: action, ...page }, scope) => {
        const group = find(scope.resolver.ruleGroups, id);
        if (!group) throw notFound('FirewallRuleGroup');
        const rules = group.rules.filter((rule) => action === undefined || rule.Action === action);
        const { items: FirewallRules, NextToken } = pageOf(rules, page);
        return { FirewallRules, NextToken };
      },
    ),
    ListResolverRules: inScope<resolver.Page, resolver.ListResolverRulesOutput>(
      cloud,
      () => requireAny('ListResolverRules'),
      (input, scope) => {
        const { items: ResolverRules, NextToken } = pageOf([INTERNET, ...forwardRulesOf(scope)], input);
        return { ResolverRules, NextToken };
      },
    ),
  };
}

function associationsOf({ id, name, vpcs }: RuleGroupState): resolver.FirewallRuleGroupAssociation[] {
  return vpcs.map((vpc) => ({
    Id: `${id.replace('frg', 'frgassoc')}-${vpc}`,
    FirewallRuleGroupId: id,
    VpcId: vpc,
    Name: name,
    Priority: 101,
    Status: 'COMPLETE',
  }));
}

function forwardRulesOf({ account, region, resolver: state }: Scope): resolver.ResolverRule[] {
  return Object.values(state.forwardRules).map(({ id, name, domainName }) => ({
    Id: id,
    Arn: resolverArn(account, region, 'resolver-rule', id),
    DomainName: domainName,
    RuleType: 'FORWARD',
    Name: name,
  }));
}

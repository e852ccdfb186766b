import type { Cloud } from '../cloud.ts';
import { fullyQualified, resolverState } from '../route53resolver/state.ts';
import type { AccountSeed } from './account-schema.ts';

/** Adds the seeded domain lists, rule groups and forwarded names to the account's region. */
export function applyResolver(cloud: Cloud, { account, region, route53resolver: seed }: AccountSeed): void {
  const { domainLists, ruleGroups, forwardRules } = resolverState(cloud, account, region);
  for (const list of seed.domainLists)
    domainLists[list.id] = { ...list, domains: list.domains.map(fullyQualified) };
  const ids = new Map(seed.domainLists.map(({ id, name }) => [name, id]));
  for (const { rules, ...group } of seed.ruleGroups)
    ruleGroups[group.id] = {
      ...group,
      rules: rules.map(({ name, action, domainList, qtype }, at) => ({
        FirewallRuleGroupId: group.id,
        FirewallDomainListId: ids.get(domainList),
        Name: name,
        Priority: at + 1,
        Action: action,
        Qtype: qtype,
      })),
    };
  for (const rule of seed.forwardRules)
    forwardRules[rule.id] = { ...rule, domainName: fullyQualified(rule.domainName) };
}

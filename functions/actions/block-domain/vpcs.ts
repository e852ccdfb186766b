import { hasName } from '../../core/named-error.ts';
import {
  ListFirewallRuleGroupAssociationsCommand,
  ListFirewallRulesCommand,
} from '../../resolver/commands.ts';
import type { FirewallRule } from '../../resolver/shapes.ts';
import type { Reader } from './operations.ts';

/** The ids of the region's VPCs whose queries are blocked by what the list holds. */
export async function readVpcs(domainList: string, account: Reader): Promise<readonly string[]> {
  const vpcsOf = await readAssociations(account);
  const obeying = new Set<string>();
  for (const [ruleGroup, vpcs] of vpcsOf) {
    const rules = await readBlockRules(ruleGroup, account);
    if (rules.some((rule) => blocks(rule, domainList))) for (const vpc of vpcs) obeying.add(vpc);
  }
  return [...obeying].sort();
}

/** The VPCs of each rule group. */
async function readAssociations(account: Reader): Promise<ReadonlyMap<string, readonly string[]>> {
  const found: [ruleGroup: string, vpc: string][] = [];
  let NextToken: string | undefined;
  do {
    const page = await account.send(
      new ListFirewallRuleGroupAssociationsCommand({ MaxResults: 100, NextToken }),
    );
    for (const { FirewallRuleGroupId: group, VpcId: vpc, Status } of page.FirewallRuleGroupAssociations ?? [])
      if (group !== undefined && vpc !== undefined && Status !== 'DELETING') found.push([group, vpc]);
    NextToken = page.NextToken;
  } while (NextToken);
  const byGroup = Map.groupBy(found, ([group]) => group);
  return new Map([...byGroup].map(([group, all]) => [group, all.map(([, vpc]) => vpc)]));
}

/** A rule group that was deleted since it was listed has none. */
async function readBlockRules(
  FirewallRuleGroupId: string,
  account: Reader,
): Promise<readonly FirewallRule[]> {
  const rules: FirewallRule[] = [];
  let NextToken: string | undefined;
  try {
    do {
      const page = await account.send(
        new ListFirewallRulesCommand({ FirewallRuleGroupId, Action: 'BLOCK', MaxResults: 100, NextToken }),
      );
      rules.push(...(page.FirewallRules ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
    return rules;
  } catch (error) {
    if (!hasName(error, 'ResourceNotFoundException')) throw error;
    return [];
  }
}

/** A rule for one type of query leaves all others alone. */
function blocks({ Action, FirewallDomainListId, Qtype }: FirewallRule, domainList: string): boolean {
  return Action === 'BLOCK' && FirewallDomainListId === domainList && Qtype === undefined;
}

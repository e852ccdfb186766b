import type * as wafv2 from '@aws-sdk/client-wafv2';
import { wafArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { wafState } from '../wafv2/state.ts';
import type { AccountSeed } from './account-schema.ts';
import type { WafSeed } from './wafv2-schema.ts';

/** Adds the seeded web ACLs and IP sets to the account's region. */
export function applyWaf(cloud: Cloud, { account, region, wafv2: seed }: AccountSeed): void {
  const { ipSets, webAcls } = wafState(cloud, account, region);
  for (const set of seed.ipSets) ipSets[set.id] = { ...set };
  const arns = new Map(seed.ipSets.map((set) => [set.name, wafArn(account, region, 'ipset', set)]));
  for (const acl of seed.webAcls)
    webAcls[acl.id] = { ...acl, rules: acl.rules.map((rule, at) => ruleOf(rule, at, arns)) };
}

/** As the console writes it, with one statement under an OR where there are several. */
export function ruleOf(
  { name, action, ipSets }: WafSeed['webAcls'][number]['rules'][number],
  priority: number,
  arns: ReadonlyMap<string, string>,
): wafv2.Rule {
  const statements = ipSets.map((set) => ({ IPSetReferenceStatement: { ARN: arns.get(set) ?? set } }));
  return {
    Name: name,
    Priority: priority,
    Statement: statements.length === 1 ? statements[0] : { OrStatement: { Statements: statements } },
    Action: { [action]: {} },
    VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: name },
  };
}

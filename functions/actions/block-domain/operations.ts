import * as z from 'zod';
import type { Account, Permission } from '../../core/account.ts';
import { blockedDomains } from '../../core/blocked-domains.ts';
import type { PlannedAction } from '../../core/plan.ts';
import {
  GetFirewallDomainListCommand,
  ListFirewallDomainListsCommand,
  ListFirewallDomainsCommand,
  ListFirewallRuleGroupAssociationsCommand,
  ListFirewallRulesCommand,
  ListResolverRulesCommand,
  ListTagsForResourceCommand,
  UpdateFirewallDomainsCommand,
} from '../../resolver/commands.ts';

export const reads = [
  ListFirewallDomainListsCommand,
  ListTagsForResourceCommand,
  GetFirewallDomainListCommand,
  ListFirewallDomainsCommand,
  ListFirewallRuleGroupAssociationsCommand,
  ListFirewallRulesCommand,
  ListResolverRulesCommand,
] as const;
export const writes = [UpdateFirewallDomainsCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

const Before = z.strictObject({
  domainList: z.strictObject({ name: z.string(), id: z.string(), arn: z.string() }),
  /** In its one spelling. It was in no entry of the list. */
  domain: z.string(),
  /** The ids of the VPCs whose queries are blocked by what the list holds. */
  vpcs: z.array(z.string()).min(1),
});
export type Before = z.infer<typeof Before>;
export type DomainList = Before['domainList'];

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}

const LISTS = 'arn:{partition}:route53resolver:{region}:{account}:firewall-domain-list/*';

const listOf = (planned: PlannedAction) => [beforeOf(planned).domainList.arn];

export const permissions: readonly Permission[] = [
  {
    actions: [
      'route53resolver:ListFirewallDomainLists',
      'route53resolver:ListFirewallRuleGroupAssociations',
      'route53resolver:ListResolverRules',
    ],
    resources: ['*'],
  },
  // Each of them, one that another account shares with this one included: any may refer to the list, or do so no longer.
  {
    actions: ['route53resolver:ListFirewallRules'],
    resources: ['arn:{partition}:route53resolver:{region}:*:firewall-rule-group/*'],
  },
  // By its tags the list is found.
  { actions: ['route53resolver:ListTagsForResource'], resources: [LISTS] },
  {
    actions: ['route53resolver:GetFirewallDomainList', 'route53resolver:ListFirewallDomains'],
    resources: [LISTS],
    narrow: listOf,
  },
  {
    actions: ['route53resolver:UpdateFirewallDomains'],
    resources: [LISTS],
    conditions: { StringEquals: { [`aws:ResourceTag/${blockedDomains.tag.key}`]: blockedDomains.tag.value } },
    narrow: listOf,
  },
];

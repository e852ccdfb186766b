import {
  DescribeAddressesCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkInterfacesCommand,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2';
import {
  GetIPSetCommand,
  GetWebACLCommand,
  ListIPSetsCommand,
  ListTagsForResourceCommand,
  ListWebACLsCommand,
  UpdateIPSetCommand,
} from '@aws-sdk/client-wafv2';
import * as z from 'zod';
import type { Account, Permission } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';

export const reads = [
  ListIPSetsCommand,
  GetIPSetCommand,
  ListTagsForResourceCommand,
  ListWebACLsCommand,
  GetWebACLCommand,
  DescribeNetworkInterfacesCommand,
  DescribeAddressesCommand,
  DescribeManagedPrefixListsCommand,
  GetManagedPrefixListEntriesCommand,
] as const;
export const writes = [UpdateIPSetCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** CloudFront's web ACLs and IP sets are in a scope of their own, and are left alone. */
export const Scope = 'REGIONAL';

/** What the account's owner makes, and refers to in the web ACLs that shall obey; nothing else is ever written. */
export function setName(family: 4 | 6): string {
  return `sallyport-blocked-v${family}`;
}

const Before = z.strictObject({
  /** With the id in it, which a set made anew does not get again. */
  ipSet: z.strictObject({ name: z.string(), id: z.string(), arn: z.string() }),
  /** The address in its one spelling, as a range. It was in no entry of the set. */
  cidr: z.string(),
  /** The ARNs of the web ACLs that block what the set holds. */
  webAcls: z.array(z.string()).min(1),
});
export type Before = z.infer<typeof Before>;
export type NamedSet = Before['ipSet'];

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}

function regional(kind: 'ipset' | 'webacl', name: string): string {
  return `arn:{partition}:wafv2:{region}:{account}:regional/${kind}/${name}/*`;
}

const ipSetOf = (planned: PlannedAction) => [beforeOf(planned).ipSet.arn];
const bothSets = [regional('ipset', setName(4)), regional('ipset', setName(6))];

export const permissions: readonly Permission[] = [
  {
    actions: [
      'wafv2:ListIPSets',
      'wafv2:ListWebACLs',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeAddresses',
      'ec2:DescribeManagedPrefixLists',
    ],
    resources: ['*'],
  },
  {
    actions: ['ec2:GetManagedPrefixListEntries'],
    resources: ['arn:{partition}:ec2:{region}:aws:prefix-list/*'],
  },
  // Each of them: one that was made since may refer to the set, and one that did may do so no longer.
  { actions: ['wafv2:GetWebACL'], resources: [regional('webacl', '*')] },
  {
    actions: ['wafv2:GetIPSet', 'wafv2:ListTagsForResource', 'wafv2:UpdateIPSet'],
    resources: bothSets,
    narrow: ipSetOf,
  },
];

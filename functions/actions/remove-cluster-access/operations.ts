import {
  AssociateAccessPolicyCommand,
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  DisassociateAccessPolicyCommand,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
} from '@aws-sdk/client-eks';
import * as z from 'zod';
import type { Account, Permission } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';

export const reads = [
  DescribeClusterCommand,
  DescribeAccessEntryCommand,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
] as const;
export const writes = [DisassociateAccessPolicyCommand, AssociateAccessPolicyCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** A role or user of IAM; a session's ARN is no principal of an access entry. */
const PrincipalArn = z
  .string()
  .max(640)
  .regex(/^arn:aws[\w-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/);
export const Parameters = z.strictObject({ principal: PrincipalArn });
export type Parameters = z.infer<typeof Parameters>;

/** A policy of EKS with what it is limited to; no namespaces is the whole cluster. */
export const AccessPolicy = z.strictObject({
  policyArn: z.string().regex(/^arn:aws[\w-]*:eks::aws:cluster-access-policy\/\w+$/),
  scope: z.enum(['cluster', 'namespace']),
  namespaces: z.array(z.string().max(63)),
});
export type AccessPolicy = z.infer<typeof AccessPolicy>;

const Before = z.strictObject({
  cluster: z.string().regex(/^[0-9A-Za-z][\w-]{0,99}$/),
  principal: PrincipalArn,
  /** It ends with an id that an entry made anew does not get again. */
  accessEntryArn: z.string().regex(/^arn:aws[\w-]*:eks:[a-z0-9-]+:\d{12}:access-entry\/[\w+=,.@/-]+$/),
  policies: z.array(AccessPolicy).min(1),
});
export type Before = z.infer<typeof Before>;

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}

/** The pattern of an EKS ARN: `eksResource('cluster/prod')`. */
export function eksResource(resource: string): string {
  return `arn:{partition}:eks:{region}:{account}:${resource}`;
}

export const permissions: readonly Permission[] = [
  {
    actions: ['eks:DescribeCluster', 'eks:ListAccessEntries'],
    resources: [eksResource('cluster/*')],
    narrow: (planned) => [eksResource(`cluster/${beforeOf(planned).cluster}`)],
  },
  {
    // Of every entry of the cluster: somebody else must be left who can administer it.
    actions: ['eks:DescribeAccessEntry', 'eks:ListAssociatedAccessPolicies'],
    resources: [eksResource('access-entry/*')],
    narrow: (planned) => [eksResource(`access-entry/${beforeOf(planned).cluster}/*`)],
  },
  {
    actions: ['eks:DisassociateAccessPolicy', 'eks:AssociateAccessPolicy'],
    resources: [eksResource('access-entry/*')],
    narrow: (planned) => [beforeOf(planned).accessEntryArn],
  },
];

import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { GetRoleCommand, GetUserCommand } from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  DetachPolicyCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
} from '@aws-sdk/client-organizations';
import * as z from 'zod';
import type { Account, Permission } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { reservedTags } from '../../core/reserved-tags.ts';
import { UserIdentity } from '../../core/user.ts';

/** The value of the action tag, on which the role's permissions hang as well. */
export const ACTION = 'deny-principal-by-organization';

export const reads = [
  GetRoleCommand,
  GetUserCommand,
  DescribeOrganizationCommand,
  ListRootsCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  DescribePolicyCommand,
  LookupEventsCommand,
] as const;
export const writes = [
  CreatePolicyCommand,
  AttachPolicyCommand,
  DetachPolicyCommand,
  DeletePolicyCommand,
] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export const Organization = z.strictObject({
  id: z.string().regex(/^o-[a-z0-9]{10,32}$/),
  managementAccount: z.string().regex(/^\d{12}$/),
});
export type Organization = z.infer<typeof Organization>;

/** Who is denied, and by which organization. */
const Before = UserIdentity.extend({ kind: z.enum(['role', 'user']), organization: Organization });
export type Before = z.infer<typeof Before>;

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}

const POLICIES = 'arn:{partition}:organizations::*:policy/o-*/service_control_policy/*';
const ACCOUNT = 'arn:{partition}:organizations::*:account/o-*/{account}';
const OWN = { StringEquals: { [`aws:ResourceTag/${reservedTags.action}`]: ACTION } };

const arnIf = (kind: Before['kind']) => (planned: PlannedAction) => {
  const before = beforeOf(planned);
  return before.kind === kind ? [before.arn] : [];
};

/** Both ARNs begin with the account that pays: the organization's management account. */
function policiesOf(planned: PlannedAction): readonly string[] {
  const { id, managementAccount } = beforeOf(planned).organization;
  return [`arn:{partition}:organizations::${managementAccount}:policy/${id}/service_control_policy/*`];
}

function accountOf(planned: PlannedAction): readonly string[] {
  const { id, managementAccount } = beforeOf(planned).organization;
  return [`arn:{partition}:organizations::${managementAccount}:account/${id}/{account}`];
}

export const permissions: readonly Permission[] = [
  { actions: ['iam:GetRole'], resources: ['arn:{partition}:iam::{account}:role/*'], narrow: arnIf('role') },
  { actions: ['iam:GetUser'], resources: ['arn:{partition}:iam::{account}:user/*'], narrow: arnIf('user') },
  {
    actions: [
      'cloudtrail:LookupEvents',
      'organizations:DescribeOrganization',
      'organizations:ListRoots',
      'organizations:ListPolicies',
    ],
    resources: ['*'],
  },
  { actions: ['organizations:DescribePolicy'], resources: [POLICIES], narrow: policiesOf },
  { actions: ['organizations:ListPoliciesForTarget'], resources: [ACCOUNT], narrow: accountOf },
  {
    actions: ['organizations:CreatePolicy'],
    resources: [POLICIES],
    conditions: { StringEquals: { [`aws:RequestTag/${reservedTags.action}`]: ACTION } },
    narrow: policiesOf,
  },
  {
    actions: ['organizations:TagResource'],
    resources: [POLICIES],
    conditions: { StringEquals: { [`aws:RequestTag/${reservedTags.action}`]: ACTION } },
    narrow: policiesOf,
    dependent: 'CreatePolicy puts our tags on the policy that it makes',
  },
  // Attaching asks for both, the policy and what it is attached to.
  {
    actions: ['organizations:AttachPolicy', 'organizations:DetachPolicy'],
    resources: [ACCOUNT],
    narrow: accountOf,
  },
  {
    actions: ['organizations:AttachPolicy', 'organizations:DetachPolicy', 'organizations:DeletePolicy'],
    resources: [POLICIES],
    conditions: OWN,
    narrow: policiesOf,
  },
];

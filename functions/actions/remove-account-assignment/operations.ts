import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { GetUserIdCommand, IsMemberInGroupsCommand } from '@aws-sdk/client-identitystore';
import {
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribePermissionSetCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentsCommand,
  ListInstancesCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-sso-admin';
import * as z from 'zod';
import type { Account, Permission } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';

export const reads = [
  LookupEventsCommand,
  ListInstancesCommand,
  GetUserIdCommand,
  IsMemberInGroupsCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  DescribePermissionSetCommand,
  ListTagsForResourceCommand,
  ListAccountAssignmentsCommand,
  ListAccountAssignmentDeletionStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentCreationStatusCommand,
] as const;
export const writes = [DeleteAccountAssignmentCommand, CreateAccountAssignmentCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** Where people and their permission sets are kept; the region is the one that it was set up in. */
export const IdentityCenter = z.strictObject({
  instanceArn: z.string().regex(/^arn:aws[\w-]*:sso:::instance\/(sso)?ins-[\w.-]{16}$/),
  identityStore: z.string().regex(/^d-[0-9a-f]{10}$|^[0-9a-f-]{36}$/),
  region: z.string(),
});
export type IdentityCenter = z.infer<typeof IdentityCenter>;

/** One user's one permission set in the account. */
export const Assignment = z.strictObject({
  identityCenter: IdentityCenter,
  permissionSetArn: z
    .string()
    .regex(/^arn:aws[\w-]*:sso:::permissionSet\/(sso)?ins-[\w.-]{16}\/ps-[\w./-]{16}$/),
  permissionSetName: z.string(),
  userId: z.string(),
  userName: z.string(),
  /** With the last assignment of a permission set its role goes from the account. */
  isLast: z.boolean(),
});
export type Assignment = z.infer<typeof Assignment>;

export function beforeOf(planned: PlannedAction): Assignment {
  return Assignment.parse(planned.before);
}

const INSTANCES = 'arn:{partition}:sso:::instance/*';
const PERMISSION_SETS = 'arn:{partition}:sso:::permissionSet/*/*';
const ACCOUNT = 'arn:{partition}:sso:::account/{account}';

const instance = (planned: PlannedAction) => beforeOf(planned).identityCenter.instanceArn;

export const permissions: readonly Permission[] = [
  { actions: ['cloudtrail:LookupEvents', 'sso:ListInstances'], resources: ['*'] },
  {
    actions: [
      'sso:ListAccountAssignmentDeletionStatus',
      'sso:DescribeAccountAssignmentDeletionStatus',
      'sso:ListAccountAssignmentCreationStatus',
      'sso:DescribeAccountAssignmentCreationStatus',
    ],
    resources: [INSTANCES],
    narrow: (planned) => [instance(planned)],
  },
  {
    actions: ['sso:ListPermissionSetsProvisionedToAccount'],
    resources: [INSTANCES, ACCOUNT],
    narrow: (planned) => [instance(planned), ACCOUNT],
  },
  {
    // Of every permission set in the account: a role's name says theirs, and no call finds one by it.
    actions: ['sso:DescribePermissionSet'],
    resources: [INSTANCES, PERMISSION_SETS],
    narrow: (planned) => [
      instance(planned),
      `${instance(planned).replace(':instance/', ':permissionSet/')}/*`,
    ],
  },
  {
    actions: ['sso:ListTagsForResource'],
    resources: [PERMISSION_SETS],
    narrow: (planned) => [beforeOf(planned).permissionSetArn],
  },
  {
    actions: ['sso:ListAccountAssignments', 'sso:DeleteAccountAssignment', 'sso:CreateAccountAssignment'],
    resources: [INSTANCES, PERMISSION_SETS, ACCOUNT],
    narrow: (planned) => [instance(planned), beforeOf(planned).permissionSetArn, ACCOUNT],
  },
  {
    actions: ['identitystore:GetUserId', 'identitystore:IsMemberInGroups'],
    resources: ['arn:{partition}:identitystore::*:identitystore/*', 'arn:{partition}:identitystore:::user/*'],
    narrow: (planned) => [
      `arn:{partition}:identitystore::*:identitystore/${beforeOf(planned).identityCenter.identityStore}`,
      `arn:{partition}:identitystore:::user/${beforeOf(planned).userId}`,
    ],
  },
  {
    actions: ['identitystore:IsMemberInGroups'],
    resources: ['arn:{partition}:identitystore:::group/*', 'arn:{partition}:identitystore:::membership/*'],
  },
];

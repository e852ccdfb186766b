import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';

export const reads = [
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  LookupEventsCommand,
] as const;
export const writes = [
  PutRolePolicyCommand,
  DeleteRolePolicyCommand,
  PutUserPolicyCommand,
  DeleteUserPolicyCommand,
] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** Who it is. The unique id tells a principal from another of the same name that was made since. */
export const Before = z.strictObject({
  kind: z.enum(['role', 'user']),
  name: z.string(),
  arn: z.string(),
  uniqueId: z.string(),
});
export type Before = z.infer<typeof Before>;

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}

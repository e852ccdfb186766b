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
import type { PlannedAction, Target } from '../../core/plan.ts';
import { type ObservedRole, readRole } from '../../core/role.ts';
import { readUser, UserIdentity } from '../../core/user.ts';

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

/** Who it is. */
const Before = UserIdentity.extend({ kind: z.enum(['role', 'user']) });
export type Before = z.infer<typeof Before>;

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}

/** Reads the principal. Throws TargetNotFoundError, and NotOursError for the roles of AWS and of Sallyport itself. */
export async function readPrincipal(
  { kind, id }: Target,
  account: Reader,
): Promise<Pick<ObservedRole, 'protectedTarget' | 'code'> & { readonly before: Before }> {
  const { identity, protectedTarget, code } =
    kind === 'role'
      ? await readRole(id, (input) => account.send(new GetRoleCommand(input)))
      : await readUser(id, (input) => account.send(new GetUserCommand(input)));
  return { before: { kind: kind === 'role' ? 'role' : 'user', ...identity }, protectedTarget, code };
}

import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
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
import { TargetNotFoundError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { InlinePolicies, InlinePolicyReads } from '../../core/own-policy.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { readRole } from '../../core/role.ts';
import { readUser, UserIdentity } from '../../core/user.ts';

export const reads = [
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  LookupEventsCommand,
  DescribeVpcsCommand,
] as const;
export const writes = [
  PutRolePolicyCommand,
  DeleteRolePolicyCommand,
  PutUserPolicyCommand,
  DeleteUserPolicyCommand,
] as const;
export type Reader = Account<typeof reads>;
type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

const Before = UserIdentity.extend({ kind: z.enum(['role', 'user']) });
export type Before = z.infer<typeof Before>;

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}

export function describe(kind: Before['kind'], name: string, account: Reader) {
  return kind === 'role'
    ? readRole(name, (input) => account.send(new GetRoleCommand(input)))
    : readUser(name, (input) => account.send(new GetUserCommand(input)));
}

/** A VPC of somebody else would be a way around the deny. Throws TargetNotFoundError for what is not this account's. */
export async function checkVpcs(ids: readonly string[], account: Reader): Promise<void> {
  if (ids.length === 0) return;
  const VpcIds = [...new Set(ids)];
  const { Vpcs: found = [] } = await account
    .send(new DescribeVpcsCommand({ VpcIds }))
    .catch((error: unknown) => {
      if (!hasName(error, 'InvalidVpcID.NotFound', 'InvalidVpcID.Malformed')) throw error;
      throw new TargetNotFoundError(`one of the VPCs ${VpcIds.join(', ')}`, { cause: error });
    });
  const own = found.filter((vpc) => vpc.OwnerId === account.id).map((vpc) => vpc.VpcId);
  const foreign = VpcIds.find((id) => !own.includes(id));
  if (foreign !== undefined) throw new TargetNotFoundError(`VPC ${foreign} of this account`);
}

export function readsOf({ kind, name }: Before, account: Reader): InlinePolicyReads {
  return kind === 'role'
    ? { get: (policy) => account.send(new GetRolePolicyCommand({ RoleName: name, ...policy })) }
    : { get: (policy) => account.send(new GetUserPolicyCommand({ UserName: name, ...policy })) };
}

export function policiesOf(holder: Before, account: Writer): InlinePolicies {
  const { kind, name } = holder;
  const get = readsOf(holder, account);
  if (kind === 'role')
    return {
      ...get,
      put: (policy) => account.send(new PutRolePolicyCommand({ RoleName: name, ...policy })),
      remove: (policy) => account.send(new DeleteRolePolicyCommand({ RoleName: name, ...policy })),
    };
  return {
    ...get,
    put: (policy) => account.send(new PutUserPolicyCommand({ UserName: name, ...policy })),
    remove: (policy) => account.send(new DeleteUserPolicyCommand({ UserName: name, ...policy })),
  };
}

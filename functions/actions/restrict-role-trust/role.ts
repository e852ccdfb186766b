import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { GetRoleCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { parseArn } from '../../core/arn.ts';
import { TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { type ObservedRole, readRole } from '../../core/role.ts';
import { UserIdentity } from '../../core/user.ts';
import { type Restriction, restrict, sameTrust } from './trust.ts';

export const reads = [GetRoleCommand, LookupEventsCommand] as const;
export const writes = [UpdateAssumeRolePolicyCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** Whose trust it is, and the document to the letter. */
const Before = UserIdentity.extend({ trustPolicy: z.string() });
export type Before = z.infer<typeof Before>;

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}

export function describe(name: string, account: Reader): Promise<ObservedRole> {
  return readRole(name, (input) => account.send(new GetRoleCommand(input)));
}

/** Throws WrongStateError for a trust policy that cannot be read. */
export function restrictionOf({ name, arn, trustPolicy }: Before, account: string): Restriction {
  try {
    return restrict(trustPolicy, { account, partition: parseArn(arn)?.partition ?? 'aws' });
  } catch (cause) {
    if (!(cause instanceof z.ZodError || cause instanceof SyntaxError)) throw cause;
    throw new WrongStateError(
      `role ${name}`,
      'under a trust policy of a form that is not known here',
      'read it',
    );
  }
}

/**
 * Turns one document into another, and leaves it if that is done. Throws WrongStateError where neither stands, or
 * the role is another one of the same name: somebody has changed it since, and would lose that.
 */
export async function replaceTrust(before: Before, from: string, to: string, account: Writer): Promise<void> {
  const { identity, trustPolicy } = await describe(before.name, account);
  const same = identity.uniqueId === before.uniqueId;
  if (same && sameTrust(trustPolicy, to)) return;
  if (!same || !sameTrust(trustPolicy, from))
    throw new WrongStateError(
      `role ${before.name}`,
      'not what it was when this was planned',
      'somebody has changed its trust policy since, or made it anew; look at it, and plan again',
    );
  await write(before.name, to, account);
}

async function write(RoleName: string, PolicyDocument: string, account: Writer): Promise<void> {
  try {
    await account.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
  } catch (error) {
    if (hasName(error, 'NoSuchEntityException'))
      throw new TargetNotFoundError(`role ${RoleName}`, { cause: error });
    if (hasName(error, 'MalformedPolicyDocumentException'))
      throw new WrongStateError(
        `role ${RoleName}`,
        'to trust a principal that IAM does not take',
        'it was deleted since; write the trust policy without it by hand',
      );
    throw error;
  }
}

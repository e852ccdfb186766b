import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  DeleteUserPolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { Account, Execution } from '../../core/account.ts';
import { NotOursError, TargetNotFoundError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import { ownPolicyName } from '../../core/own-policy.ts';

export const reads = [GetUserCommand, GetUserPolicyCommand, LookupEventsCommand] as const;
export const writes = [PutUserPolicyCommand, DeleteUserPolicyCommand] as const;
export type Reader = Account<typeof reads>;
type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/**
 * An explicit deny wins over every allow, whoever wrote it
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html). Without conditions, so
 * that nothing about a request, which its caller chooses, decides whether it holds.
 */
export const denyAll = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

export function policyName(execution: Execution): string {
  return ownPolicyName('SallyportQuarantine', execution);
}

/** The inline policy as it stands, decoded, or undefined. */
export async function readPolicy(user: string, policy: string, account: Reader): Promise<string | undefined> {
  try {
    const { PolicyDocument: encoded } = await account.send(
      new GetUserPolicyCommand({ UserName: user, PolicyName: policy }),
    );
    return decodeURIComponent(encoded ?? '');
  } catch (error) {
    if (hasName(error, 'NoSuchEntityException')) return undefined;
    throw error;
  }
}

/**
 * Writes the same bytes on every retry. Throws NotOursError where somebody else's policy has the name, and
 * TargetNotFoundError where the user was deleted since.
 */
export async function putPolicy(user: string, policy: string, account: Writer): Promise<void> {
  await refuseForeign(user, policy, account);
  try {
    await account.send(
      new PutUserPolicyCommand({ UserName: user, PolicyName: policy, PolicyDocument: denyAll }),
    );
  } catch (error) {
    if (!hasName(error, 'NoSuchEntityException')) throw error;
    throw new TargetNotFoundError(`user ${user}`, { cause: error });
  }
}

/**
 * A policy, or a user, that is gone already is what was asked for. It is deleted though it was not found: IAM may
 * answer what was so some seconds ago. Throws NotOursError where somebody else's policy has the name.
 */
export async function deletePolicy(user: string, policy: string, account: Writer): Promise<void> {
  await refuseForeign(user, policy, account);
  try {
    await account.send(new DeleteUserPolicyCommand({ UserName: user, PolicyName: policy }));
  } catch (error) {
    if (!hasName(error, 'NoSuchEntityException')) throw error;
  }
}

async function refuseForeign(user: string, policy: string, account: Writer): Promise<void> {
  const document = await readPolicy(user, policy, account);
  if (document !== undefined && document !== denyAll)
    throw new NotOursError(
      `policy ${policy} of user ${user}`,
      'it is not what Sallyport writes under that name; read it, and delete it if nobody needs it',
    );
}

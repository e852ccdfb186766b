import {
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { Execution } from '../../core/account.ts';
import { hasName } from '../../core/named-error.ts';
import { ownPolicyName } from '../../core/own-policy.ts';
import type { Before, Reader, Writer } from './operations.ts';

export function policyName(execution: Execution): string {
  return ownPolicyName('SallyportRevokeSessions', execution);
}

/**
 * Denies everything to sessions issued before the intent, as AWS's own AWSRevokeOlderSessions does
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html). Long-term keys carry no
 * aws:TokenIssueTime, so the condition never holds for them.
 */
export function policyDocument({ intentAt }: Execution): string {
  const issuedBefore = { DateLessThan: { 'aws:TokenIssueTime': intentAt.toISOString() } };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: '*', Resource: '*', Condition: issuedBefore }],
  });
}

/** The inline policy as it stands, decoded, or undefined. */
export async function readPolicy(
  { kind, name }: Before,
  policy: string,
  account: Reader,
): Promise<string | undefined> {
  try {
    const { PolicyDocument: encoded } =
      kind === 'role'
        ? await account.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: policy }))
        : await account.send(new GetUserPolicyCommand({ UserName: name, PolicyName: policy }));
    return decodeURIComponent(encoded ?? '');
  } catch (error) {
    if (hasName(error, 'NoSuchEntityException')) return undefined;
    throw error;
  }
}

/** Writes the same bytes on every retry. */
export async function putPolicy(
  { kind, name }: Before,
  policy: string,
  document: string,
  account: Writer,
): Promise<void> {
  const common = { PolicyName: policy, PolicyDocument: document };
  if (kind === 'role') await account.send(new PutRolePolicyCommand({ RoleName: name, ...common }));
  else await account.send(new PutUserPolicyCommand({ UserName: name, ...common }));
}

/** A policy, or a principal, that is gone already is what was asked for. */
export async function deletePolicy({ kind, name }: Before, policy: string, account: Writer): Promise<void> {
  try {
    if (kind === 'role')
      await account.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: policy }));
    else await account.send(new DeleteUserPolicyCommand({ UserName: name, PolicyName: policy }));
  } catch (error) {
    if (!hasName(error, 'NoSuchEntityException')) throw error;
  }
}

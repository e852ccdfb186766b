import {
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { Execution } from '../../core/account.ts';
import {
  denyAll,
  type InlinePolicies,
  type InlinePolicyReads,
  type OwnPolicy,
  ownPolicyName,
} from '../../core/own-policy.ts';
import type { Before, Reader, Writer } from './operations.ts';

/**
 * Denies everything to sessions issued before the intent, as AWS's own AWSRevokeOlderSessions does
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html). Long-term keys carry no
 * aws:TokenIssueTime, so the condition never holds for them.
 */
export function policyOf({ kind, name }: Before, execution: Execution): OwnPolicy {
  return {
    holder: `${kind} ${name}`,
    name: ownPolicyName('SallyportRevokeSessions', execution),
    document: denyingIssuedBefore(execution.intentAt.toISOString()),
    isOurs: (found) => found.replace(ISO_8601, '') === denyingIssuedBefore(''),
  };
}

/** A later intent of the same plan moves the time: what was written for an earlier one is ours as well. */
const ISO_8601 = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/;

function denyingIssuedBefore(time: string): string {
  return denyAll({ DateLessThan: { 'aws:TokenIssueTime': time } });
}

export function readsOf({ kind, name }: Before, account: Reader): InlinePolicyReads {
  return kind === 'role'
    ? { get: (policy) => account.send(new GetRolePolicyCommand({ RoleName: name, ...policy })) }
    : { get: (policy) => account.send(new GetUserPolicyCommand({ UserName: name, ...policy })) };
}

export function policiesOf(holder: Before, account: Writer): InlinePolicies {
  const reads = readsOf(holder, account);
  const { kind, name } = holder;
  return kind === 'role'
    ? {
        ...reads,
        put: (policy) => account.send(new PutRolePolicyCommand({ RoleName: name, ...policy })),
        remove: (policy) => account.send(new DeleteRolePolicyCommand({ RoleName: name, ...policy })),
      }
    : {
        ...reads,
        put: (policy) => account.send(new PutUserPolicyCommand({ UserName: name, ...policy })),
        remove: (policy) => account.send(new DeleteUserPolicyCommand({ UserName: name, ...policy })),
      };
}

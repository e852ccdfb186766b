import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  DeleteUserPolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { Account, Execution } from '../../core/account.ts';
import {
  denyAll,
  type InlinePolicies,
  type InlinePolicyReads,
  type OwnPolicy,
  ownPolicyName,
} from '../../core/own-policy.ts';

export const reads = [GetUserCommand, GetUserPolicyCommand, LookupEventsCommand] as const;
export const writes = [PutUserPolicyCommand, DeleteUserPolicyCommand] as const;
export type Reader = Account<typeof reads>;
type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** Denies without conditions, so that nothing about a request, which its caller chooses, decides whether it holds. */
export function policyOf(user: string, execution: Execution): OwnPolicy {
  return {
    holder: `user ${user}`,
    name: ownPolicyName('SallyportQuarantine', execution),
    document: denyAll(),
  };
}

export function readsOf(UserName: string, account: Reader): InlinePolicyReads {
  return { get: (policy) => account.send(new GetUserPolicyCommand({ UserName, ...policy })) };
}

export function policiesOf(UserName: string, account: Writer): InlinePolicies {
  return {
    ...readsOf(UserName, account),
    put: (policy) => account.send(new PutUserPolicyCommand({ UserName, ...policy })),
    remove: (policy) => account.send(new DeleteUserPolicyCommand({ UserName, ...policy })),
  };
}

import type { PolicySet } from '../authorize/evaluate.ts';
import type { PolicyDocument } from '../authorize/policy.ts';
import { find } from './find.ts';
import { awsManagedPolicies } from './iam/managed-policies.ts';
import type { ManagedPolicyState, PolicyHolder } from './iam/state.ts';
import type { AccountState } from './state.ts';

/** The documents of a user or role as they stand now: containment counts from the next call on. */
export function identityPolicies(account: AccountState, holder: PolicyHolder): readonly PolicyDocument[] {
  const inline = Object.values(holder.inlinePolicies);
  const attached = holder.attachedPolicies.map((arn) => defaultVersion(managedPolicy(account, arn)));
  return [...inline, ...attached].filter((text) => text !== undefined).map(parsePolicy);
}

/** A user's own policies and those of the groups that it is in. */
export function userPolicies(account: AccountState, userName: string): PolicySet {
  const user = account.iam.users[userName];
  if (!user) return { identityPolicies: [] };
  const holders = [user, ...user.groups.map((group) => account.iam.groups[group])];
  return {
    identityPolicies: holders.flatMap((holder) => (holder ? identityPolicies(account, holder) : [])),
    boundary: boundaryOf(account, user.permissionsBoundary),
  };
}

export function rolePolicies(account: AccountState, roleName: string): PolicySet {
  const role = account.iam.roles[roleName];
  if (!role) return { identityPolicies: [] };
  return {
    identityPolicies: identityPolicies(account, role),
    boundary: boundaryOf(account, role.permissionsBoundary),
  };
}

export function managedPolicy(account: AccountState, arn: string): ManagedPolicyState | undefined {
  return find(account.iam.policies, arn) ?? awsManagedPolicies.get(arn);
}

/** Documents were validated when they were put or seeded. */
export function parsePolicy(text: string): PolicyDocument {
  return JSON.parse(text) as PolicyDocument;
}

function defaultVersion(policy: ManagedPolicyState | undefined): string | undefined {
  return policy?.versions[policy.defaultVersionId];
}

/** A boundary that names a policy which is gone allows nothing. */
function boundaryOf(account: AccountState, arn: string | undefined): PolicyDocument | undefined {
  if (arn === undefined) return undefined;
  const text = defaultVersion(managedPolicy(account, arn));
  return text === undefined ? { Statement: [] } : parsePolicy(text);
}

import type { ResourcePolicy } from '../wire/service.ts';
import { asList, type PolicyDocument, type Statement } from './policy.ts';
import {
  type AuthorizationRequest,
  principalMatch,
  resourceStatementApplies,
  statementApplies,
} from './statements.ts';

/** Everything that bounds a principal. Absent is unbounded; an empty list of session policies is absent too. */
export interface PolicySet {
  readonly identityPolicies: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument | undefined;
  readonly sessionPolicies?: readonly PolicyDocument[] | undefined;
  /** Each must allow, as each level of an organisation must. */
  readonly scps?: readonly PolicyDocument[] | undefined;
  readonly resourcePolicy?: ResourcePolicy | undefined;
  /** The account that owns the resource; the principal's own when absent. */
  readonly resourceAccount?: string | undefined;
}

export type Decision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly denial: 'explicit' | 'implicit'; readonly because: string };

/**
 * Decides one request as IAM does
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html). Modelled:
 *
 * - an explicit deny in any policy wins;
 * - service control policies, the boundary and the session policies must each allow, if there are any;
 * - an identity policy must allow, or, in the resource's own account, a resource policy that names the principal
 *   itself or `*`; naming the account only hands the question to the identity policies;
 * - a mandatory resource policy (a role's trust, a key's policy) must allow as well: directly, or by naming the
 *   account together with an identity policy;
 * - across accounts both sides must allow.
 *
 * Not modelled: resource control policies, policies of VPC endpoints, policy variables, and AWS's exception that a
 * resource policy naming a *session* escapes boundary and session policy: here they always bound.
 */
export function evaluate(policies: PolicySet, request: AuthorizationRequest): Decision {
  const deny = explicitDeny(policies, request);
  if (deny) return refuse('explicit', `with an explicit deny in ${deny}`);
  const missing = missingAllow(policies, request);
  return missing
    ? refuse('implicit', `because no ${missing} allows the ${request.action} action`)
    : { allowed: true };
}

function explicitDeny(policies: PolicySet, request: AuthorizationRequest): string | undefined {
  const denies = (document: PolicyDocument): boolean =>
    statements(document, 'Deny').some((statement) => statementApplies(statement, request));
  if (policies.scps?.some(denies)) return 'a service control policy';
  if (policies.identityPolicies.some(denies)) return 'an identity-based policy';
  if (policies.boundary && denies(policies.boundary)) return 'a permissions boundary';
  if (policies.sessionPolicies?.some(denies)) return 'a session policy';
  const resource = statements(policies.resourcePolicy?.document, 'Deny');
  const refused = resource.some((statement) => resourceStatementApplies(statement, request));
  return refused ? 'a resource-based policy' : undefined;
}

function missingAllow(policies: PolicySet, request: AuthorizationRequest): string | undefined {
  const allows = (document: PolicyDocument): boolean =>
    statements(document, 'Allow').some((statement) => statementApplies(statement, request));
  if (policies.scps && !policies.scps.every(allows)) return 'service control policy';
  if (policies.boundary && !allows(policies.boundary)) return 'permissions boundary';
  if (policies.sessionPolicies?.length && !policies.sessionPolicies.some(allows)) return 'session policy';
  return missingGrant(policies, request, policies.identityPolicies.some(allows));
}

function missingGrant(
  policies: PolicySet,
  request: AuthorizationRequest,
  identity: boolean,
): string | undefined {
  const resource = resourceGrant(policies.resourcePolicy, request);
  const foreign = (policies.resourceAccount ?? request.account) !== request.account;
  const resourceNeeded = foreign || policies.resourcePolicy?.mandatory === true;
  if (resourceNeeded && resource === 'none') return 'resource-based policy';
  const identityNeeded = foreign || resource !== 'direct';
  return identityNeeded && !identity ? 'identity-based policy' : undefined;
}

function resourceGrant(
  policy: ResourcePolicy | undefined,
  request: AuthorizationRequest,
): 'direct' | 'account' | 'none' {
  const granting = statements(policy?.document, 'Allow').filter((statement) =>
    statementApplies(statement, request),
  );
  const grants = granting.map((statement) => principalMatch(statement, request));
  if (grants.includes('direct')) return 'direct';
  return grants.includes('account') ? 'account' : 'none';
}

function statements(document: PolicyDocument | undefined, effect: Statement['Effect']): readonly Statement[] {
  return asList(document?.Statement).filter((statement) => statement.Effect === effect);
}

function refuse(denial: 'explicit' | 'implicit', because: string): Decision {
  return { allowed: false, denial, because };
}

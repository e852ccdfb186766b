import type { RequestContext } from '../wire/service.ts';
import { conditionsHold } from './conditions.ts';
import { asList, type PrincipalBlock, type Statement } from './policy.ts';
import { matchesWildcard } from './wildcard.ts';

/** One question to IAM. */
export interface AuthorizationRequest {
  /** The ARN of the user, or of the session; a session's role is `roleArn`. */
  readonly principalArn: string;
  readonly roleArn?: string | undefined;
  readonly account: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys, lower-cased. */
  readonly context: RequestContext;
}

/** Whether a statement of an identity, session, boundary or service control policy speaks about the request. */
export function statementApplies(statement: Statement, request: AuthorizationRequest): boolean {
  return (
    actionMatches(statement, request.action) &&
    resourceMatches(statement, request.resource) &&
    conditionsHold(statement.Condition, request.context)
  );
}

/** The same for a resource's policy, which names principals; its Resource may be left out (trust policies). */
export function resourceStatementApplies(statement: Statement, request: AuthorizationRequest): boolean {
  return statementApplies(statement, request) && principalMatch(statement, request) !== 'none';
}

/**
 * How a statement names the caller: `direct` gives access by itself in the same account, `account` (the root ARN
 * or the bare account id) only lets the account's identity policies decide.
 */
export function principalMatch(
  statement: Statement,
  request: AuthorizationRequest,
): 'direct' | 'account' | 'none' {
  if (statement.NotPrincipal !== undefined)
    return principalIn(statement.NotPrincipal, request) === 'none' ? 'direct' : 'none';
  return principalIn(statement.Principal, request);
}

function actionMatches(statement: Statement, action: string): boolean {
  const matches = (pattern: string): boolean => matchesWildcard(pattern, action, 'i');
  if (statement.NotAction !== undefined) return !asList(statement.NotAction).some(matches);
  return asList(statement.Action).some(matches);
}

function resourceMatches(statement: Statement, resource: string): boolean {
  const matches = (pattern: string): boolean => matchesWildcard(pattern, resource);
  if (statement.NotResource !== undefined) return !asList(statement.NotResource).some(matches);
  return statement.Resource === undefined || asList(statement.Resource).some(matches);
}

function principalIn(
  block: PrincipalBlock | undefined,
  request: AuthorizationRequest,
): 'direct' | 'account' | 'none' {
  const named = awsPrincipals(block);
  const self = [request.principalArn, request.roleArn, '*'];
  if (named.some((principal) => self.includes(principal))) return 'direct';
  const { account } = request;
  return named.some((principal) => principal === account || isRootOf(principal, account))
    ? 'account'
    : 'none';
}

function isRootOf(principal: string, account: string): boolean {
  return principal === `arn:aws:iam::${account}:root`;
}

/** Service, Federated and CanonicalUser principals never match: the sandbox's callers are IAM principals. */
function awsPrincipals(block: PrincipalBlock | undefined): readonly string[] {
  return typeof block === 'string' ? [block] : asList(block?.AWS);
}

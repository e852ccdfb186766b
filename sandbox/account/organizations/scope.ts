import {
  AwsError,
  type Operation,
  operation,
  type Reply,
  type RequestContext,
  type Requirement,
} from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { tagContext } from '../tags.ts';
import { type OrganizationState, organizationOf, type ServiceControlPolicyState } from './state.ts';

export interface Scope {
  readonly cloud: Cloud;
  readonly account: string;
  readonly organization: OrganizationState;
}

/** An operation for the management account and whom it delegates policies to; `anyMember` for those that all may ask. */
export function inOrganization<In extends object, Out extends object>(
  cloud: Cloud,
  requires: (input: In, scope: Scope) => readonly Requirement[],
  handle: (input: In, scope: Scope) => Reply<Out>,
  who: 'administrators' | 'any member' = 'administrators',
): Operation {
  const scopeOf = (account: string): Scope => {
    const organization = organizationOf(cloud, account);
    if (!organization)
      throw new AwsError(
        'AWSOrganizationsNotInUseException',
        'Your account is not a member of an organization.',
      );
    return { cloud, account, organization };
  };
  return operation<In, Out>({
    requires: (input, caller) => requires(input, scopeOf(caller.account)),
    handle(input, caller) {
      const scope = scopeOf(caller.account);
      if (who === 'administrators' && !scope.organization.administers)
        throw new AwsError('AccessDeniedException', "You don't have permissions to access this resource.");
      return handle(input, scope);
    },
  });
}

export function organizationsArn({ cloud, account, organization }: Scope, kind: string, id = ''): string {
  return `arn:aws:organizations::${organization.managementAccount}:${kind}/${cloud.organizationOf(account)}/${id}`;
}

export function policyArn(scope: Scope, id = ''): string {
  return id === FULL_ACCESS
    ? `arn:aws:organizations::aws:policy/service_control_policy/${id}`
    : organizationsArn(scope, 'policy', `service_control_policy/${id}`);
}

/** AWS's own policy, which allows everything, so that denies alone decide. */
export const FULL_ACCESS = 'p-FullAWSAccess';

export function findPolicy({ organization }: Scope, id: string | undefined): ServiceControlPolicyState {
  const policy = find(organization.policies, id);
  if (!policy)
    throw new AwsError(
      'PolicyNotFoundException',
      "We can't find a policy with the PolicyId that you specified.",
    );
  return policy;
}

export function requirePolicy(
  scope: Scope,
  action: string,
  id: string | undefined,
  context: RequestContext = {},
): Requirement {
  const tags = find(scope.organization.policies, id)?.tags;
  return {
    action: `organizations:${action}`,
    resource: policyArn(scope, id),
    context: { ...ofType, ...tagContext(tags), ...context },
    resourceAccount: scope.account,
  };
}

/** What is asked of the account itself. To whom the management account delegates, its resources are as if one's own. */
export function requireAccount(scope: Scope, action: string, account: string | undefined): Requirement {
  return {
    ...requirePolicy(scope, action, undefined),
    resource: organizationsArn(scope, 'account', account),
  };
}

/** Policies of other types are not here. */
const ofType: RequestContext = { 'organizations:policytype': 'SERVICE_CONTROL_POLICY' };

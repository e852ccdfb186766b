import { asList, type PolicyDocument } from '../../authorize/policy.ts';
import { parsePolicy } from '../policies.ts';
import type { OrganizationState } from './state.ts';

/** FullAWSAccess. */
const everything: PolicyDocument = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/**
 * The service control policies that bind the principals of an account: those on one level count as one, of which some
 * statement must allow. None bind the management account
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html).
 */
export function bindingPolicies(
  account: string,
  organization: OrganizationState | undefined,
): readonly PolicyDocument[] | undefined {
  if (!organization?.serviceControlPolicies || organization.managementAccount === account) return undefined;
  const attached = Object.values(organization.policies).filter(({ targets }) => targets.includes(account));
  const documents = [everything, ...attached.map(({ content }) => parsePolicy(content))];
  return [{ Statement: documents.flatMap(({ Statement }) => asList(Statement)) }];
}

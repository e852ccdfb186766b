import { iamId, uuid } from '../ids.ts';
import { findPermissionSet, type Scope } from './scope.ts';
import type { AccountAssignmentState } from './state.ts';

/**
 * Keeps the role of a permission set in an account for as long as somebody has it there. A role that is made anew gets
 * another suffix (https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html).
 */
export function provision({ account, permissionSetArn }: AccountAssignmentState, scope: Scope): void {
  const { cloud, region, center } = scope;
  const { name } = findPermissionSet(scope, permissionSetArn);
  const { roles } = cloud.account(account).iam;
  const path = pathOf(region);
  const existing = Object.values(roles).find(
    (role) => role.path === path && role.roleName.replace(/_[0-9a-f]{16}$/, '') === `AWSReservedSSO_${name}`,
  );
  const isAssigned = center.assignments.some(
    (one) => one.account === account && one.permissionSetArn === permissionSetArn,
  );
  if (existing && !isAssigned) delete roles[existing.roleName];
  if (existing || !isAssigned) return;
  const roleName = `AWSReservedSSO_${name}_${uuid(cloud).replaceAll('-', '').slice(0, 16)}`;
  roles[roleName] = {
    roleName,
    roleId: iamId(cloud, 'AROA'),
    path,
    createDate: cloud.now().toISOString(),
    trustPolicy: JSON.stringify(trustOf(account)),
    maxSessionDuration: 43_200,
    tags: {},
    inlinePolicies: {},
    attachedPolicies: [],
  };
}

/** The path names the region, but for us-east-1. */
function pathOf(region: string): string {
  return `/aws-reserved/sso.amazonaws.com/${region === 'us-east-1' ? '' : `${region}/`}`;
}

function trustOf(account: string) {
  const Federated = `arn:aws:iam::${account}:saml-provider/AWSSSO_0a0a0a0a0a0a0a0a_DO_NOT_DELETE`;
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Federated }, Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'] },
    ],
  };
}

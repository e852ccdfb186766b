import { PolicyStatement, type PrincipalBase, Role, type RoleProps } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Sessions say which incident they are for: CloudTrail shows it on every call. */
const FOR_INCIDENTS = { StringLike: { 'sts:SourceIdentity': 'INC-*' } };

/** A role that its principal may take, and only for an incident. */
export function trustForIncidents(
  scope: Construct,
  id: string,
  principal: PrincipalBase,
  props: Omit<RoleProps, 'assumedBy'>,
): Role {
  const forIncidents = principal.withConditions(FOR_INCIDENTS);
  const role = new Role(scope, id, { ...props, assumedBy: forIncidents });
  role.assumeRolePolicy?.addStatements(
    new PolicyStatement({ actions: ['sts:SetSourceIdentity'], principals: [forIncidents] }),
  );
  return role;
}

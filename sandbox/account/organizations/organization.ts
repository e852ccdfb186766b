import type * as organizations from '@aws-sdk/client-organizations';
import type { Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { inOrganization, organizationsArn } from './scope.ts';

/** What an organization is. */
export function organizationOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeOrganization: inOrganization<object, organizations.DescribeOrganizationCommandOutput>(
      cloud,
      () => [{ action: 'organizations:DescribeOrganization', resource: '*' }],
      (_input, { account, organization: { featureSet, managementAccount } }) => ({
        Organization: {
          Id: cloud.organizationOf(account),
          Arn: `arn:aws:organizations::${managementAccount}:organization/${cloud.organizationOf(account)}`,
          FeatureSet: featureSet,
          MasterAccountId: managementAccount,
        },
      }),
      'any member',
    ),
    ListRoots: inOrganization<organizations.ListRootsCommandInput, organizations.ListRootsCommandOutput>(
      cloud,
      () => [{ action: 'organizations:ListRoots', resource: '*' }],
      (_input, scope) => ({
        Roots: [
          {
            Id: ROOT,
            Arn: organizationsArn(scope, 'root', ROOT),
            Name: 'Root',
            PolicyTypes: scope.organization.serviceControlPolicies
              ? [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }]
              : [],
          },
        ],
      }),
    ),
  };
}

const ROOT = 'r-0000';

import * as organizations from '@aws-sdk/client-organizations';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { attachmentOperations } from './organizations/attachments.ts';
import { organizationOperations } from './organizations/organization.ts';
import { policyOperations } from './organizations/policies.ts';

/** AWS Organizations: service control policies, which bind the account's principals here as they do there. */
export function organizationsService(cloud: Cloud): Service {
  return {
    signingName: 'organizations',
    protocol: 'awsJson1_1',
    schemas: organizations,
    operations: {
      ...organizationOperations(cloud),
      ...policyOperations(cloud),
      ...attachmentOperations(cloud),
    },
  };
}

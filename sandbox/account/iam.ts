import * as iam from '@aws-sdk/client-iam';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { accessKeyOperations } from './iam/access-keys.ts';
import { attachedPolicyOperations } from './iam/attached-policies.ts';
import { inlinePolicyOperations } from './iam/inline-policies.ts';
import { loginProfileOperations } from './iam/login-profiles.ts';
import { roleOperations } from './iam/roles.ts';
import { userOperations } from './iam/users.ts';

/** IAM: what an investigation reads of identities, and how their power is taken away and given back. */
export function iamService(cloud: Cloud): Service {
  return {
    signingName: 'iam',
    protocol: 'awsQuery',
    schemas: iam,
    operations: {
      ...userOperations(cloud),
      ...accessKeyOperations(cloud),
      ...loginProfileOperations(cloud),
      ...inlinePolicyOperations(cloud),
      ...attachedPolicyOperations(cloud),
      ...roleOperations(cloud),
    },
  };
}

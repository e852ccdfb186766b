import * as identitystore from '@aws-sdk/client-identitystore';
import * as sso from '@aws-sdk/client-sso-admin';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { assignmentOperations } from './identitycenter/assignments.ts';
import { directoryOperations } from './identitycenter/directory.ts';
import { permissionSetOperations } from './identitycenter/permission-sets.ts';

/** IAM Identity Center: who has which permission set in the account. */
export function identityCenterService(cloud: Cloud): Service {
  return {
    signingName: 'sso',
    name: 'ssoadmin',
    protocol: 'awsJson1_1',
    schemas: sso,
    operations: { ...permissionSetOperations(cloud), ...assignmentOperations(cloud) },
  };
}

/** Its directory of people and groups. */
export function identityStoreService(cloud: Cloud): Service {
  return {
    signingName: 'identitystore',
    protocol: 'awsJson1_1',
    schemas: identitystore,
    operations: directoryOperations(cloud),
  };
}

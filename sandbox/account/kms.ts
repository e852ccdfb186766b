import * as kms from '@aws-sdk/client-kms';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { deletionOperations } from './kms/deletion.ts';
import { keyOperations } from './kms/keys.ts';

/** KMS: the account's keys and whether they live. They encrypt nothing here; the responder's own keys do that. */
export function accountKmsService(cloud: Cloud): Service {
  return {
    signingName: 'kms',
    protocol: 'awsJson1_1',
    schemas: kms,
    operations: { ...keyOperations(cloud), ...deletionOperations(cloud) },
  };
}

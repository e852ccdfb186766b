import * as ssm from '@aws-sdk/client-ssm';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { commandOperations } from './ssm/commands.ts';
import { documentOperations } from './ssm/documents.ts';

/** Systems Manager: which instances it reaches, and what was run on them. Nothing is run here: a seed says how it ends. */
export function ssmService(cloud: Cloud): Service {
  return {
    signingName: 'ssm',
    protocol: 'awsJson1_1',
    schemas: ssm,
    operations: { ...documentOperations(cloud), ...commandOperations(cloud) },
  };
}

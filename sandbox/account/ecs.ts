import * as ecs from '@aws-sdk/client-ecs';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { definitionOperations } from './ecs/definitions.ts';
import { serviceOperations } from './ecs/services.ts';
import { taskOperations } from './ecs/tasks.ts';

/** ECS: what runs in containers, as far as it is looked at and stopped. */
export function ecsService(cloud: Cloud): Service {
  return {
    signingName: 'ecs',
    protocol: 'awsJson1_1',
    schemas: ecs,
    operations: { ...definitionOperations(cloud), ...serviceOperations(cloud), ...taskOperations(cloud) },
  };
}

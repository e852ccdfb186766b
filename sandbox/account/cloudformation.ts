import * as cloudformation from '@aws-sdk/client-cloudformation';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { stackOperations } from './cloudformation/stacks.ts';

/** CloudFormation, as far as it is read: no template is deployed, and no drift is looked for. */
export function cloudFormationService(cloud: Cloud): Service {
  return {
    signingName: 'cloudformation',
    protocol: 'awsQuery',
    schemas: cloudformation,
    operations: stackOperations(cloud),
  };
}

import * as autoscaling from '@aws-sdk/client-auto-scaling';
import type { Service } from '../wire/service.ts';
import { groupOperations } from './autoscaling/groups.ts';
import { standbyOperations } from './autoscaling/standby.ts';
import type { Cloud } from './cloud.ts';

/** EC2 Auto Scaling: which group an instance belongs to, and taking it out of service without losing it. */
export function autoScalingService(cloud: Cloud): Service {
  return {
    signingName: 'autoscaling',
    protocol: 'awsQuery',
    schemas: autoscaling,
    operations: { ...groupOperations(cloud), ...standbyOperations(cloud) },
  };
}

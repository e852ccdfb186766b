import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { targetOperations } from './elasticloadbalancingv2/targets.ts';

/** Elastic Load Balancing, the second version: who gets the traffic of a target group. */
export function loadBalancingService(cloud: Cloud): Service {
  return {
    signingName: 'elasticloadbalancing',
    protocol: 'awsQuery',
    schemas: elb,
    operations: targetOperations(cloud),
  };
}

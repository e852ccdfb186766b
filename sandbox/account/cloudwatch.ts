import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { alarmOperations } from './cloudwatch/alarms.ts';
import { metricOperations } from './cloudwatch/metrics.ts';

/** CloudWatch: alarms and metrics, as far as they are read. No alarm is evaluated: its state is what the seed says. */
export function cloudWatchService(cloud: Cloud): Service {
  return {
    signingName: 'monitoring',
    protocol: 'awsJson1_0',
    schemas: cloudwatch,
    operations: { ...alarmOperations(cloud), ...metricOperations(cloud) },
  };
}

import * as rds from '@aws-sdk/client-rds';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { dbInstanceOperations } from './rds/instances.ts';
import { dbSnapshotOperations } from './rds/snapshots.ts';

/** RDS: which databases the internet reaches, and with whom their snapshots are shared. */
export function rdsService(cloud: Cloud): Service {
  return {
    signingName: 'rds',
    protocol: 'awsQuery',
    schemas: rds,
    operations: { ...dbInstanceOperations(cloud), ...dbSnapshotOperations(cloud) },
  };
}

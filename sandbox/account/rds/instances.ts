import type * as rds from '@aws-sdk/client-rds';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { lowerCased, onNamed, type Scope, tagList } from './scope.ts';
import type { DbInstanceState } from './state.ts';

type Describe = rds.DescribeDBInstancesCommandInput;
type Modify = rds.ModifyDBInstanceCommandInput;

export function dbInstanceOperations(cloud: Cloud): Record<string, Operation> {
  const nameOf = ({ DBInstanceIdentifier }: Describe | Modify) => DBInstanceIdentifier;
  return {
    DescribeDBInstances: onNamed<Describe, object>(cloud, 'DescribeDBInstances', 'db', nameOf, describe),
    ModifyDBInstance: onNamed<Modify, object>(cloud, 'ModifyDBInstance', 'db', nameOf, modify),
  };
}

function describe({ DBInstanceIdentifier: name }: Describe, scope: Scope): object {
  const all = Object.values(scope.rds.instances);
  const picked = name === undefined ? all : [instanceOf(name, scope)];
  return { DBInstances: picked.map((one) => shown(one, scope)) };
}

function instanceOf(name: string | undefined, { rds }: Scope): DbInstanceState {
  const instance = find(rds.instances, lowerCased(name));
  if (!instance) throw new AwsError('DBInstanceNotFoundFault', `DBInstance ${name} not found.`);
  return instance;
}

function shown(instance: DbInstanceState, { arnOf }: Scope): rds.DBInstance {
  return {
    DBInstanceIdentifier: instance.dbInstanceIdentifier,
    DBInstanceArn: arnOf('db', instance.dbInstanceIdentifier),
    DbiResourceId: instance.dbiResourceId,
    DBInstanceClass: instance.dbInstanceClass,
    DBInstanceStatus: instance.status,
    Engine: instance.engine,
    DBClusterIdentifier: instance.dbClusterIdentifier,
    PubliclyAccessible: instance.publiclyAccessible,
    ...networkOf(instance),
    ...settingsOf(instance),
    PendingModifiedValues: { DBInstanceClass: instance.pendingInstanceClass },
    TagList: tagList(instance.tags),
  };
}

function networkOf(instance: DbInstanceState): Partial<rds.DBInstance> {
  const { engine, port = engine.includes('postgres') ? 5432 : 3306 } = instance;
  const { vpcId, subnetIds = [], securityGroups = [] } = instance;
  return {
    Endpoint: { Address: `${instance.dbInstanceIdentifier}.example.rds.amazonaws.com`, Port: port },
    DBSubnetGroup: {
      DBSubnetGroupName: 'default',
      VpcId: vpcId,
      Subnets: subnetIds.map((SubnetIdentifier) => ({ SubnetIdentifier, SubnetStatus: 'Active' })),
    },
    VpcSecurityGroups: securityGroups.map((VpcSecurityGroupId) => ({ VpcSecurityGroupId, Status: 'active' })),
  };
}

function settingsOf(instance: DbInstanceState): Partial<rds.DBInstance> {
  const { exportedLogs = [], masterUserSecretArn: SecretArn } = instance;
  return {
    StorageEncrypted: instance.storageEncrypted ?? false,
    IAMDatabaseAuthenticationEnabled: instance.iamAuthentication ?? false,
    DeletionProtection: instance.deletionProtection ?? false,
    MultiAZ: instance.multiAz ?? false,
    BackupRetentionPeriod: instance.backupRetentionPeriod ?? 1,
    EnabledCloudwatchLogsExports: [...exportedLogs],
    ...(SecretArn === undefined ? {} : { MasterUserSecret: { SecretArn, SecretStatus: 'active' } }),
  };
}

/**
 * Whether it is public changes at once, whatever ApplyImmediately says; with ApplyImmediately everything that waits
 * is applied too (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html). The answer
 * names the state on the way; AWS takes minutes, so callers must not count on either.
 */
function modify(input: Modify, scope: Scope): object {
  const instance = instanceOf(input.DBInstanceIdentifier, scope);
  if (!['available', 'storage-optimization'].includes(instance.status))
    throw new AwsError('InvalidDBInstanceStateFault', 'Database instance is not in available state.');
  if (instance.dbClusterIdentifier !== undefined && !instance.engine.startsWith('aurora'))
    throw new AwsError(
      'InvalidParameterCombination',
      'The specified DB Instance is a member of a cluster and its public access cannot be modified directly.',
    );
  instance.publiclyAccessible = input.PubliclyAccessible ?? instance.publiclyAccessible;
  if (input.ApplyImmediately && instance.pendingInstanceClass !== undefined) {
    Object.assign(instance, { dbInstanceClass: instance.pendingInstanceClass });
    delete instance.pendingInstanceClass;
  }
  return { DBInstance: { ...shown(instance, scope), DBInstanceStatus: 'modifying' } };
}

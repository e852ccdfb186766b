import * as RDS from '@aws-sdk/client-rds';
import type { AccountSeed } from '../../../../sandbox/account/seed/account-schema.ts';
import type { ImitatedAccount, ImitatedService } from '../service.ts';
import { byId, eachOf, tagList, tagRecord } from '../shapes.ts';

type Database = AccountSeed['rds']['instances'][number];
type Snapshot = AccountSeed['rds']['snapshots'][number];

/** Databases are of a region. */
export const rds: ImitatedService = {
  of: 'region',
  invented: ['dbiResourceId'],

  async seed({ rds: seed }, account) {
    for (const database of seed.instances) await seedDatabase(database, account);
    for (const snapshot of seed.snapshots) await seedSnapshot(snapshot, account);
  },

  async read(account) {
    const { DBInstances } = await account.send(new RDS.DescribeDBInstancesCommand({}));
    const { DBSnapshots } = await account.send(new RDS.DescribeDBSnapshotsCommand({}));
    return {
      instances: byId(DBInstances, 'DBInstanceIdentifier', (one) => ({
        dbInstanceIdentifier: one.DBInstanceIdentifier,
        dbiResourceId: one.DbiResourceId,
        dbInstanceClass: one.DBInstanceClass,
        engine: one.Engine,
        status: one.DBInstanceStatus,
        publiclyAccessible: one.PubliclyAccessible,
        dbClusterIdentifier: one.DBClusterIdentifier,
        pendingInstanceClass: one.PendingModifiedValues?.DBInstanceClass,
        tags: tagRecord(one.TagList),
      })),
      snapshots: await eachOf(DBSnapshots, 'DBSnapshotIdentifier', (_id, one) => readSnapshot(one, account)),
    };
  },
};

const credentials = { MasterUsername: 'master', MasterUserPassword: 'any-password' };

async function seedDatabase(database: Database, account: ImitatedAccount): Promise<void> {
  const DBClusterIdentifier = database.dbClusterIdentifier;
  if (DBClusterIdentifier)
    await account.send(
      new RDS.CreateDBClusterCommand({ DBClusterIdentifier, Engine: database.engine, ...credentials }),
    );
  await account.send(
    new RDS.CreateDBInstanceCommand({
      DBInstanceIdentifier: database.dbInstanceIdentifier,
      DBInstanceClass: database.dbInstanceClass,
      Engine: database.engine,
      PubliclyAccessible: database.publiclyAccessible,
      DBClusterIdentifier,
      AllocatedStorage: 20,
      Tags: tagList(database.tags),
      ...(DBClusterIdentifier ? {} : credentials),
    }),
  );
  if (database.pendingInstanceClass)
    await account.send(
      new RDS.ModifyDBInstanceCommand({
        DBInstanceIdentifier: database.dbInstanceIdentifier,
        DBInstanceClass: database.pendingInstanceClass,
        ApplyImmediately: false,
      }),
    );
}

/** Of a database that is gone by the time of the case: a seed has snapshots without it. */
async function seedSnapshot(snapshot: Snapshot, account: ImitatedAccount): Promise<void> {
  const { dbInstanceIdentifier: DBInstanceIdentifier, dbSnapshotIdentifier: DBSnapshotIdentifier } = snapshot;
  await account.send(
    new RDS.CreateDBInstanceCommand({
      DBInstanceIdentifier,
      DBInstanceClass: 'db.t4g.medium',
      Engine: 'postgres',
      AllocatedStorage: 20,
      StorageEncrypted: snapshot.encrypted,
      ...credentials,
    }),
  );
  await account.send(
    new RDS.CreateDBSnapshotCommand({
      DBInstanceIdentifier,
      DBSnapshotIdentifier,
      Tags: tagList(snapshot.tags),
    }),
  );
  await account.send(new RDS.DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }));
  if (snapshot.restore.length > 0)
    await account.send(
      new RDS.ModifyDBSnapshotAttributeCommand({
        DBSnapshotIdentifier,
        AttributeName: 'restore',
        ValuesToAdd: snapshot.restore,
      }),
    );
}

async function readSnapshot(one: RDS.DBSnapshot, account: ImitatedAccount): Promise<unknown> {
  const { DBSnapshotAttributesResult: result } = await account.send(
    new RDS.DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier: one.DBSnapshotIdentifier }),
  );
  const restore = result?.DBSnapshotAttributes?.find((attribute) => attribute.AttributeName === 'restore');
  return {
    dbSnapshotIdentifier: one.DBSnapshotIdentifier,
    dbInstanceIdentifier: one.DBInstanceIdentifier,
    snapshotType: one.SnapshotType,
    encrypted: one.Encrypted,
    status: one.Status,
    restore: [...(restore?.AttributeValues ?? [])].sort(),
    tags: tagRecord(one.TagList),
  };
}

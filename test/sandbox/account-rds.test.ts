import * as rds from '@aws-sdk/client-rds';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, admin, type Fixture, region, startFixture } from './account-fixture.ts';

let fixture: Fixture;
let fresh: CloudState;
let client: rds.RDSClient;

beforeAll(async () => {
  fixture = await startFixture();
  const { instances, snapshots } = fixture.cloud.region(account, region).rds;
  instances.orders = {
    dbInstanceIdentifier: 'orders',
    dbiResourceId: 'db-ORDERS',
    dbInstanceClass: 'db.t4g.medium',
    engine: 'postgres',
    status: 'available',
    publiclyAccessible: true,
    pendingInstanceClass: 'db.r7g.large',
    tags: { team: 'shop' },
  };
  snapshots['orders-2026'] = {
    dbSnapshotIdentifier: 'orders-2026',
    dbInstanceIdentifier: 'orders',
    snapshotType: 'manual',
    encrypted: false,
    status: 'available',
    restore: ['444455556666'],
    tags: {},
  };
  fresh = fixture.cloud.snapshot();
  client = new rds.RDSClient({
    endpoint: fixture.server.endpoint,
    region,
    credentials: admin,
    maxAttempts: 1,
  });
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const state = () => fixture.cloud.region(account, region).rds;
const modify = (input: Partial<rds.ModifyDBInstanceCommandInput>) =>
  client.send(new rds.ModifyDBInstanceCommand({ DBInstanceIdentifier: 'orders', ...input }));
const described = async () => {
  const { DBInstances } = await client.send(
    new rds.DescribeDBInstancesCommand({ DBInstanceIdentifier: 'ORDERS' }),
  );
  return DBInstances?.[0];
};
const share = (input: Partial<rds.ModifyDBSnapshotAttributeCommandInput>) =>
  client.send(
    new rds.ModifyDBSnapshotAttributeCommand({
      DBSnapshotIdentifier: 'orders-2026',
      AttributeName: 'restore',
      ...input,
    }),
  );

it('describes a database by its name in any case, with tags and what waits', async () => {
  expect(await described()).toMatchObject({
    DBInstanceArn: `arn:aws:rds:${region}:${account}:db:orders`,
    PubliclyAccessible: true,
    PendingModifiedValues: { DBInstanceClass: 'db.r7g.large' },
    TagList: [{ Key: 'team', Value: 'shop' }],
  });
});

it('changes public access at once, and what waits only with ApplyImmediately', async () => {
  const { DBInstance } = await modify({ PubliclyAccessible: false });
  expect(DBInstance?.DBInstanceStatus).toBe('modifying');
  expect(await described()).toMatchObject({
    PubliclyAccessible: false,
    DBInstanceClass: 'db.t4g.medium',
    DBInstanceStatus: 'available',
  });
  await modify({ ApplyImmediately: true });
  expect(await described()).toMatchObject({ PubliclyAccessible: false, DBInstanceClass: 'db.r7g.large' });
});

it('changes nothing that is not available, and answers AWS’s codes', async () => {
  Object.assign(state().instances.orders ?? {}, { status: 'modifying' });
  await expect(modify({ PubliclyAccessible: false })).rejects.toMatchObject({
    name: 'InvalidDBInstanceStateFault',
  });
  await expect(modify({ DBInstanceIdentifier: 'constructor' })).rejects.toMatchObject({
    name: 'DBInstanceNotFoundFault',
  });
});

it('shares a snapshot, and takes that back', async () => {
  await share({ ValuesToAdd: ['999988887777', 'all'], ValuesToRemove: ['444455556666'] });
  const { DBSnapshotAttributesResult: result } = await client.send(
    new rds.DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier: 'orders-2026' }),
  );
  expect(result?.DBSnapshotAttributes).toEqual([
    { AttributeName: 'restore', AttributeValues: ['999988887777', 'all'] },
  ]);
});

it.each([
  ['another attribute', { AttributeName: 'copy' }, {}, 'InvalidParameterValue'],
  ['what is no account', { ValuesToAdd: ['mallory'] }, {}, 'InvalidParameterValue'],
  ['everybody, if it is encrypted', { ValuesToAdd: ['all'] }, { encrypted: true }, 'InvalidParameterValue'],
  ['anybody, if AWS took it', {}, { snapshotType: 'automated' }, 'InvalidDBSnapshotStateFault'],
  ['anybody while it is copied', {}, { status: 'copying' }, 'InvalidDBSnapshotStateFault'],
  [
    'more than 20 accounts',
    { ValuesToAdd: Array.from({ length: 20 }, (_, at) => String(100_000_000_000 + at)) },
    {},
    'SharedSnapshotQuotaExceededFault',
  ],
  ['if it is not there', { DBSnapshotIdentifier: 'gone' }, {}, 'DBSnapshotNotFoundFault'],
])('is not shared with %s', async (_, input, change, name) => {
  Object.assign(state().snapshots['orders-2026'] ?? {}, change);
  await expect(share(input)).rejects.toMatchObject({ name });
});

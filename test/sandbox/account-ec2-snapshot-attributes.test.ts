import * as ec2 from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Fixture, startFixture } from './account-fixture.ts';

const SnapshotId = 'snap-0a000000000000001';
const Attribute = 'createVolumePermission' as const;
let fixture: Fixture;
let client: ec2.EC2Client;
beforeAll(async () => {
  fixture = await startFixture();
  client = fixture.ec2();
  const { snapshots, tags } = fixture.cloud.region('111122223333', 'eu-west-1').ec2;
  const common = {
    volumeId: 'vol-0a000000000000001',
    volumeSize: 8,
    description: '',
    startTime: '2026-10-01',
  };
  snapshots[SnapshotId] = { ...common, snapshotId: SnapshotId, encrypted: true };
  snapshots['snap-0b000000000000001'] = {
    ...common,
    snapshotId: 'snap-0b000000000000001',
    encrypted: false,
    ownerId: '444455556666',
  };
  tags[SnapshotId] = {};
});
afterAll(() => fixture.server.close());

const modify = (OperationType: ec2.OperationType, shares: object, id = SnapshotId) =>
  client.send(
    new ec2.ModifySnapshotAttributeCommand({ SnapshotId: id, Attribute, OperationType, ...shares }),
  );
async function shared() {
  const answer = await client.send(new ec2.DescribeSnapshotAttributeCommand({ SnapshotId, Attribute }));
  return answer.CreateVolumePermissions ?? [];
}

it('shares a snapshot and takes it back, both as often as one likes', async () => {
  expect(await shared()).toEqual([]);
  for (const _ of [1, 2]) await modify('add', { UserIds: ['444455556666', '777788889999'] });
  expect(await shared()).toEqual([{ UserId: '444455556666' }, { UserId: '777788889999' }]);
  for (const _ of [1, 2]) await modify('remove', { UserIds: ['444455556666'], GroupNames: ['all'] });
  expect(await shared()).toEqual([{ UserId: '777788889999' }]);
});

it('never makes an encrypted snapshot public, and takes nothing but accounts and the group all', async () => {
  await expect(modify('add', { GroupNames: ['all'] })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  const odd = { name: 'InvalidAMIAttributeItemValue' };
  await expect(modify('add', { GroupNames: ['some'] })).rejects.toMatchObject(odd);
  await expect(modify('add', { UserIds: ['1234'] })).rejects.toMatchObject(odd);
  await expect(modify('add', {})).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
});

it('knows whose a snapshot is, and tells a missing one from a malformed id', async () => {
  const add = { UserIds: ['444455556666'] };
  await expect(modify('add', add, 'snap-0b000000000000001')).rejects.toMatchObject({ name: 'AuthFailure' });
  await expect(modify('add', add, 'snap-0c000000000000001')).rejects.toMatchObject({
    name: 'InvalidSnapshot.NotFound',
  });
  await expect(modify('add', add, 'rds:shop')).rejects.toMatchObject({ name: 'InvalidSnapshotID.Malformed' });
  const owned = await client.send(new ec2.DescribeSnapshotsCommand({ OwnerIds: ['444455556666'] }));
  expect(owned.Snapshots?.map((one) => [one.SnapshotId, one.OwnerId])).toEqual([
    ['snap-0b000000000000001', '444455556666'],
  ]);
});

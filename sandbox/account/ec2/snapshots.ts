import type * as ec2 from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { ec2Id } from '../ids.ts';
import { listResources } from './listing.ts';
import { findResource, requireNew, requireResource } from './resources.ts';
import { changing, reading, type Scope } from './scope.ts';
import type { BlockDeviceState, InstanceState, SnapshotState } from './state.ts';
import { putTags, requestTags, requireTagging, specifiedTags, tagsOf } from './tags.ts';

export function snapshotOperations(cloud: Cloud): Record<string, Operation> {
  return {
    CreateSnapshots: changing<ec2.CreateSnapshotsCommandInput, ec2.CreateSnapshotsCommandOutput>(
      cloud,
      requireCreation,
      createSnapshots,
    ),
    DescribeSnapshots: reading<ec2.DescribeSnapshotsCommandInput, ec2.DescribeSnapshotsCommandOutput>(
      cloud,
      'DescribeSnapshots',
      describe,
    ),
    DeleteSnapshot: changing<ec2.DeleteSnapshotCommandInput, ec2.DeleteSnapshotCommandOutput>(
      cloud,
      (input, scope) => [requireResource(scope, 'DeleteSnapshot', input.SnapshotId ?? '')],
      remove,
    ),
  };
}

/** The instance, each of its volumes and the snapshots to be: a policy must allow all three. */
function requireCreation(input: ec2.CreateSnapshotsCommandInput, scope: Scope) {
  const { instance, devices } = selection(input, scope);
  const tags = specifiedTags(input.TagSpecifications, 'snapshot');
  return [
    requireResource(scope, 'CreateSnapshots', instance.instanceId),
    ...devices.map((device) => requireResource(scope, 'CreateSnapshots', device.volumeId)),
    requireNew(scope, 'CreateSnapshots', 'snapshot', requestTags(tags)),
    ...requireTagging(scope, 'CreateSnapshots', 'snapshot', tags),
  ];
}

function selection(
  input: ec2.CreateSnapshotsCommandInput,
  scope: Scope,
): { readonly instance: InstanceState; readonly devices: readonly BlockDeviceState[] } {
  const specification = input.InstanceSpecification;
  const instance = findResource(scope.ec2.instances, specification?.InstanceId, 'i');
  const excluded = new Set(specification?.ExcludeDataVolumeIds);
  const devices = instance.blockDevices.filter((device) => {
    const isRoot = device.deviceName === instance.rootDeviceName;
    return !excluded.has(device.volumeId) && !(specification?.ExcludeBootVolume && isRoot);
  });
  if (devices.length === 0)
    throw new AwsError('InvalidParameterValue', 'The instance has no volumes to snapshot');
  return { instance, devices };
}

/** A snapshot completes at once here; AWS takes minutes, so callers must not count on either. */
function createSnapshots(input: ec2.CreateSnapshotsCommandInput, scope: Scope) {
  const tags = specifiedTags(input.TagSpecifications, 'snapshot');
  const Snapshots = selection(input, scope).devices.map((device) => {
    const snapshot = newSnapshot(scope, device.volumeId, input.Description ?? '');
    scope.ec2.snapshots[snapshot.snapshotId] = snapshot;
    putTags(scope, snapshot.snapshotId, tags);
    if (input.CopyTagsFromSource === 'volume')
      putTags(scope, snapshot.snapshotId, tagsOf(scope, device.volumeId));
    return { ...describeCreation(scope, snapshot), State: 'pending' as const, Progress: '' };
  });
  return { Snapshots };
}

function newSnapshot(scope: Scope, volumeId: string, description: string): SnapshotState {
  const volume = findResource(scope.ec2.volumes, volumeId, 'vol');
  return {
    snapshotId: ec2Id(scope.cloud, 'snap'),
    volumeId,
    volumeSize: volume.size,
    encrypted: volume.encrypted,
    kmsKeyId: volume.kmsKeyId,
    description,
    startTime: scope.cloud.now().toISOString(),
  };
}

function describe(input: ec2.DescribeSnapshotsCommandInput, scope: Scope) {
  const owners = input.OwnerIds?.map((owner) => (owner === 'self' ? scope.account : owner));
  const owned = Object.entries(scope.ec2.snapshots).filter(
    ([, { ownerId = scope.account }]) => !owners?.length || owners.includes(ownerId),
  );
  const { items, NextToken } = listResources<SnapshotState>(scope, input, {
    records: Object.fromEntries(owned),
    prefix: 'snap',
    ids: input.SnapshotIds,
    idOf: (snapshot) => snapshot.snapshotId,
    filters: {
      'snapshot-id': (snapshot) => snapshot.snapshotId,
      'volume-id': (snapshot) => snapshot.volumeId,
      description: (snapshot) => snapshot.description,
      encrypted: (snapshot) => snapshot.encrypted,
      status: () => 'completed',
    },
  });
  const Snapshots = items.map((one) => ({
    ...describeCreation(scope, one),
    KmsKeyId: one.kmsKeyId,
    State: 'completed' as const,
    Progress: '100%',
  }));
  return { Snapshots, NextToken };
}

function describeCreation(scope: Scope, snapshot: SnapshotState) {
  return {
    SnapshotId: snapshot.snapshotId,
    VolumeId: snapshot.volumeId,
    VolumeSize: snapshot.volumeSize,
    Encrypted: snapshot.encrypted,
    Description: snapshot.description,
    StartTime: new Date(snapshot.startTime),
    OwnerId: snapshot.ownerId ?? scope.account,
    Tags: tagsOf(scope, snapshot.snapshotId),
  };
}

function remove(input: ec2.DeleteSnapshotCommandInput, scope: Scope): object {
  const { snapshotId } = findResource(scope.ec2.snapshots, input.SnapshotId, 'snap');
  delete scope.ec2.snapshots[snapshotId];
  delete scope.ec2.tags[snapshotId];
  return {};
}

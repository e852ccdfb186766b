import {
  CreateSnapshotsCommand,
  DeleteSnapshotCommand,
  DescribeSnapshotsCommand,
  type Snapshot,
} from '@aws-sdk/client-ec2';
import type { Execution } from '../../core/account.ts';
import { hasName } from '../../core/named-error.ts';
import { reservedTags } from '../../core/reserved-tags.ts';
import type { Termination } from '../../core/termination.ts';
import type { Reader, Writer } from './termination.ts';

/** The value of the action tag, on which the role's permissions hang as well. */
export const ACTION = 'snapshot-volumes';

function tagsOf({ incident, manifestHash }: Execution): readonly { Key: string; Value: string }[] {
  return [
    { Key: reservedTags.action, Value: ACTION },
    { Key: reservedTags.incident, Value: incident },
    { Key: reservedTags.plan, Value: manifestHash },
  ];
}

/** The snapshots that this plan has taken of this instance's volumes, found by the reserved tags. */
export async function readSnapshots(
  { volumes }: Termination,
  account: Reader,
  execution: Execution,
): Promise<readonly Snapshot[]> {
  const filters = tagsOf(execution).map(({ Key, Value }) => ({ Name: `tag:${Key}`, Values: [Value] }));
  const snapshots: Snapshot[] = [];
  let nextToken: string | undefined;
  do {
    const page = await account.send(
      new DescribeSnapshotsCommand({ OwnerIds: ['self'], Filters: filters, NextToken: nextToken }),
    );
    snapshots.push(...(page.Snapshots ?? []));
    nextToken = page.NextToken;
  } while (nextToken);
  const planned = new Set(volumes.map((volume) => volume.id));
  return snapshots.filter((one) => planned.has(one.VolumeId ?? ''));
}

/**
 * Snapshots every volume at one point in time, unless that was done before. A set is taken whole: one that AWS does
 * not show yet is taken again, and rolled back with the other.
 */
export async function takeSnapshots(
  instanceId: string,
  before: Termination,
  account: Writer,
  execution: Execution,
): Promise<void> {
  const missing = volumesWithout(before, await readSnapshots(before, account, execution));
  if (missing.length === 0) return;
  await account.send(
    new CreateSnapshotsCommand({
      InstanceSpecification: { InstanceId: instanceId },
      Description: `Evidence of ${execution.incident}`,
      TagSpecifications: [{ ResourceType: 'snapshot', Tags: [...tagsOf(execution)] }],
    }),
  );
}

/** A snapshot that is pending is good: it holds the volume as it was when it was asked for. One in error is none. */
export function volumesWithout({ volumes }: Termination, snapshots: readonly Snapshot[]): readonly string[] {
  const covered = new Set(snapshots.flatMap((one) => (one.State === 'error' ? [] : [one.VolumeId])));
  return volumes.filter((volume) => !covered.has(volume.id)).map((volume) => volume.id);
}

export async function deleteSnapshots(snapshots: readonly Snapshot[], account: Writer): Promise<void> {
  for (const { SnapshotId } of snapshots) {
    try {
      await account.send(new DeleteSnapshotCommand({ SnapshotId }));
    } catch (error) {
      if (!hasName(error, 'InvalidSnapshot.NotFound')) throw error;
    }
  }
}

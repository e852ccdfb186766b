import {
  DescribeInstancesCommand,
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  type Instance,
  ModifySnapshotAttributeCommand,
  type Snapshot,
} from '@aws-sdk/client-ec2';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import type { Account } from '../../core/account.ts';
import { TargetNotFoundError } from '../../core/errors.ts';
import { readInstance } from '../../core/instance.ts';
import { reservedTags } from '../../core/reserved-tags.ts';

export const reads = [
  DescribeInstancesCommand,
  DescribeKeyCommand,
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
] as const;
export const writes = [ModifySnapshotAttributeCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** The value of the action tag on what `snapshot-volumes` takes; the role may share nothing else. */
export const TAKEN_BY = 'snapshot-volumes';

export function readInstanceOf(id: string, account: Reader): Promise<Instance> {
  return readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
}

/** The snapshots of its disks that carry our tag, by id. Throws TargetNotFoundError where we have taken none. */
export async function ownSnapshots(instance: Instance, account: Reader): Promise<readonly Snapshot[]> {
  const volumes = (instance.BlockDeviceMappings ?? []).flatMap((mapping) => mapping.Ebs?.VolumeId ?? []);
  // A filter without values would not be one.
  if (volumes.length === 0) throw noneTaken(instance);
  const Filters = [
    { Name: `tag:${reservedTags.action}`, Values: [TAKEN_BY] },
    { Name: 'volume-id', Values: volumes },
  ];
  const found: Snapshot[] = [];
  let NextToken: string | undefined;
  do {
    const page = await account.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], Filters, NextToken }));
    found.push(...(page.Snapshots ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  if (found.length === 0) throw noneTaken(instance);
  return found.toSorted((a, b) => (a.SnapshotId ?? '').localeCompare(b.SnapshotId ?? ''));
}

function noneTaken({ InstanceId }: Instance): TargetNotFoundError {
  return new TargetNotFoundError(`a snapshot that we took of instance ${InstanceId}`);
}

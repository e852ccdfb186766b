import { DescribeInstancesCommand, DescribeSnapshotsCommand } from '@aws-sdk/client-ec2';
import { defineExhibit } from '../core/exhibit.ts';
import { readInstance } from '../core/instance.ts';

/** A snapshot has no hash that AWS would tell: its id, its tags and when it was started stand for it. */
export const snapshots = defineExhibit({
  id: 'snapshots',
  title: 'The snapshots of its disks, with their tags: those that stood before, and those that we took',
  targets: ['instance'],
  occasions: ['before-change', 'after-change'],
  reads: [DescribeInstancesCommand, DescribeSnapshotsCommand],
  permissions: [{ actions: ['ec2:DescribeInstances', 'ec2:DescribeSnapshots'], resources: ['*'] }],

  async collect({ id }, { account }) {
    const found = await readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
    const volumes = (found.BlockDeviceMappings ?? []).flatMap((mapping) => mapping.Ebs?.VolumeId ?? []);
    if (volumes.length === 0) return { content: [], truncated: false };
    const Filters = [{ Name: 'volume-id', Values: volumes }];
    const answer = await account.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], Filters }));
    return { content: answer.Snapshots ?? [], truncated: answer.NextToken !== undefined };
  },
});

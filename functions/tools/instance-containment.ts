import {
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotsCommand,
  type Instance,
} from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { type Account, defineTool } from '../core/account.ts';
import { TargetNotFoundError } from '../core/errors.ts';
import { readInstance } from '../core/instance.ts';
import { reservedTags } from '../core/reserved-tags.ts';

const reads = [DescribeInstancesCommand, DescribeSecurityGroupsCommand, DescribeSnapshotsCommand] as const;
type Reader = Account<typeof reads>;

/** The value of the action tag on what `snapshot-volumes` takes. */
const TAKEN_BY = 'snapshot-volumes';

/** Whether an instance can still reach anything, and whether what is on its disks is safe. */
export const instanceContainment = defineTool({
  id: 'instance-containment',
  title: 'Containment of an instance',
  description:
    'Whether an EC2 instance is cut off (`isolated`: every interface has only security groups without any rule) or stopped, and of how many of its volumes we hold a snapshot.',
  targets: ['instance'],
  reads,
  permissions: [
    {
      actions: ['ec2:DescribeInstances', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSnapshots'],
      resources: ['*'],
    },
  ],
  output: z.strictObject({
    state: z.string(),
    isolated: z.boolean(),
    volumes: z.number().int().nonnegative(),
    volumesKept: z.number().int().nonnegative(),
    truncated: z.boolean(),
  }),
  tainted: [],

  async ask({ id }, { account }) {
    try {
      const found = await readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
      const volumes = (found.BlockDeviceMappings ?? []).flatMap((mapping) => mapping.Ebs?.VolumeId ?? []);
      const { kept, truncated } = await readKept(volumes, account);
      return {
        state: found.State?.Name ?? 'unknown',
        isolated: await isIsolated(found, account),
        volumes: volumes.length,
        volumesKept: volumes.filter((volume) => kept.has(volume)).length,
        truncated,
      };
    } catch (error) {
      if (error instanceof TargetNotFoundError) return undefined;
      throw error;
    }
  },
});

/** By the rules themselves: a group's name or tag says nothing. */
async function isIsolated({ NetworkInterfaces = [] }: Instance, account: Reader): Promise<boolean> {
  const groupsOf = NetworkInterfaces.map(({ Groups = [] }) => Groups.flatMap(({ GroupId }) => GroupId ?? []));
  if (groupsOf.length === 0 || groupsOf.some((groups) => groups.length === 0)) return false;
  const GroupIds = [...new Set(groupsOf.flat())];
  const { SecurityGroups = [] } = await account.send(new DescribeSecurityGroupsCommand({ GroupIds }));
  return (
    SecurityGroups.length === GroupIds.length &&
    SecurityGroups.every(
      ({ IpPermissions = [], IpPermissionsEgress = [] }) =>
        IpPermissions.length === 0 && IpPermissionsEgress.length === 0,
    )
  );
}

/** The volumes of which a snapshot with our tag exists that did not fail. */
async function readKept(volumes: readonly string[], account: Reader) {
  // A filter without values would not be one.
  if (volumes.length === 0) return { kept: new Set<string>(), truncated: false };
  const Filters = [
    { Name: `tag:${reservedTags.action}`, Values: [TAKEN_BY] },
    { Name: 'volume-id', Values: [...volumes] },
  ];
  const { Snapshots = [], NextToken } = await account.send(
    new DescribeSnapshotsCommand({ OwnerIds: ['self'], Filters }),
  );
  const good = Snapshots.filter(({ State }) => State !== 'error');
  return {
    kept: new Set(good.flatMap(({ VolumeId }) => VolumeId ?? [])),
    truncated: NextToken !== undefined,
  };
}

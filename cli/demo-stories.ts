import {
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { IAMClient, ListAccessKeysCommand, ListUserPoliciesCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { IncidentStatus } from '../functions/core/incident.ts';
import type { CloudFile } from '../sandbox/state-folder.ts';

/** One fact about the account, read back through its own API. */
export interface Fact {
  readonly says: string;
  readonly holds: boolean;
}

/** One story of the demo: a finding, how it must end, and what must then be true of the account. */
export interface Story {
  readonly name: string;
  readonly title: string;
  /** The file under `sandbox/demo/findings`. */
  readonly finding: string;
  readonly ends: IncidentStatus;
  facts(cloud: CloudFile): Promise<Fact[]>;
}

const user = 'ci-deploy';
const key = 'AKIAI44QH8DHBEXAMPLE';
const infected = 'i-0c2c2c2c2c2c2c2c2';
const probed = 'i-0b3b3b3b3b3b3b3b3';

export const stories: readonly Story[] = [
  {
    name: 'c2-instance',
    title: 'A web server talks to a command-and-control server',
    finding: 'c2-instance.json',
    ends: 'contained',
    async facts(cloud) {
      const groups = await groupsOf(cloud, infected);
      const rules = groups.flatMap(({ IpPermissions = [], IpPermissionsEgress = [] }) => [
        ...IpPermissions,
        ...IpPermissionsEgress,
      ]);
      const snapshots = await snapshotsOf(cloud);
      return [
        {
          says: `${infected} has one security group, which allows nothing`,
          holds: groups.length === 1 && rules.length === 0,
        },
        { says: `${snapshots} snapshot(s) of its volumes are kept as evidence`, holds: snapshots > 0 },
      ];
    },
  },
  {
    name: 'stolen-key',
    title: 'A deployment user’s access key is used from an address on a threat list',
    finding: 'stolen-key.json',
    ends: 'contained',
    async facts(cloud) {
      const iam = new IAMClient(operatorOf(cloud));
      const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName: user }));
      const { PolicyNames = [] } = await iam.send(new ListUserPoliciesCommand({ UserName: user }));
      const status = AccessKeyMetadata.find(({ AccessKeyId }) => AccessKeyId === key)?.Status;
      return [
        { says: `${key} is ${status}`, holds: status === 'Inactive' },
        {
          says: `${user} carries the policy that ends sessions begun before`,
          holds: PolicyNames.some((name) => name.startsWith('SallyportRevokeSessions')),
        },
        { says: 'whoever holds the stolen key is turned away', holds: await isTurnedAway(cloud) },
      ];
    },
  },
  {
    name: 'benign',
    title: 'A port probe of a server that nobody outside can reach',
    finding: 'benign.json',
    ends: 'closed',
    async facts(cloud) {
      const groups = await groupsOf(cloud, probed);
      return [
        {
          says: `${probed} was left as it was`,
          holds: groups.map(({ GroupName }) => GroupName).join() === 'reports',
        },
      ];
    },
  },
];

function operatorOf({ endpoint, region, operator }: CloudFile) {
  return { endpoint, region, credentials: operator };
}

async function groupsOf(cloud: CloudFile, instance: string) {
  const ec2 = new EC2Client(operatorOf(cloud));
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instance] }));
  const interfaces = Reservations[0]?.Instances?.[0]?.NetworkInterfaces ?? [];
  const ids = interfaces.flatMap(({ Groups = [] }) => Groups.flatMap(({ GroupId }) => GroupId ?? []));
  const { SecurityGroups = [] } = await ec2.send(
    new DescribeSecurityGroupsCommand({ GroupIds: [...new Set(ids)] }),
  );
  return SecurityGroups;
}

async function snapshotsOf(cloud: CloudFile): Promise<number> {
  const ec2 = new EC2Client(operatorOf(cloud));
  const byIncident = { Name: 'tag-key', Values: ['sallyport:incident'] };
  const { Snapshots = [] } = await ec2.send(new DescribeSnapshotsCommand({ Filters: [byIncident] }));
  return Snapshots.length;
}

/** Tries the stolen key as its thief would. */
async function isTurnedAway({ endpoint, region }: CloudFile): Promise<boolean> {
  const credentials = { accessKeyId: key, secretAccessKey: 'stolen' };
  try {
    await new STSClient({ endpoint, region, credentials }).send(new GetCallerIdentityCommand({}));
    return false;
  } catch (error) {
    return error instanceof Error && error.name === 'InvalidClientTokenId';
  }
}

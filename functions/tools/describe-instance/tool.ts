import {
  DescribeInstancesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  type Instance,
} from '@aws-sdk/client-ec2';
import { GetInstanceProfileCommand } from '@aws-sdk/client-iam';
import { type Account, defineTool } from '../../core/account.ts';
import { boundedList, boundedText } from '../../core/bounded.ts';
import { TargetNotFoundError } from '../../core/errors.ts';
import { readInstance } from '../../core/instance.ts';
import { routesToInternet } from '../../core/internet-route.ts';
import { hasName } from '../../core/named-error.ts';
import { openRules } from '../../core/open-rules.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { DescribedInstance } from './output.ts';

const LISTED = { interfaces: 15, rules: 30, tags: 30 } as const;
const reads = [
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  DescribeRouteTablesCommand,
  GetInstanceProfileCommand,
] as const;
type Reader = Account<typeof reads>;

/** What an instance is, and what of it the internet can reach. */
export const describeInstance = defineTool({
  id: 'describe-instance',
  title: 'Describe an instance',
  description:
    'An EC2 instance with its network exposure: state, public address, whether its subnet routes to an internet gateway, ports open to the world, the role of its instance profile, tags. `internetReachable` needs all three: address, route and an open rule.',
  targets: ['instance'],
  reads,
  permissions: [
    {
      actions: ['ec2:DescribeInstances', 'ec2:DescribeSecurityGroups', 'ec2:DescribeRouteTables'],
      resources: ['*'],
    },
    {
      actions: ['iam:GetInstanceProfile'],
      resources: ['arn:{partition}:iam::{account}:instance-profile/*'],
    },
  ],
  output: DescribedInstance,
  tainted: ['/role/name', '/role/arn', '/tags/*/key', '/tags/*/value'],

  async ask({ id }, { account }) {
    try {
      const found = await readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
      return await describe(id, found, account);
    } catch (error) {
      if (error instanceof TargetNotFoundError) return undefined;
      throw error;
    }
  },
});

async function describe(id: string, found: Instance, account: Reader): Promise<DescribedInstance> {
  const interfaces = boundedList((found.NetworkInterfaces ?? []).map(describeInterface), LISTED.interfaces);
  const rules = boundedList(await readOpenRules(found, account), LISTED.rules);
  const tags = boundedList(found.Tags ?? [], LISTED.tags);
  const place = { subnets: [found.SubnetId ?? ''], vpc: found.VpcId ?? '' };
  const routed = await routesToInternet(place, (input) =>
    account.send(new DescribeRouteTablesCommand(input)),
  );
  const publicAddress =
    found.PublicIpAddress ?? interfaces.items.find((one) => one.publicAddress)?.publicAddress ?? null;
  return {
    instanceId: id,
    state: found.State?.Name ?? 'unknown',
    type: found.InstanceType ?? '',
    image: found.ImageId ?? '',
    launchedAt: found.LaunchTime?.toISOString() ?? '',
    vpc: found.VpcId ?? '',
    subnet: found.SubnetId ?? '',
    publicAddress,
    privateAddress: found.PrivateIpAddress ?? null,
    interfaces: interfaces.items,
    routesToInternet: routed,
    openRules: rules.items,
    internetReachable: publicAddress !== null && routed && rules.items.length > 0,
    metadataTokensRequired: found.MetadataOptions?.HttpTokens === 'required',
    role: await readRole(found.IamInstanceProfile?.Arn, account),
    volumes: found.BlockDeviceMappings?.length ?? 0,
    protected: isProtected(found.Tags),
    tags: tags.items.map(({ Key, Value }) => ({ key: boundedText(Key), value: boundedText(Value) })),
    truncated: interfaces.truncated || rules.truncated || tags.truncated,
  };
}

function describeInterface(one: NonNullable<Instance['NetworkInterfaces']>[number]) {
  return {
    id: one.NetworkInterfaceId ?? '',
    subnet: one.SubnetId ?? '',
    publicAddress: one.Association?.PublicIp ?? null,
    privateAddress: one.PrivateIpAddress ?? null,
    groups: (one.Groups ?? []).flatMap((group) => group.GroupId ?? []).sort(),
  };
}

async function readOpenRules(found: Instance, account: Reader) {
  const groups = (found.NetworkInterfaces ?? []).flatMap((one) => one.Groups ?? []);
  const ids = [...new Set(groups.flatMap((group) => group.GroupId ?? []))];
  if (ids.length === 0) return [];
  const answer = await account.send(new DescribeSecurityGroupsCommand({ GroupIds: ids }));
  return openRules(answer.SecurityGroups ?? []);
}

/** The role whose credentials every process on the instance can have. */
async function readRole(profileArn: string | undefined, account: Reader): Promise<DescribedInstance['role']> {
  const name = profileArn?.split('/').at(-1);
  if (name === undefined) return null;
  try {
    const { InstanceProfile: profile } = await account.send(
      new GetInstanceProfileCommand({ InstanceProfileName: name }),
    );
    const role = profile?.Roles?.[0];
    return role ? { name: boundedText(role.RoleName), arn: boundedText(role.Arn, 512) } : null;
  } catch (error) {
    if (hasName(error, 'NoSuchEntityException')) return null;
    throw error;
  }
}

import * as EC2 from '@aws-sdk/client-ec2';
import type { Ec2Seed } from '../../../../sandbox/account/seed/ec2-schema.ts';
import type { ImitatedAccount } from '../service.ts';
import { tagList } from '../shapes.ts';

type Item<Name extends keyof Ec2Seed> = Ec2Seed[Name][number];
type Rule = Item<'securityGroups'>['ingress'][number];

/** The network of a seed: VPCs, subnets, gateways, routes, security groups. */
export async function seedNetwork(seed: Ec2Seed, account: ImitatedAccount): Promise<void> {
  for (const vpc of seed.vpcs) {
    const { Vpc } = await account.send(new EC2.CreateVpcCommand({ CidrBlock: vpc.cidrBlock }));
    account.name(vpc.vpcId, Vpc?.VpcId);
    await tag(vpc.vpcId, vpc.tags, account);
  }
  for (const subnet of seed.subnets) await seedSubnet(subnet, account);
  await seedGateways(seed, account);
  for (const table of seed.routeTables) await seedRouteTable(table, account);
  for (const group of seed.securityGroups) await createGroup(group, account);
  // Only now, since rules may name groups.
  for (const group of seed.securityGroups) await seedRules(group, account);
}

export async function tag(
  id: string,
  tags: Readonly<Record<string, string>>,
  account: ImitatedAccount,
): Promise<void> {
  const Tags = tagList(tags);
  if (Tags.length > 0) await account.send(new EC2.CreateTagsCommand({ Resources: [id], Tags }));
}

async function seedSubnet(subnet: Item<'subnets'>, account: ImitatedAccount): Promise<void> {
  const { Subnet } = await account.send(
    new EC2.CreateSubnetCommand({
      VpcId: subnet.vpcId,
      CidrBlock: subnet.cidrBlock,
      AvailabilityZone: subnet.availabilityZone,
    }),
  );
  account.name(subnet.subnetId, Subnet?.SubnetId);
  if (subnet.mapPublicIpOnLaunch)
    await account.send(
      new EC2.ModifySubnetAttributeCommand({
        SubnetId: subnet.subnetId,
        MapPublicIpOnLaunch: { Value: true },
      }),
    );
  await tag(subnet.subnetId, subnet.tags, account);
}

/** A seed names gateways in routes alone; each of them must exist before a route can. */
async function seedGateways(seed: Ec2Seed, account: ImitatedAccount): Promise<void> {
  for (const { vpcId, routes } of seed.routeTables)
    for (const { gatewayId } of routes) {
      if (!gatewayId?.startsWith('igw-')) continue;
      const { InternetGateway } = await account.send(new EC2.CreateInternetGatewayCommand({}));
      account.name(gatewayId, InternetGateway?.InternetGatewayId);
      await account.send(
        new EC2.AttachInternetGatewayCommand({ VpcId: vpcId, InternetGatewayId: gatewayId }),
      );
    }
}

async function seedRouteTable(table: Item<'routeTables'>, account: ImitatedAccount): Promise<void> {
  account.name(table.routeTableId, await (table.main ? mainTable : newTable)(table.vpcId, account));
  for (const route of table.routes)
    if (route.gatewayId !== 'local')
      await account.send(
        new EC2.CreateRouteCommand({
          RouteTableId: table.routeTableId,
          DestinationCidrBlock: route.destinationCidrBlock,
          GatewayId: route.gatewayId,
          NatGatewayId: route.natGatewayId,
        }),
      );
  for (const SubnetId of table.subnets)
    await account.send(new EC2.AssociateRouteTableCommand({ RouteTableId: table.routeTableId, SubnetId }));
  await tag(table.routeTableId, table.tags, account);
}

/** A VPC has its main table from the beginning. */
async function mainTable(vpcId: string, account: ImitatedAccount): Promise<string | undefined> {
  const Filters = [
    { Name: 'vpc-id', Values: [vpcId] },
    { Name: 'association.main', Values: ['true'] },
  ];
  const { RouteTables } = await account.send(new EC2.DescribeRouteTablesCommand({ Filters }));
  return RouteTables?.[0]?.RouteTableId;
}

async function newTable(VpcId: string, account: ImitatedAccount): Promise<string | undefined> {
  const { RouteTable } = await account.send(new EC2.CreateRouteTableCommand({ VpcId }));
  return RouteTable?.RouteTableId;
}

async function createGroup(group: Item<'securityGroups'>, account: ImitatedAccount): Promise<void> {
  const { GroupId } = await account.send(
    new EC2.CreateSecurityGroupCommand({
      GroupName: group.groupName,
      Description: group.description,
      VpcId: group.vpcId,
    }),
  );
  account.name(group.groupId, GroupId);
  await tag(group.groupId, group.tags, account);
}

/** A new group lets everything out; a seed says what goes out. */
async function seedRules(
  { groupId, ...seed }: Item<'securityGroups'>,
  account: ImitatedAccount,
): Promise<void> {
  const everything = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  await account.send(
    new EC2.RevokeSecurityGroupEgressCommand({ GroupId: groupId, IpPermissions: everything }),
  );
  for (const rule of seed.ingress)
    await account.send(
      new EC2.AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [permission(rule)] }),
    );
  for (const rule of seed.egress)
    await account.send(
      new EC2.AuthorizeSecurityGroupEgressCommand({ GroupId: groupId, IpPermissions: [permission(rule)] }),
    );
}

function permission(rule: Rule): EC2.IpPermission {
  const Description = rule.description;
  const ports = { FromPort: rule.port ?? rule.fromPort, ToPort: rule.port ?? rule.toPort };
  return {
    IpProtocol: rule.protocol,
    ...(rule.protocol === '-1' ? {} : ports),
    IpRanges: rule.cidr ? [{ CidrIp: rule.cidr, Description }] : [],
    Ipv6Ranges: rule.cidrIpv6 ? [{ CidrIpv6: rule.cidrIpv6, Description }] : [],
    PrefixListIds: rule.prefixListId ? [{ PrefixListId: rule.prefixListId, Description }] : [],
    UserIdGroupPairs: rule.group ? [{ GroupId: rule.group, Description }] : [],
  };
}

import * as EC2 from '@aws-sdk/client-ec2';
import type { ImitatedAccount, ServiceState } from '../service.ts';
import { byId } from '../shapes.ts';

/** The network as AWS describes it, in the form of the sandbox's state. */
export async function readNetwork(account: ImitatedAccount): Promise<ServiceState> {
  const { Vpcs } = await account.send(new EC2.DescribeVpcsCommand({}));
  const { Subnets } = await account.send(new EC2.DescribeSubnetsCommand({}));
  const { RouteTables } = await account.send(new EC2.DescribeRouteTablesCommand({}));
  return {
    vpcs: byId(Vpcs, 'VpcId', (vpc) => ({
      vpcId: vpc.VpcId,
      cidrBlock: vpc.CidrBlock,
      isDefault: vpc.IsDefault ?? false,
    })),
    subnets: byId(Subnets, 'SubnetId', (subnet) => ({
      subnetId: subnet.SubnetId,
      vpcId: subnet.VpcId,
      cidrBlock: subnet.CidrBlock,
      availabilityZone: subnet.AvailabilityZone,
      mapPublicIpOnLaunch: subnet.MapPublicIpOnLaunch,
    })),
    routeTables: byId(RouteTables, 'RouteTableId', routeTable),
    securityGroups: await readGroups(account),
    tags: await readTags(account),
  };
}

/** The route within the VPC is everywhere, and in no seed. */
function routeTable(table: EC2.RouteTable) {
  return {
    routeTableId: table.RouteTableId,
    vpcId: table.VpcId,
    main: table.Associations?.some((one) => one.Main) ?? false,
    subnetIds: table.Associations?.flatMap((one) => one.SubnetId ?? []),
    routes: table.Routes?.filter((route) => route.GatewayId !== 'local').map((route) => ({
      destinationCidrBlock: route.DestinationCidrBlock,
      gatewayId: route.GatewayId,
      natGatewayId: route.NatGatewayId,
    })),
  };
}

async function readGroups(account: ImitatedAccount): Promise<ServiceState[string]> {
  const { SecurityGroups } = await account.send(new EC2.DescribeSecurityGroupsCommand({}));
  const answer = await account.send(new EC2.DescribeSecurityGroupRulesCommand({}));
  const rules = Map.groupBy(answer.SecurityGroupRules ?? [], (rule) => rule.GroupId);
  return byId(SecurityGroups, 'GroupId', (group) => ({
    groupId: group.GroupId,
    groupName: group.GroupName,
    description: group.Description,
    vpcId: group.VpcId,
    rules: (rules.get(group.GroupId) ?? []).map(rule),
  }));
}

function rule(one: EC2.SecurityGroupRule) {
  const everything = one.IpProtocol === '-1';
  return {
    securityGroupRuleId: one.SecurityGroupRuleId,
    isEgress: one.IsEgress,
    ipProtocol: one.IpProtocol,
    fromPort: everything ? undefined : one.FromPort,
    toPort: everything ? undefined : one.ToPort,
    cidrIpv4: one.CidrIpv4,
    cidrIpv6: one.CidrIpv6,
    prefixListId: one.PrefixListId,
    referencedGroupId: one.ReferencedGroupInfo?.GroupId,
    description: one.Description,
  };
}

async function readTags(account: ImitatedAccount): Promise<Record<string, Record<string, string>>> {
  const { Tags } = await account.send(new EC2.DescribeTagsCommand({}));
  const tags: Record<string, Record<string, string>> = {};
  for (const { ResourceId = '', Key = '', Value = '' } of Tags ?? [])
    tags[ResourceId] = { ...tags[ResourceId], [Key]: Value };
  return tags;
}

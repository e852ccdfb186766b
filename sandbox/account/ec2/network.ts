import type * as ec2 from '@aws-sdk/client-ec2';
import type { Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { listResources } from './listing.ts';
import { reading, type Scope } from './scope.ts';
import type { AddressState, RouteTableState, SubnetState, VpcState } from './state.ts';
import { tagsOf } from './tags.ts';

/** What surrounds an instance, for reading. */
export function networkOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeVpcs: reading<ec2.DescribeVpcsCommandInput, ec2.DescribeVpcsCommandOutput>(
      cloud,
      'DescribeVpcs',
      describeVpcs,
    ),
    DescribeSubnets: reading<ec2.DescribeSubnetsCommandInput, ec2.DescribeSubnetsCommandOutput>(
      cloud,
      'DescribeSubnets',
      describeSubnets,
    ),
    DescribeRouteTables: reading<ec2.DescribeRouteTablesCommandInput, ec2.DescribeRouteTablesCommandOutput>(
      cloud,
      'DescribeRouteTables',
      describeRouteTables,
    ),
    DescribeAddresses: reading<ec2.DescribeAddressesCommandInput, ec2.DescribeAddressesCommandOutput>(
      cloud,
      'DescribeAddresses',
      describeAddresses,
    ),
  };
}

function describeVpcs(input: ec2.DescribeVpcsCommandInput, scope: Scope) {
  const { items, NextToken } = listResources<VpcState>(scope, input, {
    records: scope.ec2.vpcs,
    prefix: 'vpc',
    ids: input.VpcIds,
    idOf: (vpc) => vpc.vpcId,
    filters: {
      'vpc-id': (vpc) => vpc.vpcId,
      cidr: (vpc) => vpc.cidrBlock,
      'is-default': (vpc) => vpc.isDefault,
      state: () => 'available',
    },
  });
  const Vpcs = items.map((vpc) => ({
    VpcId: vpc.vpcId,
    CidrBlock: vpc.cidrBlock,
    IsDefault: vpc.isDefault,
    OwnerId: scope.account,
    State: 'available' as const,
    Tags: tagsOf(scope, vpc.vpcId),
  }));
  return { Vpcs, NextToken };
}

function describeSubnets(input: ec2.DescribeSubnetsCommandInput, scope: Scope) {
  const { items, NextToken } = listResources<SubnetState>(scope, input, {
    records: scope.ec2.subnets,
    prefix: 'subnet',
    ids: input.SubnetIds,
    idOf: (subnet) => subnet.subnetId,
    filters: {
      'subnet-id': (subnet) => subnet.subnetId,
      'vpc-id': (subnet) => subnet.vpcId,
      'availability-zone': (subnet) => subnet.availabilityZone,
      state: () => 'available',
    },
  });
  const Subnets = items.map((subnet) => ({
    SubnetId: subnet.subnetId,
    VpcId: subnet.vpcId,
    CidrBlock: subnet.cidrBlock,
    AvailabilityZone: subnet.availabilityZone,
    MapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
    OwnerId: scope.account,
    State: 'available' as const,
    Tags: tagsOf(scope, subnet.subnetId),
  }));
  return { Subnets, NextToken };
}

function describeRouteTables(input: ec2.DescribeRouteTablesCommandInput, scope: Scope) {
  const { items, NextToken } = listResources<RouteTableState>(scope, input, {
    records: scope.ec2.routeTables,
    prefix: 'rtb',
    ids: input.RouteTableIds,
    idOf: (table) => table.routeTableId,
    filters: {
      'route-table-id': (table) => table.routeTableId,
      'vpc-id': (table) => table.vpcId,
      'association.subnet-id': (table) => table.subnetIds,
      'association.main': (table) => table.main,
      'route.gateway-id': (table) => table.routes.map((route) => route.gatewayId),
      'route.destination-cidr-block': (table) => table.routes.map((route) => route.destinationCidrBlock),
    },
  });
  return { RouteTables: items.map((table) => toRouteTable(scope, table)), NextToken };
}

function toRouteTable(scope: Scope, table: RouteTableState): ec2.RouteTable {
  const { routeTableId: RouteTableId } = table;
  const explicit = table.subnetIds.map((SubnetId) => ({ RouteTableId, SubnetId, Main: false }));
  return {
    RouteTableId,
    VpcId: table.vpcId,
    OwnerId: scope.account,
    Associations: table.main ? [{ RouteTableId, Main: true }, ...explicit] : explicit,
    Routes: table.routes.map((route) => ({
      DestinationCidrBlock: route.destinationCidrBlock,
      GatewayId: route.gatewayId,
      NatGatewayId: route.natGatewayId,
      State: 'active',
    })),
    Tags: tagsOf(scope, RouteTableId),
  };
}

function describeAddresses(input: ec2.DescribeAddressesCommandInput, scope: Scope) {
  const interfaceOf = (address: AddressState) =>
    find(scope.ec2.networkInterfaces, address.networkInterfaceId);
  const { items } = listResources<AddressState>(scope, input, {
    records: scope.ec2.addresses,
    prefix: 'eipalloc',
    ids: input.AllocationIds,
    idOf: (address) => address.allocationId,
    filters: {
      'allocation-id': (address) => address.allocationId,
      'public-ip': (address) => address.publicIp,
      'network-interface-id': (address) => address.networkInterfaceId,
      'instance-id': (address) => interfaceOf(address)?.attachment?.instanceId,
    },
  });
  const wanted = input.PublicIps;
  const addresses = items.filter((address) => !wanted?.length || wanted.includes(address.publicIp));
  const Addresses = addresses.map((address) => ({
    AllocationId: address.allocationId,
    PublicIp: address.publicIp,
    Domain: 'vpc' as const,
    AssociationId: address.networkInterfaceId === undefined ? undefined : address.associationId,
    NetworkInterfaceId: address.networkInterfaceId,
    InstanceId: interfaceOf(address)?.attachment?.instanceId,
    PrivateIpAddress: interfaceOf(address)?.privateIpAddress,
    Tags: tagsOf(scope, address.allocationId),
  }));
  return { Addresses };
}

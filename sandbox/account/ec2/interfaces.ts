import type * as ec2 from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { listResources } from './listing.ts';
import { findResource, requireResource } from './resources.ts';
import { changing, reading, type Scope } from './scope.ts';
import type { NetworkInterfaceState } from './state.ts';
import { tagsOf } from './tags.ts';

/** An interface belongs to at most five groups by default. */
const maximumGroups = 5;

export function networkInterfaceOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeNetworkInterfaces: reading<
      ec2.DescribeNetworkInterfacesCommandInput,
      ec2.DescribeNetworkInterfacesCommandOutput
    >(cloud, 'DescribeNetworkInterfaces', describe),
    ModifyNetworkInterfaceAttribute: changing<
      ec2.ModifyNetworkInterfaceAttributeCommandInput,
      ec2.ModifyNetworkInterfaceAttributeCommandOutput
    >(
      cloud,
      (input, scope) =>
        [input.NetworkInterfaceId ?? '', ...(input.Groups ?? [])].map((id) =>
          requireResource(scope, 'ModifyNetworkInterfaceAttribute', id),
        ),
      modify,
    ),
  };
}

/** The interfaces of an instance, in the order of their devices. */
export function interfacesOf(scope: Scope, instanceId: string): readonly NetworkInterfaceState[] {
  const all = Object.values(scope.ec2.networkInterfaces);
  return all
    .filter((one) => one.attachment?.instanceId === instanceId)
    .sort((left, right) => (left.attachment?.deviceIndex ?? 0) - (right.attachment?.deviceIndex ?? 0));
}

export function groupIdentifiers(scope: Scope, groupIds: readonly string[]): ec2.GroupIdentifier[] {
  return groupIds.map((GroupId) => ({ GroupId, GroupName: scope.ec2.securityGroups[GroupId]?.groupName }));
}

export function association(scope: Scope, one: NetworkInterfaceState) {
  const address = publicAddressOf(scope, one);
  if (address === undefined) return undefined;
  return {
    PublicIp: address,
    IpOwnerId: isElastic(scope, one) ? scope.account : 'amazon',
    PublicDnsName: publicName(address),
  };
}

/** An address that is not elastic goes back to AWS when its instance is stopped. */
export function publicAddressOf(scope: Scope, one: NetworkInterfaceState): string | undefined {
  const instance = find(scope.ec2.instances, one.attachment?.instanceId);
  return instance?.state === 'stopped' && !isElastic(scope, one) ? undefined : one.publicIpAddress;
}

export function isElastic(scope: Scope, one: NetworkInterfaceState): boolean {
  const addresses = Object.values(scope.ec2.addresses);
  return addresses.some((address) => address.networkInterfaceId === one.networkInterfaceId);
}

/** The compute name that AWS gives a public address, the region left out. */
export function publicName(address: string): string {
  return `ec2-${address.replaceAll('.', '-')}.compute.amazonaws.com`;
}

function describe(input: ec2.DescribeNetworkInterfacesCommandInput, scope: Scope) {
  const { items, NextToken } = listResources<NetworkInterfaceState>(scope, input, {
    records: scope.ec2.networkInterfaces,
    prefix: 'eni',
    ids: input.NetworkInterfaceIds,
    idOf: (one) => one.networkInterfaceId,
    filters: {
      'network-interface-id': (one) => one.networkInterfaceId,
      'group-id': (one) => one.groupIds,
      'attachment.instance-id': (one) => one.attachment?.instanceId,
      'vpc-id': (one) => one.vpcId,
      'subnet-id': (one) => one.subnetId,
      'private-ip-address': (one) => one.privateIpAddress,
      'addresses.private-ip-address': (one) => one.privateIpAddress,
      'association.public-ip': (one) => publicAddressOf(scope, one),
      'ipv6-addresses.ipv6-address': (one) => one.ipv6Addresses ?? [],
      'interface-type': (one) => one.interfaceType,
      status: (one) => statusOf(one),
    },
  });
  return { NetworkInterfaces: items.map((one) => toInterface(scope, one)), NextToken };
}

function toInterface(scope: Scope, one: NetworkInterfaceState): ec2.NetworkInterface {
  return {
    NetworkInterfaceId: one.networkInterfaceId,
    SubnetId: one.subnetId,
    VpcId: one.vpcId,
    AvailabilityZone: scope.ec2.subnets[one.subnetId]?.availabilityZone,
    OwnerId: scope.account,
    Description: one.description,
    InterfaceType: one.interfaceType as ec2.NetworkInterfaceType,
    MacAddress: one.macAddress,
    PrivateIpAddress: one.privateIpAddress,
    PrivateIpAddresses: [
      { Primary: true, PrivateIpAddress: one.privateIpAddress, Association: association(scope, one) },
    ],
    Ipv6Addresses: one.ipv6Addresses?.map((Ipv6Address) => ({ Ipv6Address })),
    Association: association(scope, one),
    Groups: groupIdentifiers(scope, one.groupIds),
    RequesterManaged: false,
    SourceDestCheck: true,
    Status: statusOf(one),
    Attachment: one.attachment && {
      AttachmentId: one.attachment.attachmentId,
      InstanceId: one.attachment.instanceId,
      InstanceOwnerId: scope.account,
      DeviceIndex: one.attachment.deviceIndex,
      AttachTime: new Date(one.attachment.attachTime),
      DeleteOnTermination: true,
      Status: 'attached',
    },
    TagSet: tagsOf(scope, one.networkInterfaceId),
  };
}

function statusOf(one: NetworkInterfaceState): 'in-use' | 'available' {
  return one.attachment ? 'in-use' : 'available';
}

function modify(input: ec2.ModifyNetworkInterfaceAttributeCommandInput, scope: Scope): object {
  const one = findResource(scope.ec2.networkInterfaces, input.NetworkInterfaceId, 'eni');
  const groups = input.Groups ?? [];
  if (groups.length === 0)
    throw new AwsError('InvalidParameterCombination', 'The sandbox modifies only the groups of an interface');
  if (groups.length > maximumGroups)
    throw new AwsError(
      'SecurityGroupsPerInterfaceLimitExceeded',
      `At most ${maximumGroups} groups are allowed`,
    );
  for (const id of groups) checkSameVpc(scope, one, id);
  one.groupIds = [...new Set(groups)];
  return {};
}

function checkSameVpc(scope: Scope, one: NetworkInterfaceState, groupId: string): void {
  const group = findResource(scope.ec2.securityGroups, groupId, 'sg');
  if (group.vpcId !== one.vpcId)
    throw new AwsError(
      'InvalidGroup.NotFound',
      `The security group '${groupId}' does not exist in VPC '${one.vpcId}'`,
    );
}

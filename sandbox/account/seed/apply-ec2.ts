import { instanceProfileArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import type { InstanceState, NetworkInterfaceState, RuleState, SecurityGroupState } from '../ec2/state.ts';
import { find } from '../find.ts';
import { ec2Id } from '../ids.ts';
import type { AccountSeed } from './account-schema.ts';
import type { Ec2Seed } from './ec2-schema.ts';
import { resolveInstant } from './time.ts';

type Item<Name extends keyof Ec2Seed> = Ec2Seed[Name][number];

/** Adds the seeded network and machines to the account's region. */
export function applyEc2(cloud: Cloud, seed: AccountSeed, now: Date): void {
  const { ec2 } = cloud.region(seed.account, seed.region);
  applyNetwork(cloud, seed);
  applyFlowLogs(cloud, seed, now);
  applySnapshots(cloud, seed, now);
  for (const instance of seed.ec2.instances) {
    ec2.instances[instance.instanceId] = toInstance(cloud, seed, instance, now);
    ec2.tags[instance.instanceId] = { ...instance.tags };
    applyVolumes(cloud, seed, instance, now);
    applyInterfaces(cloud, seed, instance, now);
  }
  for (const item of seed.ec2.networkInterfaces) {
    ec2.networkInterfaces[item.networkInterfaceId] = toInterface(seed, item, item.subnetId);
    ec2.tags[item.networkInterfaceId] = { ...item.tags };
  }
}

function applySnapshots(cloud: Cloud, seed: AccountSeed, now: Date): void {
  const { ec2 } = cloud.region(seed.account, seed.region);
  for (const { tags, public: isPublic, sharedWith, ...snapshot } of seed.ec2.snapshots) {
    const startTime = resolveInstant(snapshot.startTime, now);
    const sharing = { isPublic, accounts: [...sharedWith] };
    ec2.snapshots[snapshot.snapshotId] = { ...snapshot, startTime, sharing };
    ec2.tags[snapshot.snapshotId] = { ...tags };
  }
}

function applyNetwork(cloud: Cloud, seed: AccountSeed): void {
  const { ec2 } = cloud.region(seed.account, seed.region);
  for (const { tags, ...vpc } of seed.ec2.vpcs) {
    ec2.vpcs[vpc.vpcId] = vpc;
    ec2.tags[vpc.vpcId] = { ...tags };
  }
  for (const { tags, ...subnet } of seed.ec2.subnets) {
    ec2.subnets[subnet.subnetId] = subnet;
    ec2.tags[subnet.subnetId] = { ...tags };
  }
  for (const { tags, subnets, ...table } of seed.ec2.routeTables) {
    ec2.routeTables[table.routeTableId] = { ...table, subnetIds: [...subnets] };
    ec2.tags[table.routeTableId] = { ...tags };
  }
  for (const group of seed.ec2.securityGroups) {
    ec2.securityGroups[group.groupId] = toSecurityGroup(cloud, group);
    ec2.tags[group.groupId] = { ...group.tags };
  }
  for (const { tags, subnets, ...acl } of seed.ec2.networkAcls) {
    ec2.networkAcls[acl.networkAclId] = {
      ...acl,
      subnetIds: [...subnets],
      entries: acl.entries.toSorted((left, right) => left.ruleNumber - right.ruleNumber),
    };
    ec2.tags[acl.networkAclId] = { ...tags };
  }
  for (const list of seed.ec2.prefixLists) ec2.prefixLists[list.prefixListId] = list;
  for (const { tags, ...address } of seed.ec2.addresses) {
    ec2.addresses[address.allocationId] = { ...address, associationId: ec2Id(cloud, 'eipassoc') };
    ec2.tags[address.allocationId] = { ...tags };
  }
}

function applyFlowLogs(cloud: Cloud, seed: AccountSeed, now: Date): void {
  const { ec2 } = cloud.region(seed.account, seed.region);
  for (const { tags, bucket, creationTime, ...flowLog } of seed.ec2.flowLogs) {
    ec2.flowLogs[flowLog.flowLogId] = {
      ...flowLog,
      logDestination: `arn:aws:s3:::${bucket}`,
      creationTime: resolveInstant(creationTime, now),
    };
    ec2.tags[flowLog.flowLogId] = { ...tags };
  }
}

function toSecurityGroup(cloud: Cloud, seed: Item<'securityGroups'>): SecurityGroupState {
  const { groupId, groupName, description, vpcId } = seed;
  const ingress = seed.ingress.map((rule) => toRule(cloud, rule, false));
  const egress = seed.egress.map((rule) => toRule(cloud, rule, true));
  return { groupId, groupName, description, vpcId, rules: [...ingress, ...egress] };
}

function toRule(cloud: Cloud, seed: Item<'securityGroups'>['ingress'][number], isEgress: boolean): RuleState {
  const ports =
    seed.protocol === '-1' ? {} : { fromPort: seed.port ?? seed.fromPort, toPort: seed.port ?? seed.toPort };
  return {
    securityGroupRuleId: ec2Id(cloud, 'sgr'),
    isEgress,
    ipProtocol: seed.protocol,
    ...ports,
    cidrIpv4: seed.cidr,
    cidrIpv6: seed.cidrIpv6,
    prefixListId: seed.prefixListId,
    referencedGroupId: seed.group,
    description: seed.description,
  };
}

function toInstance(cloud: Cloud, seed: AccountSeed, item: Item<'instances'>, now: Date): InstanceState {
  const { networkInterfaces, volumes, tags, subnetId, ...rest } = item;
  const { httpTokens, httpEndpoint, httpPutResponseHopLimit, ...instance } = rest;
  const launchTime = resolveInstant(item.launchTime, now);
  return {
    ...instance,
    reservationId: ec2Id(cloud, 'r'),
    launchTime,
    metadataOptions: { httpTokens, httpEndpoint, httpPutResponseHopLimit },
    rootDeviceName: volumes[0]?.deviceName ?? '/dev/xvda',
    blockDevices: volumes.map(({ deviceName, volumeId, deleteOnTermination }) => ({
      deviceName,
      volumeId,
      deleteOnTermination,
      attachTime: launchTime,
    })),
    iamInstanceProfile: profileOf(cloud, seed, item),
  };
}

function profileOf(
  cloud: Cloud,
  seed: AccountSeed,
  item: Item<'instances'>,
): InstanceState['iamInstanceProfile'] {
  const profile = find(cloud.account(seed.account).iam.instanceProfiles, item.iamInstanceProfile);
  return (
    profile && {
      associationId: ec2Id(cloud, 'iip-assoc'),
      arn: instanceProfileArn(seed.account, profile),
      id: profile.instanceProfileId,
    }
  );
}

function applyVolumes(cloud: Cloud, seed: AccountSeed, item: Item<'instances'>, now: Date): void {
  const { ec2 } = cloud.region(seed.account, seed.region);
  const availabilityZone = ec2.subnets[item.subnetId]?.availabilityZone ?? `${seed.region}a`;
  const createTime = resolveInstant(item.launchTime, now);
  for (const { tags, deviceName, deleteOnTermination, ...volume } of item.volumes) {
    ec2.volumes[volume.volumeId] = { ...volume, availabilityZone, createTime };
    ec2.tags[volume.volumeId] = { ...tags };
  }
}

function applyInterfaces(cloud: Cloud, seed: AccountSeed, item: Item<'instances'>, now: Date): void {
  const { ec2 } = cloud.region(seed.account, seed.region);
  for (const [deviceIndex, one] of item.networkInterfaces.entries()) {
    ec2.tags[one.networkInterfaceId] = { ...one.tags };
    ec2.networkInterfaces[one.networkInterfaceId] = {
      ...toInterface(seed, one, one.subnetId ?? item.subnetId),
      attachment: {
        attachmentId: ec2Id(cloud, 'eni-attach'),
        instanceId: item.instanceId,
        deviceIndex,
        attachTime: resolveInstant(item.launchTime, now),
      },
    };
  }
}

type InterfaceSeed = Omit<Item<'networkInterfaces'>, 'subnetId'>;

function toInterface(seed: AccountSeed, item: InterfaceSeed, subnetId: string): NetworkInterfaceState {
  const bytes = item.privateIpAddress.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'));
  return {
    networkInterfaceId: item.networkInterfaceId,
    subnetId,
    vpcId: seed.ec2.subnets.find((subnet) => subnet.subnetId === subnetId)?.vpcId ?? '',
    description: item.description,
    privateIpAddress: item.privateIpAddress,
    publicIpAddress: item.publicIpAddress,
    ...(item.ipv6Addresses.length > 0 ? { ipv6Addresses: item.ipv6Addresses } : {}),
    // Locally administered, and unique because the address is.
    macAddress: ['02', '00', ...bytes].join(':'),
    interfaceType: item.interfaceType,
    groupIds: [...item.securityGroups],
  };
}

import * as EC2 from '@aws-sdk/client-ec2';
import type { Ec2Seed } from '../../../../sandbox/account/seed/ec2-schema.ts';
import { REGION } from '../../../contract/action-case.ts';
import type { ImitatedAccount } from '../service.ts';
import { tag } from './seed-network.ts';

type Instance = Ec2Seed['instances'][number];
type Interface = Omit<Instance['networkInterfaces'][number], 'subnetId'>;
type Volume = Instance['volumes'][number];

/** What runs in the network of a seed: instances with interfaces and volumes, elastic addresses. */
export async function seedMachines(seed: Ec2Seed, account: ImitatedAccount): Promise<void> {
  const elastic = new Set(seed.addresses.map((address) => address.publicIp));
  for (const instance of seed.instances) await seedInstance(instance, elastic, account);
  for (const one of seed.networkInterfaces) await createInterface(one, one.subnetId, account);
  for (const address of seed.addresses) await seedAddress(address, account);
  for (const snapshot of seed.snapshots) await seedSnapshot(snapshot, account);
  for (const { instanceId, state } of seed.instances)
    if (state === 'stopped') await account.send(new EC2.StopInstancesCommand({ InstanceIds: [instanceId] }));
}

async function seedInstance(
  instance: Instance,
  elastic: ReadonlySet<string>,
  account: ImitatedAccount,
): Promise<void> {
  const { Instances } = await account.send(new EC2.RunInstancesCommand(runInput(instance, elastic)));
  account.name(instance.instanceId, Instances?.[0]?.InstanceId);
  const [primary, ...others] = instance.networkInterfaces;
  if (primary) await namePrimary(instance.instanceId, primary, elastic, account);
  for (const [at, one] of others.entries()) {
    await createInterface(one, one.subnetId ?? instance.subnetId, account);
    await account.send(
      new EC2.AttachNetworkInterfaceCommand({
        DeviceIndex: at + 1,
        InstanceId: instance.instanceId,
        NetworkInterfaceId: one.networkInterfaceId,
      }),
    );
  }
  await nameVolumes(instance, account);
  // moto overlooks it in RunInstances.
  if (instance.disableApiTermination)
    await account.send(
      new EC2.ModifyInstanceAttributeCommand({
        InstanceId: instance.instanceId,
        DisableApiTermination: { Value: true },
      }),
    );
  await tag(instance.instanceId, instance.tags, account);
}

function runInput(instance: Instance, elastic: ReadonlySet<string>): EC2.RunInstancesCommandInput {
  const [primary] = instance.networkInterfaces;
  const address = primary?.publicIpAddress;
  return {
    ImageId: instance.imageId,
    InstanceType: instance.instanceType as EC2._InstanceType,
    MinCount: 1,
    MaxCount: 1,
    KeyName: instance.keyName,
    UserData: instance.userData,
    MetadataOptions: {
      HttpTokens: instance.httpTokens,
      HttpEndpoint: instance.httpEndpoint,
      HttpPutResponseHopLimit: instance.httpPutResponseHopLimit,
    },
    ...(instance.iamInstanceProfile ? { IamInstanceProfile: { Name: instance.iamInstanceProfile } } : {}),
    NetworkInterfaces: [
      {
        DeviceIndex: 0,
        SubnetId: primary?.subnetId ?? instance.subnetId,
        PrivateIpAddress: primary?.privateIpAddress,
        Groups: primary?.securityGroups,
        Description: primary?.description,
        AssociatePublicIpAddress: address !== undefined && !elastic.has(address),
      },
    ],
    BlockDeviceMappings: instance.volumes.map(device),
  };
}

function device(volume: Volume): EC2.BlockDeviceMapping {
  return {
    DeviceName: volume.deviceName,
    Ebs: {
      VolumeSize: volume.size,
      VolumeType: volume.volumeType as EC2.VolumeType,
      Encrypted: volume.encrypted,
      KmsKeyId: volume.kmsKeyId,
      DeleteOnTermination: volume.deleteOnTermination,
    },
  };
}

/** The first interface came with the instance, and its public address with it. */
async function namePrimary(
  instanceId: string,
  primary: Interface,
  elastic: ReadonlySet<string>,
  account: ImitatedAccount,
): Promise<void> {
  const Filters = [{ Name: 'attachment.instance-id', Values: [instanceId] }];
  const { NetworkInterfaces } = await account.send(new EC2.DescribeNetworkInterfacesCommand({ Filters }));
  const [made] = NetworkInterfaces ?? [];
  account.name(primary.networkInterfaceId, made?.NetworkInterfaceId);
  if (primary.publicIpAddress && !elastic.has(primary.publicIpAddress))
    account.name(primary.publicIpAddress, made?.Association?.PublicIp);
  await tag(primary.networkInterfaceId, primary.tags, account);
}

async function createInterface(one: Interface, SubnetId: string, account: ImitatedAccount): Promise<void> {
  const { NetworkInterface } = await account.send(
    new EC2.CreateNetworkInterfaceCommand({
      SubnetId,
      Groups: one.securityGroups,
      PrivateIpAddress: one.privateIpAddress,
      Description: one.description,
    }),
  );
  account.name(one.networkInterfaceId, NetworkInterface?.NetworkInterfaceId);
  await tag(one.networkInterfaceId, one.tags, account);
}

async function nameVolumes({ instanceId, volumes }: Instance, account: ImitatedAccount): Promise<void> {
  const { Reservations } = await account.send(
    new EC2.DescribeInstancesCommand({ InstanceIds: [instanceId] }),
  );
  const devices = Reservations?.[0]?.Instances?.[0]?.BlockDeviceMappings;
  for (const { volumeId, deviceName, tags } of volumes) {
    account.name(volumeId, devices?.find((one) => one.DeviceName === deviceName)?.Ebs?.VolumeId);
    await tag(volumeId, tags, account);
  }
}

async function seedAddress(address: Ec2Seed['addresses'][number], account: ImitatedAccount): Promise<void> {
  const made = await account.send(new EC2.AllocateAddressCommand({ Domain: 'vpc' }));
  account.name(address.allocationId, made.AllocationId);
  account.name(address.publicIp, made.PublicIp);
  if (address.networkInterfaceId)
    await account.send(
      new EC2.AssociateAddressCommand({
        AllocationId: address.allocationId,
        NetworkInterfaceId: address.networkInterfaceId,
      }),
    );
  await tag(address.allocationId, address.tags, account);
}

/** Of a volume that is gone by the time of the case. */
async function seedSnapshot(snapshot: Ec2Seed['snapshots'][number], account: ImitatedAccount): Promise<void> {
  const { VolumeId } = await account.send(
    new EC2.CreateVolumeCommand({
      AvailabilityZone: `${REGION}a`,
      Size: snapshot.volumeSize,
      Encrypted: snapshot.encrypted,
      KmsKeyId: snapshot.kmsKeyId,
    }),
  );
  account.name(snapshot.volumeId, VolumeId);
  const made = await account.send(
    new EC2.CreateSnapshotCommand({ VolumeId, Description: snapshot.description }),
  );
  account.name(snapshot.snapshotId, made.SnapshotId);
  await account.send(new EC2.DeleteVolumeCommand({ VolumeId }));
  await tag(snapshot.snapshotId, snapshot.tags, account);
  // One permission a call, in the only form that moto reads.
  const shares = [
    ...(snapshot.public ? [{ GroupNames: ['all'] }] : []),
    ...snapshot.sharedWith.map((id) => ({ UserIds: [id] })),
  ];
  for (const share of shares)
    await account.send(
      new EC2.ModifySnapshotAttributeCommand({
        SnapshotId: snapshot.snapshotId,
        Attribute: 'createVolumePermission',
        OperationType: 'add',
        ...share,
      }),
    );
}

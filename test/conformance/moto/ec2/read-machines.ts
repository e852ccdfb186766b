import * as EC2 from '@aws-sdk/client-ec2';
import type { ImitatedAccount, ServiceState } from '../service.ts';
import { byId, eachOf } from '../shapes.ts';

/** Instances with what belongs to them, as AWS describes them, in the form of the sandbox's state. */
export async function readMachines(account: ImitatedAccount): Promise<ServiceState> {
  const { NetworkInterfaces } = await account.send(new EC2.DescribeNetworkInterfacesCommand({}));
  const { Volumes } = await account.send(new EC2.DescribeVolumesCommand({}));
  const { Snapshots } = await account.send(new EC2.DescribeSnapshotsCommand({ OwnerIds: ['self'] }));
  const { Addresses } = await account.send(new EC2.DescribeAddressesCommand({}));
  return {
    instances: await readInstances(account),
    networkInterfaces: byId(NetworkInterfaces, 'NetworkInterfaceId', networkInterface),
    volumes: byId(Volumes, 'VolumeId', volume),
    snapshots: await eachOf(Snapshots, 'SnapshotId', async (SnapshotId, snapshot) => ({
      snapshotId: SnapshotId,
      volumeId: snapshot.VolumeId,
      volumeSize: snapshot.VolumeSize,
      encrypted: snapshot.Encrypted,
      description: snapshot.Description,
      sharing: await readSharing(SnapshotId, account),
    })),
    addresses: byId(Addresses, 'AllocationId', (address) => ({
      allocationId: address.AllocationId,
      publicIp: address.PublicIp,
      associationId: address.AssociationId,
      networkInterfaceId: address.NetworkInterfaceId,
    })),
  };
}

async function readInstances(account: ImitatedAccount): Promise<ServiceState[string]> {
  const { Reservations } = await account.send(new EC2.DescribeInstancesCommand({}));
  const instances = Reservations?.flatMap((one) => one.Instances ?? []);
  return eachOf(instances, 'InstanceId', async (InstanceId, instance) => {
    const { DisableApiTermination } = await account.send(
      new EC2.DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'disableApiTermination' }),
    );
    const { UserData } = await account.send(
      new EC2.DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'userData' }),
    );
    return {
      ...shape(instance),
      disableApiTermination: DisableApiTermination?.Value,
      userData: UserData?.Value || undefined,
    };
  });
}

function shape(instance: EC2.Instance) {
  const { HttpTokens, HttpEndpoint, HttpPutResponseHopLimit } = instance.MetadataOptions ?? {};
  const profile = instance.IamInstanceProfile;
  return {
    instanceId: instance.InstanceId,
    imageId: instance.ImageId,
    instanceType: instance.InstanceType,
    state: instance.State?.Name,
    keyName: instance.KeyName,
    blockDevices: instance.BlockDeviceMappings?.map((one) => ({
      deviceName: one.DeviceName,
      volumeId: one.Ebs?.VolumeId,
      deleteOnTermination: one.Ebs?.DeleteOnTermination,
    })),
    metadataOptions: {
      httpTokens: HttpTokens,
      httpEndpoint: HttpEndpoint,
      httpPutResponseHopLimit: HttpPutResponseHopLimit,
    },
    iamInstanceProfile: profile && { arn: profile.Arn, id: profile.Id },
  };
}

/** Without its description, which an instance's first interface is given by moto; nothing here changes it. */
function networkInterface(one: EC2.NetworkInterface) {
  const { Attachment: attachment } = one;
  return {
    networkInterfaceId: one.NetworkInterfaceId,
    subnetId: one.SubnetId,
    vpcId: one.VpcId,
    privateIpAddress: one.PrivateIpAddress,
    publicIpAddress: one.Association?.PublicIp,
    groupIds: one.Groups?.flatMap((group) => group.GroupId ?? []),
    attachment: attachment?.InstanceId
      ? { instanceId: attachment.InstanceId, deviceIndex: attachment.DeviceIndex }
      : undefined,
  };
}

function volume(one: EC2.Volume) {
  return {
    volumeId: one.VolumeId,
    size: one.Size,
    volumeType: one.VolumeType,
    encrypted: one.Encrypted,
    kmsKeyId: one.KmsKeyId,
    availabilityZone: one.AvailabilityZone,
  };
}

async function readSharing(SnapshotId: string, account: ImitatedAccount) {
  const { CreateVolumePermissions: permissions = [] } = await account.send(
    new EC2.DescribeSnapshotAttributeCommand({ SnapshotId, Attribute: 'createVolumePermission' }),
  );
  return {
    isPublic: permissions.some((one) => one.Group === 'all'),
    accounts: permissions.flatMap((one) => one.UserId ?? []),
  };
}

import type * as ec2 from '@aws-sdk/client-ec2';
import { association, groupIdentifiers, interfacesOf, publicAddressOf, publicName } from './interfaces.ts';
import type { Scope } from './scope.ts';
import type { InstanceState, InstanceStateName, NetworkInterfaceState } from './state.ts';
import { tagsOf } from './tags.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html */
export const instanceStateCodes: Readonly<Record<InstanceStateName, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** How DescribeInstances shows an instance. */
export function toReservation(scope: Scope, instance: InstanceState): ec2.Reservation {
  return {
    ReservationId: instance.reservationId,
    OwnerId: scope.account,
    Groups: [],
    Instances: [{ ...identity(scope, instance), ...network(scope, instance), ...storage(instance) }],
  };
}

function identity(scope: Scope, instance: InstanceState): ec2.Instance {
  const profile = instance.iamInstanceProfile;
  return {
    InstanceId: instance.instanceId,
    ImageId: instance.imageId,
    InstanceType: instance.instanceType as ec2._InstanceType,
    Architecture: instance.architecture as ec2.ArchitectureValues,
    InstanceLifecycle: instance.instanceLifecycle,
    KeyName: instance.keyName,
    LaunchTime: new Date(instance.launchTime),
    State: { Code: instanceStateCodes[instance.state], Name: instance.state },
    IamInstanceProfile: profile && { Arn: profile.arn, Id: profile.id },
    MetadataOptions: toMetadataOptions(instance, 'applied'),
    Monitoring: { State: 'disabled' },
    Tags: tagsOf(scope, instance.instanceId),
  };
}

export function toMetadataOptions(
  { metadataOptions }: InstanceState,
  state: ec2.InstanceMetadataOptionsState,
): ec2.InstanceMetadataOptionsResponse {
  return {
    State: state,
    HttpTokens: metadataOptions.httpTokens,
    HttpEndpoint: metadataOptions.httpEndpoint,
    HttpPutResponseHopLimit: metadataOptions.httpPutResponseHopLimit,
    HttpProtocolIpv6: 'disabled',
    InstanceMetadataTags: 'disabled',
  };
}

function network(scope: Scope, instance: InstanceState): ec2.Instance {
  const interfaces = interfacesOf(scope, instance.instanceId);
  const [primary] = interfaces;
  const publicIp = primary && publicAddressOf(scope, primary);
  return {
    VpcId: primary?.vpcId,
    SubnetId: primary?.subnetId,
    Placement: {
      AvailabilityZone: scope.ec2.subnets[primary?.subnetId ?? '']?.availabilityZone,
      Tenancy: 'default',
    },
    PrivateIpAddress: primary?.privateIpAddress,
    PublicIpAddress: publicIp,
    PublicDnsName: publicIp === undefined ? '' : publicName(publicIp),
    SecurityGroups: groupIdentifiers(scope, primary?.groupIds ?? []),
    NetworkInterfaces: interfaces.map((one) => toAttachedInterface(scope, one)),
    SourceDestCheck: true,
  };
}

function toAttachedInterface(scope: Scope, one: NetworkInterfaceState): ec2.InstanceNetworkInterface {
  return {
    NetworkInterfaceId: one.networkInterfaceId,
    SubnetId: one.subnetId,
    VpcId: one.vpcId,
    OwnerId: scope.account,
    Description: one.description,
    MacAddress: one.macAddress,
    PrivateIpAddress: one.privateIpAddress,
    Association: association(scope, one),
    Groups: groupIdentifiers(scope, one.groupIds),
    InterfaceType: one.interfaceType,
    Status: 'in-use',
    Attachment: one.attachment && {
      AttachmentId: one.attachment.attachmentId,
      DeviceIndex: one.attachment.deviceIndex,
      AttachTime: new Date(one.attachment.attachTime),
      DeleteOnTermination: true,
      Status: 'attached',
    },
  };
}

function storage(instance: InstanceState): ec2.Instance {
  return {
    RootDeviceName: instance.rootDeviceName,
    RootDeviceType: instance.rootDeviceType,
    EbsOptimized: true,
    BlockDeviceMappings: instance.blockDevices.map((device) => ({
      DeviceName: device.deviceName,
      Ebs: {
        VolumeId: device.volumeId,
        DeleteOnTermination: device.deleteOnTermination,
        AttachTime: new Date(device.attachTime),
        Status: 'attached',
      },
    })),
  };
}

import type * as ec2 from '@aws-sdk/client-ec2';
import type { Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { listResources } from './listing.ts';
import { reading, type Scope } from './scope.ts';
import type { VolumeState } from './state.ts';
import { tagsOf } from './tags.ts';

export function volumeOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeVolumes: reading<ec2.DescribeVolumesCommandInput, ec2.DescribeVolumesCommandOutput>(
      cloud,
      'DescribeVolumes',
      describe,
    ),
  };
}

function describe(input: ec2.DescribeVolumesCommandInput, scope: Scope) {
  const { items, NextToken } = listResources<VolumeState>(scope, input, {
    records: scope.ec2.volumes,
    prefix: 'vol',
    ids: input.VolumeIds,
    idOf: (volume) => volume.volumeId,
    filters: {
      'volume-id': (volume) => volume.volumeId,
      'attachment.instance-id': (volume) => attachments(scope, volume).map((one) => one.InstanceId),
      'attachment.device': (volume) => attachments(scope, volume).map((one) => one.Device),
      encrypted: (volume) => volume.encrypted,
      status: (volume) => statusOf(scope, volume),
    },
  });
  return { Volumes: items.map((volume) => toVolume(scope, volume)), NextToken };
}

function toVolume(scope: Scope, volume: VolumeState): ec2.Volume {
  return {
    VolumeId: volume.volumeId,
    Size: volume.size,
    VolumeType: volume.volumeType as ec2.VolumeType,
    Encrypted: volume.encrypted,
    KmsKeyId: volume.kmsKeyId,
    AvailabilityZone: volume.availabilityZone,
    CreateTime: new Date(volume.createTime),
    State: statusOf(scope, volume),
    Attachments: attachments(scope, volume),
    Tags: tagsOf(scope, volume.volumeId),
  };
}

function statusOf(scope: Scope, volume: VolumeState): 'in-use' | 'available' {
  return attachments(scope, volume).length > 0 ? 'in-use' : 'available';
}

function attachments(scope: Scope, volume: VolumeState): ec2.VolumeAttachment[] {
  return Object.values(scope.ec2.instances).flatMap((instance) =>
    instance.blockDevices
      .filter((device) => device.volumeId === volume.volumeId)
      .map((device) => ({
        VolumeId: volume.volumeId,
        InstanceId: instance.instanceId,
        Device: device.deviceName,
        DeleteOnTermination: device.deleteOnTermination,
        AttachTime: new Date(device.attachTime),
        State: 'attached' as const,
      })),
  );
}

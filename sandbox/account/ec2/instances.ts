import type * as ec2 from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { instanceStateCodes, toReservation } from './instance-shape.ts';
import { interfacesOf, publicAddressOf } from './interfaces.ts';
import { listResources } from './listing.ts';
import { findResource, requireResource } from './resources.ts';
import { changing, reading, type Scope } from './scope.ts';
import type { InstanceState } from './state.ts';

export function instanceOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeInstances: reading<ec2.DescribeInstancesCommandInput, ec2.DescribeInstancesCommandOutput>(
      cloud,
      'DescribeInstances',
      describeInstances,
    ),
    DescribeInstanceAttribute: changing<
      ec2.DescribeInstanceAttributeCommandInput,
      ec2.DescribeInstanceAttributeCommandOutput
    >(
      cloud,
      (input, scope) => [requireResource(scope, 'DescribeInstanceAttribute', input.InstanceId ?? '')],
      describeAttribute,
    ),
    ModifyInstanceAttribute: changing<
      ec2.ModifyInstanceAttributeCommandInput,
      ec2.ModifyInstanceAttributeCommandOutput
    >(
      cloud,
      (input, scope) => [requireResource(scope, 'ModifyInstanceAttribute', input.InstanceId ?? '')],
      modifyAttribute,
    ),
  };
}

/** Every instance is a reservation of its own here. */
function describeInstances(input: ec2.DescribeInstancesCommandInput, scope: Scope) {
  const interfaces = (one: InstanceState) => interfacesOf(scope, one.instanceId);
  const { items, NextToken } = listResources<InstanceState>(scope, input, {
    records: scope.ec2.instances,
    prefix: 'i',
    ids: input.InstanceIds,
    idOf: (one) => one.instanceId,
    filters: {
      'instance-id': (one) => one.instanceId,
      'instance-state-name': (one) => one.state,
      'instance-state-code': (one) => instanceStateCodes[one.state],
      'instance-type': (one) => one.instanceType,
      'image-id': (one) => one.imageId,
      'iam-instance-profile.arn': (one) => one.iamInstanceProfile?.arn,
      'vpc-id': (one) => interfaces(one).map((item) => item.vpcId),
      'subnet-id': (one) => interfaces(one).map((item) => item.subnetId),
      'private-ip-address': (one) => interfaces(one).map((item) => item.privateIpAddress),
      'ip-address': (one) => interfaces(one).map((item) => publicAddressOf(scope, item)),
      'instance.group-id': (one) => interfaces(one).flatMap((item) => item.groupIds),
      'network-interface.group-id': (one) => interfaces(one).flatMap((item) => item.groupIds),
      'network-interface.network-interface-id': (one) =>
        interfaces(one).map((item) => item.networkInterfaceId),
      'block-device-mapping.volume-id': (one) => one.blockDevices.map((device) => device.volumeId),
    },
  });
  return { Reservations: items.map((one) => toReservation(scope, one)), NextToken };
}

function describeAttribute(input: ec2.DescribeInstanceAttributeCommandInput, scope: Scope) {
  const instance = findResource(scope.ec2.instances, input.InstanceId, 'i');
  return { InstanceId: instance.instanceId, ...attributeOf(scope, instance, input.Attribute) };
}

function attributeOf(scope: Scope, instance: InstanceState, attribute: string | undefined) {
  switch (attribute) {
    case 'disableApiTermination':
      return { DisableApiTermination: { Value: instance.disableApiTermination } };
    case 'blockDeviceMapping':
      return { BlockDeviceMappings: toReservation(scope, instance).Instances?.[0]?.BlockDeviceMappings };
    case 'groupSet':
      return { Groups: toReservation(scope, instance).Instances?.[0]?.SecurityGroups };
    case 'instanceType':
      return { InstanceType: { Value: instance.instanceType } };
    case 'userData':
      return { UserData: instance.userData === undefined ? {} : { Value: encoded(instance.userData) } };
    default:
      throw new AwsError('InvalidParameterValue', `The sandbox does not know the attribute '${attribute}'`);
  }
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64');
}

function modifyAttribute(input: ec2.ModifyInstanceAttributeCommandInput, scope: Scope): object {
  const instance = findResource(scope.ec2.instances, input.InstanceId, 'i');
  const { DisableApiTermination: termination, BlockDeviceMappings: mappings } = input;
  if (termination === undefined && mappings === undefined)
    throw new AwsError(
      'InvalidParameterCombination',
      'The sandbox modifies DisableApiTermination and BlockDeviceMappings only',
    );
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html
  if (termination?.Value && instance.instanceLifecycle === 'spot')
    throw new AwsError('UnsupportedOperation', 'Termination protection is not supported for Spot Instances');
  if (termination?.Value !== undefined) instance.disableApiTermination = termination.Value;
  for (const mapping of mappings ?? []) modifyDevice(instance, mapping);
  return {};
}

function modifyDevice(instance: InstanceState, mapping: ec2.InstanceBlockDeviceMappingSpecification): void {
  const device = instance.blockDevices.find((one) => one.deviceName === mapping.DeviceName);
  if (!device)
    throw new AwsError(
      'InvalidInstanceAttributeValue',
      `No device is currently mapped at ${mapping.DeviceName}`,
    );
  device.deleteOnTermination = mapping.Ebs?.DeleteOnTermination ?? device.deleteOnTermination;
}

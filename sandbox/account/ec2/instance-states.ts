import type * as ec2 from '@aws-sdk/client-ec2';
import { AwsError, type Operation, type Requirement } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { instanceStateCodes } from './instance-shape.ts';
import { interfacesOf, isElastic } from './interfaces.ts';
import { findResource, requireResource } from './resources.ts';
import { changing, type Scope } from './scope.ts';
import type { InstanceState, InstanceStateName } from './state.ts';

interface Input {
  readonly InstanceIds?: readonly string[] | undefined;
}

/**
 * Stopping and starting. Here both are over at once, though the answer names the state on the way as AWS's does;
 * AWS takes minutes, so callers must not count on either. A request is carried out whole or not at all.
 */
export function instanceStateOperations(cloud: Cloud): Record<string, Operation> {
  return {
    StopInstances: changing<Input, ec2.StopInstancesCommandOutput>(
      cloud,
      (input, scope) => idsOf(input).map((id) => requireResource(scope, 'StopInstances', id)),
      (input, scope) => ({ StoppingInstances: changeAll(input, scope, stop) }),
    ),
    StartInstances: changing<Input, ec2.StartInstancesCommandOutput>(
      cloud,
      (input, scope) => idsOf(input).flatMap((id) => requireStart(scope, id)),
      (input, scope) => ({ StartingInstances: changeAll(input, scope, start) }),
    ),
  };
}

function idsOf({ InstanceIds: ids }: Input): readonly string[] {
  return ids ?? [];
}

/** Changes one instance and answers the state that AWS would name, or throws before anything is changed. */
type Change = (instance: InstanceState, scope: Scope) => InstanceStateName;

function changeAll(input: Input, scope: Scope, change: Change): ec2.InstanceStateChange[] {
  const before = idsOf(input).map((id) => findResource(scope.ec2.instances, id, 'i'));
  if (before.length === 0)
    throw new AwsError('MissingParameter', 'The request must contain the parameter InstanceId');
  for (const instance of before) checkChange(instance, change);
  return before.map((instance) => {
    const PreviousState = shown(instance.state);
    return {
      InstanceId: instance.instanceId,
      PreviousState,
      CurrentState: shown(change(instance, scope)),
    };
  });
}

function shown(state: InstanceStateName): ec2.InstanceState {
  return { Code: instanceStateCodes[state], Name: state };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html */
function checkChange({ instanceId, state, rootDeviceType }: InstanceState, change: Change): void {
  const refused: readonly InstanceStateName[] =
    change === stop
      ? ['pending', 'shutting-down', 'terminated']
      : ['stopping', 'shutting-down', 'terminated'];
  const word = change === stop ? 'stopped' : 'started';
  if (refused.includes(state))
    throw new AwsError(
      'IncorrectInstanceState',
      `The instance '${instanceId}' is not in a state from which it can be ${word}.`,
    );
  if (change === stop && rootDeviceType !== 'ebs')
    throw new AwsError(
      'UnsupportedOperation',
      `The instance '${instanceId}' does not have an 'ebs' root device type and cannot be stopped.`,
    );
}

function stop(instance: InstanceState): InstanceStateName {
  if (instance.state !== 'running') return instance.state;
  instance.state = 'stopped';
  return 'stopping';
}

/** Starting is a new launch in the eyes of LaunchTime, and of every address that is not elastic. */
function start(instance: InstanceState, scope: Scope): InstanceStateName {
  if (instance.state !== 'stopped') return instance.state;
  instance.state = 'running';
  instance.launchTime = scope.cloud.now().toISOString();
  for (const one of interfacesOf(scope, instance.instanceId))
    if (one.publicIpAddress !== undefined && !isElastic(scope, one)) one.publicIpAddress = freeAddress(scope);
  return 'pending';
}

/** One of the documentation range (RFC 5737) that nothing here has had. */
function freeAddress(scope: Scope): string {
  const taken = new Set(Object.values(scope.ec2.networkInterfaces).map((one) => one.publicIpAddress));
  const range = Array.from({ length: 254 }, (_, index) => `203.0.113.${254 - index}`);
  const free = range.find((address) => !taken.has(address));
  if (!free) throw new AwsError('AddressLimitExceeded', 'The sandbox has no public address left');
  return free;
}

/**
 * EC2 asks KMS, in the caller's name, for a grant on the customer-managed key of each encrypted volume
 * (https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html).
 */
function requireStart(scope: Scope, id: string): Requirement[] {
  const devices = find(scope.ec2.instances, id)?.blockDevices ?? [];
  const keys = devices.flatMap(({ volumeId }) => scope.ec2.volumes[volumeId]?.kmsKeyId ?? []);
  const context = {
    'kms:grantisforawsresource': 'true',
    'kms:viaservice': `ec2.${scope.region}.amazonaws.com`,
  };
  return [
    requireResource(scope, 'StartInstances', id),
    ...[...new Set(keys)].map((resource) => ({ action: 'kms:CreateGrant', resource, context })),
  ];
}

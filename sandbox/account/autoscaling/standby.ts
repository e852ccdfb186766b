import type * as autoscaling from '@aws-sdk/client-auto-scaling';
import { AwsError, type Operation, operation, type Requirement } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { registerTarget, unregisterTarget } from '../elasticloadbalancingv2/state.ts';
import { find } from '../find.ts';
import { uuid } from '../ids.ts';
import { tagContext } from '../tags.ts';
import { type AutoScalingGroupState, type GroupMember, groupsIn } from './state.ts';

interface Request {
  readonly AutoScalingGroupName?: string | undefined;
  readonly InstanceIds?: string[] | undefined;
}

/** Taking members out of service and back: https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-enter-exit-standby.html */
export function standbyOperations(cloud: Cloud): Record<string, Operation> {
  return {
    EnterStandby: operation<autoscaling.EnterStandbyCommandInput, autoscaling.EnterStandbyCommandOutput>({
      requires: (input, { account }, { region }) =>
        requireGroup(cloud, 'EnterStandby', input, account, region),
      handle(input, { account }, { region }) {
        const group = findGroup(cloud, account, region, input);
        const members = membersOf(group, input, 'InService');
        if (input.ShouldDecrementDesiredCapacity) shrink(group, members.length);
        for (const member of members) {
          member.lifecycleState = 'Standby';
          for (const arn of group.targetGroupArns)
            unregisterTarget(cloud, { account, region, arn }, member.instanceId);
        }
        return { Activities: members.map((member) => activity(cloud, group, member, 'to Standby')) };
      },
    }),
    ExitStandby: operation<autoscaling.ExitStandbyCommandInput, autoscaling.ExitStandbyCommandOutput>({
      requires: (input, { account }, { region }) =>
        requireGroup(cloud, 'ExitStandby', input, account, region),
      handle(input, { account }, { region }) {
        const group = findGroup(cloud, account, region, input);
        const members = membersOf(group, input, 'Standby');
        grow(group, members.length);
        for (const member of members) {
          member.lifecycleState = 'InService';
          for (const arn of group.targetGroupArns)
            registerTarget(cloud, { account, region, arn }, member.instanceId);
        }
        return { Activities: members.map((member) => activity(cloud, group, member, 'out of Standby')) };
      },
    }),
  };
}

function requireGroup(
  cloud: Cloud,
  name: string,
  input: Request,
  account: string,
  region: string,
): readonly Requirement[] {
  const group = find(groupsIn(cloud, account, region), input.AutoScalingGroupName);
  const unknown = `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/unknown`;
  return [
    {
      action: `autoscaling:${name}`,
      resource: group?.arn ?? unknown,
      context: tagContext(group?.tags),
    },
  ];
}

function findGroup(cloud: Cloud, account: string, region: string, input: Request): AutoScalingGroupState {
  const group = find(groupsIn(cloud, account, region), input.AutoScalingGroupName);
  if (!group) throw invalid(`Group ${input.AutoScalingGroupName} not found`);
  return group;
}

/** All or none: each must be a member, and in the state that the change starts from. */
function membersOf(
  group: AutoScalingGroupState,
  { InstanceIds: ids = [] }: Request,
  state: 'InService' | 'Standby',
): readonly GroupMember[] {
  if (ids.length === 0) throw invalid('At least one instance ID must be given');
  return ids.map((id) => {
    const member = group.members.find((one) => one.instanceId === id);
    if (!member) throw invalid(`The instance ${id} is not part of Auto Scaling group ${group.name}.`);
    if (member.lifecycleState !== state) throw invalid(`The instance ${id} is not in ${state}.`);
    return member;
  });
}

function shrink(group: AutoScalingGroupState, by: number): void {
  const desired = group.desiredCapacity - by;
  if (desired < group.minSize)
    throw invalid(
      `AutoScalingGroup ${group.name} has min-size=${group.minSize} and desired-size=${group.desiredCapacity}. To place into standby ${by} instance(s) would set desired-size=${desired}`,
    );
  group.desiredCapacity = desired;
}

function grow(group: AutoScalingGroupState, by: number): void {
  const desired = group.desiredCapacity + by;
  if (desired > group.maxSize)
    throw invalid(
      `AutoScalingGroup ${group.name} has max-size=${group.maxSize}. To return ${by} instance(s) would set desired-size=${desired}`,
    );
  group.desiredCapacity = desired;
}

function activity(cloud: Cloud, group: AutoScalingGroupState, { instanceId }: GroupMember, whither: string) {
  return {
    ActivityId: uuid(cloud),
    AutoScalingGroupName: group.name,
    Description: `Moving EC2 instance ${whither}: ${instanceId}`,
    Cause: `instance ${instanceId} was moved ${whither} in response to a user request`,
    StartTime: cloud.now(),
    StatusCode: 'InProgress' as const,
    Progress: 50,
  };
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

import type * as autoscaling from '@aws-sdk/client-auto-scaling';
import { type Operation, operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { pageOf } from '../ec2/listing.ts';
import { find } from '../find.ts';
import { type AutoScalingGroupState, type GroupMember, groupsIn } from './state.ts';

const everything = (name: string) => () => [{ action: `autoscaling:${name}`, resource: '*' }];

/** Reading groups and their members. What is asked for and is not there is left out of the answer. */
export function groupOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeAutoScalingGroups: operation<
      autoscaling.DescribeAutoScalingGroupsCommandInput,
      autoscaling.DescribeAutoScalingGroupsCommandOutput
    >({
      requires: everything('DescribeAutoScalingGroups'),
      handle(input, { account }, { region }) {
        const groups = Object.values(groupsIn(cloud, account, region));
        const wanted = input.AutoScalingGroupNames;
        const { items, NextToken } = pageOf(
          groups.filter((group) => !wanted?.length || wanted.includes(group.name)),
          { NextToken: input.NextToken, MaxResults: input.MaxRecords },
        );
        const zone = (member: GroupMember) => zoneOf(cloud, account, region, member);
        return { AutoScalingGroups: items.map((group) => toGroup(group, zone)), NextToken };
      },
    }),
    DescribeAutoScalingInstances: operation<
      autoscaling.DescribeAutoScalingInstancesCommandInput,
      autoscaling.DescribeAutoScalingInstancesCommandOutput
    >({
      requires: everything('DescribeAutoScalingInstances'),
      handle(input, { account }, { region }) {
        const members = Object.values(groupsIn(cloud, account, region)).flatMap((group) =>
          group.members.map((member) => ({
            ...toMember(member, zoneOf(cloud, account, region, member)),
            AutoScalingGroupName: group.name,
          })),
        );
        const wanted = input.InstanceIds;
        const { items, NextToken } = pageOf(
          members.filter((member) => !wanted?.length || wanted.includes(member.InstanceId)),
          { NextToken: input.NextToken, MaxResults: input.MaxRecords },
        );
        return { AutoScalingInstances: [...items], NextToken };
      },
    }),
  };
}

function toGroup(group: AutoScalingGroupState, zone: (member: GroupMember) => string) {
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    MinSize: group.minSize,
    MaxSize: group.maxSize,
    DesiredCapacity: group.desiredCapacity,
    DefaultCooldown: 300,
    AvailabilityZones: [...new Set(group.members.map(zone))],
    HealthCheckType: 'EC2',
    CreatedTime: undefined,
    Instances: group.members.map((member) => toMember(member, zone(member))),
    TargetGroupARNs: [...group.targetGroupArns],
    LoadBalancerNames: [],
    Tags: Object.entries(group.tags).map(([Key, Value]) => ({ Key, Value, ResourceId: group.name })),
  };
}

function toMember({ instanceId, lifecycleState }: GroupMember, zone: string) {
  return {
    InstanceId: instanceId,
    AvailabilityZone: zone,
    LifecycleState: lifecycleState,
    // The two operations spell it differently; nothing here reads it.
    HealthStatus: 'HEALTHY',
    ProtectedFromScaleIn: false,
  };
}

function zoneOf(cloud: Cloud, account: string, region: string, { instanceId }: GroupMember): string {
  const { networkInterfaces, subnets } = cloud.region(account, region).ec2;
  const own = Object.values(networkInterfaces).find((one) => one.attachment?.instanceId === instanceId);
  return find(subnets, own?.subnetId)?.availabilityZone ?? `${region}a`;
}

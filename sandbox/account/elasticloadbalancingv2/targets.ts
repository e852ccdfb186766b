import type * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation, operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { pageOf } from '../ec2/listing.ts';
import { find } from '../find.ts';
import {
  registerTarget,
  type TargetGroupState,
  type TargetState,
  targetGroupsIn,
  unregisterTarget,
} from './state.ts';

const everything = (name: string) => () => [{ action: `elasticloadbalancing:${name}`, resource: '*' }];
const onGroup = (name: string) => (input: { readonly TargetGroupArn: string | undefined }) => [
  { action: `elasticloadbalancing:${name}`, resource: input.TargetGroupArn ?? '*' },
];

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html */
export function targetOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeTargetGroups: describeGroups(cloud),
    DescribeTargetHealth: describeHealth(cloud),
    RegisterTargets: operation<elb.RegisterTargetsCommandInput, elb.RegisterTargetsCommandOutput>({
      requires: onGroup('RegisterTargets'),
      handle(input, { account }, { region }) {
        const { arn, targetType } = findGroup(cloud, account, region, input.TargetGroupArn);
        for (const { Id: id } of input.Targets ?? [])
          if (targetType === 'instance') checkRunning(cloud, account, region, id);
        for (const { Id: id = '', Port: port } of input.Targets ?? [])
          registerTarget(cloud, { account, region, arn }, id, port);
        return {};
      },
    }),
    DeregisterTargets: operation<elb.DeregisterTargetsCommandInput, elb.DeregisterTargetsCommandOutput>({
      requires: onGroup('DeregisterTargets'),
      // A target that is not registered is no error. Draining, which AWS shows for minutes, is over at once here.
      handle(input, { account }, { region }) {
        const { arn } = findGroup(cloud, account, region, input.TargetGroupArn);
        for (const { Id: id = '', Port: port } of input.Targets ?? [])
          unregisterTarget(cloud, { account, region, arn }, id, port);
        return {};
      },
    }),
  };
}

function describeGroups(cloud: Cloud) {
  return operation<elb.DescribeTargetGroupsCommandInput, elb.DescribeTargetGroupsCommandOutput>({
    requires: everything('DescribeTargetGroups'),
    handle(input, { account }, { region }) {
      const wanted = input.TargetGroupArns;
      for (const arn of wanted ?? []) findGroup(cloud, account, region, arn);
      const groups = Object.values(targetGroupsIn(cloud, account, region));
      const { items, NextToken } = pageOf(
        groups.filter((group) => !wanted?.length || wanted.includes(group.arn)),
        { NextToken: input.Marker, MaxResults: input.PageSize },
      );
      return { TargetGroups: items.map(toGroup), NextMarker: NextToken };
    },
  });
}

function toGroup(group: TargetGroupState): elb.TargetGroup {
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: group.protocol as elb.ProtocolEnum,
    Port: group.port,
    VpcId: group.vpcId,
    TargetType: group.targetType,
    LoadBalancerArns: (group.loadBalancers ?? []).map((name) =>
      group.arn.replace(/:targetgroup\/.*$/, `:loadbalancer/${name}`),
    ),
  };
}

function describeHealth(cloud: Cloud) {
  return operation<elb.DescribeTargetHealthCommandInput, elb.DescribeTargetHealthCommandOutput>({
    requires: everything('DescribeTargetHealth'),
    handle(input, { account }, { region }) {
      const group = findGroup(cloud, account, region, input.TargetGroupArn);
      const wanted = input.Targets?.map((target) => target.Id);
      const targets = group.targets.filter((target) => !wanted || wanted.includes(target.id));
      return { TargetHealthDescriptions: targets.map(toHealth) };
    },
  });
}

function toHealth({ id, port, health }: TargetState): elb.TargetHealthDescription {
  return { Target: { Id: id, Port: port }, HealthCheckPort: String(port), TargetHealth: { State: health } };
}

function findGroup(cloud: Cloud, account: string, region: string, arn: string | undefined): TargetGroupState {
  const group = find(targetGroupsIn(cloud, account, region), arn);
  if (!group) throw new AwsError('TargetGroupNotFound', `Target groups '${arn}' not found`);
  return group;
}

function checkRunning(cloud: Cloud, account: string, region: string, id: string | undefined): void {
  if (find(cloud.region(account, region).ec2.instances, id)?.state === 'running') return;
  throw new AwsError(
    'InvalidTarget',
    `The following targets are not in a running state and cannot be registered: '${id}'`,
  );
}

import { DescribeAutoScalingInstancesCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Account, Permission } from '../core/account.ts';

export const reads = [
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  DescribeInstancesCommand,
  DescribeAutoScalingInstancesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
] as const;
export type Reader = Account<typeof reads>;

/** None of these knows a narrower resource, or answers with everything only where it has `*` (composite alarms). */
export const permissions: readonly Permission[] = [
  {
    actions: [
      'cloudwatch:DescribeAlarms',
      'cloudwatch:GetMetricData',
      'ec2:DescribeInstances',
      'autoscaling:DescribeAutoScalingInstances',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetHealth',
    ],
    resources: ['*'],
  },
];

/** The names of CloudWatch dimensions with their values: `InstanceId=i-0abc`. */
export type Dimensions = ReadonlySet<string>;

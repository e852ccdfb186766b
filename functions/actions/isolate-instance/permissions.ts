import type { Permission } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { reservedTags } from '../../core/reserved-tags.ts';
import { ec2Resource } from '../../core/resource-pattern.ts';
import { ACTION } from './groups.ts';
import { beforeOf } from './interfaces.ts';

const GROUPS = ec2Resource('security-group');
const interfacesOf = (planned: PlannedAction) =>
  beforeOf(planned).map((one) => ec2Resource('network-interface', one.id));
const vpcsOf = (planned: PlannedAction) => [
  ...new Set(beforeOf(planned).map((one) => ec2Resource('vpc', one.vpc))),
];

export const permissions: readonly Permission[] = [
  {
    actions: [
      'ec2:DescribeInstances',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetHealth',
    ],
    resources: ['*'],
  },
  {
    actions: ['ec2:ModifyNetworkInterfaceAttribute'],
    resources: [ec2Resource('network-interface')],
    narrow: interfacesOf,
  },
  // The groups to put on an interface are its own again, or ours, whose ids nobody knows beforehand.
  { actions: ['ec2:ModifyNetworkInterfaceAttribute'], resources: [GROUPS] },
  { actions: ['ec2:CreateSecurityGroup'], resources: [ec2Resource('vpc')], narrow: vpcsOf },
  {
    actions: ['ec2:CreateSecurityGroup'],
    resources: [GROUPS],
    conditions: { StringEquals: { [`aws:RequestTag/${reservedTags.action}`]: ACTION } },
  },
  {
    actions: ['ec2:CreateTags'],
    resources: [GROUPS],
    conditions: { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' } },
    dependent: 'CreateSecurityGroup puts our tags on the group that it makes',
  },
  {
    actions: [
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:RevokeSecurityGroupEgress',
      'ec2:DeleteSecurityGroup',
    ],
    resources: [GROUPS],
    conditions: { StringEquals: { [`aws:ResourceTag/${reservedTags.action}`]: ACTION } },
  },
];

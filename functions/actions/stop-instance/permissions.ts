import type { Permission } from '../../core/account.ts';
import { ec2Resource } from '../../core/resource-pattern.ts';

export const permissions: readonly Permission[] = [
  {
    actions: [
      'ec2:DescribeInstances',
      'ec2:DescribeInstanceTypes',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetHealth',
    ],
    resources: ['*'],
  },
  {
    actions: ['ec2:StopInstances', 'ec2:StartInstances'],
    resources: [ec2Resource('instance')],
    narrow: (planned) => [ec2Resource('instance', planned.target.id)],
  },
  {
    actions: ['kms:CreateGrant'],
    resources: ['arn:{partition}:kms:{region}:{account}:key/*'],
    conditions: {
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
      StringLike: { 'kms:ViaService': 'ec2.*.amazonaws.com*' },
    },
    dependent: 'StartInstances has EC2 ask in our name for the customer-managed keys of encrypted volumes',
  },
];

import type { Permission } from '../../core/account.ts';
import { ec2Resource } from '../../core/resource-pattern.ts';
import { beforeOf } from './associations.ts';

export const permissions: readonly Permission[] = [
  {
    actions: ['ec2:DescribeInstances', 'ec2:DescribeIamInstanceProfileAssociations'],
    resources: ['*'],
  },
  {
    actions: ['iam:GetInstanceProfile'],
    resources: ['arn:{partition}:iam::{account}:instance-profile/*'],
    narrow: (planned) => [beforeOf(planned).profile],
  },
  { actions: ['cloudtrail:LookupEvents'], resources: ['*'] },
  {
    actions: ['ec2:DisassociateIamInstanceProfile', 'ec2:AssociateIamInstanceProfile'],
    resources: [ec2Resource('instance')],
    narrow: (planned) => [ec2Resource('instance', planned.target.id)],
  },
  {
    actions: ['iam:PassRole'],
    resources: ['arn:{partition}:iam::{account}:role/*'],
    conditions: { StringLike: { 'iam:PassedToService': 'ec2.amazonaws.com*' } },
    narrow: (planned) => [beforeOf(planned).role],
    dependent: 'AssociateIamInstanceProfile passes the role of the profile that is put back to EC2',
  },
];

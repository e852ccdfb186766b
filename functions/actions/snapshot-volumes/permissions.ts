import type { Permission } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { reservedTags } from '../../core/reserved-tags.ts';
import { ec2Resource } from '../../core/resource-pattern.ts';
import { ACTION } from './snapshots.ts';
import { beforeOf } from './termination.ts';

/** Snapshots have no account in their ARN, and no id before they are made. */
const SNAPSHOTS = 'arn:{partition}:ec2:{region}::snapshot/*';

const instanceOf = (planned: PlannedAction) => [ec2Resource('instance', planned.target.id)];
const volumesOf = (planned: PlannedAction) =>
  beforeOf(planned).volumes.map((volume) => ec2Resource('volume', volume.id));

export const permissions: readonly Permission[] = [
  { actions: ['ec2:DescribeInstances', 'ec2:DescribeSnapshots'], resources: ['*'] },
  {
    actions: ['ec2:DescribeInstanceAttribute', 'ec2:ModifyInstanceAttribute', 'ec2:CreateSnapshots'],
    resources: [ec2Resource('instance')],
    narrow: instanceOf,
  },
  { actions: ['ec2:CreateSnapshots'], resources: [ec2Resource('volume')], narrow: volumesOf },
  {
    actions: ['ec2:CreateSnapshots'],
    resources: [SNAPSHOTS],
    conditions: { StringEquals: { [`aws:RequestTag/${reservedTags.action}`]: ACTION } },
  },
  {
    actions: ['ec2:CreateTags'],
    resources: [SNAPSHOTS],
    conditions: { StringEquals: { 'ec2:CreateAction': 'CreateSnapshots' } },
    dependent: 'CreateSnapshots puts our tags on the snapshots that it makes',
  },
  {
    actions: ['ec2:DeleteSnapshot'],
    resources: [SNAPSHOTS],
    conditions: { StringEquals: { [`aws:ResourceTag/${reservedTags.action}`]: ACTION } },
  },
];

import type { Permission } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { reservedTags } from '../../core/reserved-tags.ts';
import { beforeOf } from './sharing.ts';
import { TAKEN_BY } from './snapshots.ts';

/** Snapshots have no account in their ARN. */
const snapshotArn = (id: string) => `arn:{partition}:ec2:{region}::snapshot/${id}`;
const narrow = (planned: PlannedAction) => beforeOf(planned).snapshots.map(({ id }) => snapshotArn(id));

/** All that a request adds or removes is that account: a single-valued condition would hold for one among several. */
const onlyForensics = (key: string) => ({
  'ForAllValues:StringEquals': { [key]: '{forensics}' },
  StringEquals: { [`aws:ResourceTag/${reservedTags.action}`]: TAKEN_BY },
});

/** With that account and nobody else, and never with everybody: IAM refuses it, whatever is asked. */
export const permissions: readonly Permission[] = [
  { actions: ['ec2:DescribeInstances', 'ec2:DescribeSnapshots'], resources: ['*'] },
  { actions: ['kms:DescribeKey'], resources: ['arn:{partition}:kms:{region}:{account}:key/*'] },
  { actions: ['ec2:DescribeSnapshotAttribute'], resources: [snapshotArn('*')], narrow },
  {
    actions: ['ec2:ModifySnapshotAttribute'],
    resources: [snapshotArn('*')],
    conditions: {
      ...onlyForensics('ec2:Add/userId'),
      Null: { 'ec2:Add/userId': 'false', 'ec2:Add/group': 'true' },
    },
    narrow,
  },
  {
    actions: ['ec2:ModifySnapshotAttribute'],
    resources: [snapshotArn('*')],
    conditions: { ...onlyForensics('ec2:Remove/userId'), Null: { 'ec2:Remove/userId': 'false' } },
    narrow,
  },
];

import type { Permission } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { reservedTags } from '../../core/reserved-tags.ts';
import { ec2Resource } from '../../core/resource-pattern.ts';
import { ACTION } from './flow-logs.ts';
import { resourcesOf } from './plan.ts';

const FLOW_LOGS = ec2Resource('vpc-flow-log');

function namedBy(type: string, prefix: string) {
  return (planned: PlannedAction) =>
    resourcesOf(planned)
      .filter((id) => id.startsWith(prefix))
      .map((id) => ec2Resource(type, id));
}

export const permissions: readonly Permission[] = [
  { actions: ['ec2:DescribeInstances', 'ec2:DescribeFlowLogs', 's3:ListAllMyBuckets'], resources: ['*'] },
  {
    actions: ['ec2:CreateFlowLogs'],
    resources: [ec2Resource('network-interface')],
    narrow: namedBy('network-interface', 'eni-'),
  },
  { actions: ['ec2:CreateFlowLogs'], resources: [ec2Resource('vpc')], narrow: namedBy('vpc', 'vpc-') },
  {
    actions: ['ec2:CreateFlowLogs'],
    resources: [FLOW_LOGS],
    conditions: { StringEquals: { [`aws:RequestTag/${reservedTags.action}`]: ACTION } },
  },
  {
    actions: ['ec2:CreateTags'],
    resources: [FLOW_LOGS],
    conditions: { StringEquals: { 'ec2:CreateAction': 'CreateFlowLogs' } },
    dependent: 'CreateFlowLogs puts our tags on the flow logs that it makes',
  },
  {
    actions: ['ec2:DeleteFlowLogs'],
    resources: [FLOW_LOGS],
    conditions: { StringEquals: { [`aws:ResourceTag/${reservedTags.action}`]: ACTION } },
  },
  {
    actions: ['logs:CreateLogDelivery', 'logs:DeleteLogDelivery'],
    resources: ['*'],
    dependent: 'CreateFlowLogs and DeleteFlowLogs have CloudWatch Logs set up the delivery in our name',
  },
];

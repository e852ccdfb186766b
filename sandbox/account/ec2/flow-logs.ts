import type * as ec2 from '@aws-sdk/client-ec2';
import { AwsError, type Operation, type Requirement } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { ec2Id } from '../ids.ts';
import { bucketOpenTo } from '../s3/delivery.ts';
import { listResources } from './listing.ts';
import { requireNew, requireResource } from './resources.ts';
import { changing, reading, type Scope } from './scope.ts';
import type { FlowLogState } from './state.ts';
import { putTags, requestTags, requireTagging, specifiedTags, tagsOf } from './tags.ts';

type Create = ec2.CreateFlowLogsCommandInput;
type Remove = ec2.DeleteFlowLogsCommandInput;
type Describe = ec2.DescribeFlowLogsCommandInput;

const type = 'vpc-flow-log';

/** What is shown of the traffic of a VPC or an interface, delivered to a bucket. */
export function flowLogOperations(cloud: Cloud): Record<string, Operation> {
  return {
    CreateFlowLogs: changing<Create, ec2.CreateFlowLogsCommandOutput>(cloud, requireCreation, create),
    DeleteFlowLogs: changing<Remove, ec2.DeleteFlowLogsCommandOutput>(cloud, requireDeletion, remove),
    DescribeFlowLogs: reading<Describe, ec2.DescribeFlowLogsCommandOutput>(
      cloud,
      'DescribeFlowLogs',
      describe,
    ),
  };
}

/** Delivery is another service's, asked in the caller's name (https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-user.html). */
const delivery = (verb: string): Requirement => ({ action: `logs:${verb}LogDelivery`, resource: '*' });

function requireCreation(input: Create, scope: Scope): Requirement[] {
  const tags = specifiedTags(input.TagSpecifications, type);
  return [
    ...(input.ResourceIds ?? []).map((id) => requireResource(scope, 'CreateFlowLogs', id)),
    requireNew(scope, 'CreateFlowLogs', type, requestTags(tags)),
    ...requireTagging(scope, 'CreateFlowLogs', type, tags),
    delivery('Create'),
  ];
}

function requireDeletion({ FlowLogIds: ids = [] }: Remove, scope: Scope): Requirement[] {
  return [...ids.map((id) => requireResource(scope, 'DeleteFlowLogs', id)), delivery('Delete')];
}

/** Resources fail one by one, in the answer; the same token is the same request. */
function create(input: Create, scope: Scope) {
  check(input);
  const known = Object.values(scope.ec2.flowLogs).filter((one) => isRepeat(one, input));
  if (known.length > 0) return repeated(known, input);
  const made: string[] = [];
  const Unsuccessful: ec2.UnsuccessfulItem[] = [];
  for (const id of input.ResourceIds ?? []) {
    const refused = refusal(id, input, scope);
    if (refused) Unsuccessful.push({ ResourceId: id, Error: refused });
    else made.push(add(id, input, scope));
  }
  return { ClientToken: input.ClientToken, FlowLogIds: made, Unsuccessful };
}

function check({ LogDestinationType: destination, TrafficType: traffic }: Create): void {
  if (destination !== 's3')
    throw new AwsError('InvalidParameter', 'The sandbox delivers flow logs to S3 alone');
  if (traffic === undefined)
    throw new AwsError('MissingParameter', 'The request must contain the parameter TrafficType');
}

function isRepeat({ clientToken }: FlowLogState, { ClientToken: token }: Create): boolean {
  return token !== undefined && token === clientToken;
}

/** https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html */
function repeated(known: readonly FlowLogState[], { ResourceIds: ids = [], ClientToken }: Create) {
  if (!known.every(({ resourceId }) => ids.includes(resourceId)) || known.length !== ids.length)
    throw new AwsError('IdempotentParameterMismatch', 'The client token was used with other parameters');
  return { ClientToken, FlowLogIds: known.map(({ flowLogId }) => flowLogId), Unsuccessful: [] };
}

function refusal(id: string, input: Create, scope: Scope) {
  const records = input.ResourceType === 'VPC' ? scope.ec2.vpcs : scope.ec2.networkInterfaces;
  if (!find<unknown>(records, id))
    return { Code: `Invalid${input.ResourceType}Id.NotFound`, Message: `${id} does not exist` };
  const bucket = (input.LogDestination ?? '').replace(/^arn:aws:s3:::/, '').split('/')[0];
  if (!bucketOpenTo(scope.cloud, scope.account, bucket, 'delivery.logs.amazonaws.com'))
    return {
      Code: '400',
      Message: `Access Denied for LogDestination: ${bucket}. Please check LogDestination permission`,
    };
  const twin = Object.values(scope.ec2.flowLogs).some(
    (one) =>
      one.resourceId === id &&
      one.trafficType === input.TrafficType &&
      one.logDestination === input.LogDestination,
  );
  return twin
    ? {
        Code: 'FlowLogAlreadyExists',
        Message: 'There is an existing Flow Log with the same configuration and log destination.',
      }
    : undefined;
}

function add(resourceId: string, input: Create, scope: Scope): string {
  const flowLogId = ec2Id(scope.cloud, 'fl');
  scope.ec2.flowLogs[flowLogId] = {
    flowLogId,
    resourceId,
    trafficType: input.TrafficType ?? 'ALL',
    logDestination: input.LogDestination ?? '',
    deliverLogsStatus: 'SUCCESS',
    creationTime: scope.cloud.now().toISOString(),
    clientToken: input.ClientToken,
  };
  putTags(scope, flowLogId, specifiedTags(input.TagSpecifications, type));
  return flowLogId;
}

function remove({ FlowLogIds: ids = [] }: Remove, scope: Scope) {
  const missing = ids.filter((id) => !find(scope.ec2.flowLogs, id));
  for (const id of ids) {
    delete scope.ec2.flowLogs[id];
    delete scope.ec2.tags[id];
  }
  return {
    Unsuccessful: missing.map((ResourceId) => ({
      ResourceId,
      Error: { Code: 'InvalidFlowLogId.NotFound', Message: `The flow log '${ResourceId}' does not exist` },
    })),
  };
}

/** The one Describe operation whose filters stand under `Filter`. */
function describe(
  { Filter: Filters, FlowLogIds: ids, MaxResults, NextToken: token }: Describe,
  scope: Scope,
) {
  const request = { Filters, MaxResults, NextToken: token };
  const { items, NextToken } = listResources<FlowLogState>(scope, request, {
    records: scope.ec2.flowLogs,
    prefix: 'fl',
    ids,
    idOf: (one) => one.flowLogId,
    filters: {
      'flow-log-id': (one) => one.flowLogId,
      'resource-id': (one) => one.resourceId,
      'traffic-type': (one) => one.trafficType,
      'deliver-log-status': (one) => one.deliverLogsStatus,
      'log-destination-type': () => 's3',
    },
  });
  return { FlowLogs: items.map((one) => shown(one, scope)), NextToken };
}

function shown(one: FlowLogState, scope: Scope): ec2.FlowLog {
  return {
    FlowLogId: one.flowLogId,
    ResourceId: one.resourceId,
    TrafficType: one.trafficType as ec2.TrafficType,
    FlowLogStatus: 'ACTIVE',
    DeliverLogsStatus: one.deliverLogsStatus,
    LogDestinationType: 's3',
    LogDestination: one.logDestination,
    CreationTime: new Date(one.creationTime),
    Tags: tagsOf(scope, one.flowLogId),
  };
}

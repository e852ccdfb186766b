import {
  CreateFlowLogsCommand,
  DeleteFlowLogsCommand,
  DescribeFlowLogsCommand,
  DescribeInstancesCommand,
  type Filter,
  type FlowLog,
  type UnsuccessfulItem,
} from '@aws-sdk/client-ec2';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { Account, Execution } from '../../core/account.ts';
import { digest } from '../../core/canonical.ts';
import { WrongStateError } from '../../core/errors.ts';
import { reservedTags } from '../../core/reserved-tags.ts';

export const reads = [DescribeInstancesCommand, DescribeFlowLogsCommand, ListBucketsCommand] as const;
export const writes = [CreateFlowLogsCommand, DeleteFlowLogsCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** The value of the action tag, on which the role's permissions hang as well. */
export const ACTION = 'create-flow-logs';

function tagsOf({ incident, manifestHash }: Execution): readonly { Key: string; Value: string }[] {
  return [
    { Key: reservedTags.action, Value: ACTION },
    { Key: reservedTags.incident, Value: incident },
    { Key: reservedTags.plan, Value: manifestHash },
  ];
}

/** The flow logs of some VPCs or interfaces, whoever made them. */
export async function readFlowLogs(
  resources: readonly string[],
  account: Reader,
  more: readonly Filter[] = [],
): Promise<readonly FlowLog[]> {
  const filters = [{ Name: 'resource-id', Values: [...resources] }, ...more];
  const flowLogs: FlowLog[] = [];
  let nextToken: string | undefined;
  do {
    const page = await account.send(new DescribeFlowLogsCommand({ Filter: filters, NextToken: nextToken }));
    flowLogs.push(...(page.FlowLogs ?? []));
    nextToken = page.NextToken;
  } while (nextToken);
  return flowLogs;
}

/** Those that this plan has made, found by the reserved tags. */
export function readOwn(
  resources: readonly string[],
  account: Reader,
  execution: Execution,
): Promise<readonly FlowLog[]> {
  const filters = tagsOf(execution).map(({ Key, Value }) => ({ Name: `tag:${Key}`, Values: [Value] }));
  return readFlowLogs(resources, account, filters);
}

export interface Wanted {
  readonly kind: 'NetworkInterface' | 'VPC';
  readonly resources: readonly string[];
  /** The ARN of a bucket. */
  readonly destination: string;
}

/**
 * The token makes a retry that does not see its work yet the same request; it changes with what is left to do, since
 * EC2 refuses one token for two requests (https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html).
 */
export async function makeFlowLogs(wanted: Wanted, account: Writer, execution: Execution): Promise<void> {
  const own = await readOwn(wanted.resources, account, execution);
  const covered = new Set(own.map((one) => one.ResourceId));
  const missing = wanted.resources.filter((id) => !covered.has(id));
  if (missing.length === 0) return;
  const { Unsuccessful: refused = [] } = await account.send(
    new CreateFlowLogsCommand({
      ResourceType: wanted.kind,
      ResourceIds: missing,
      TrafficType: 'ALL',
      LogDestinationType: 's3',
      LogDestination: wanted.destination,
      ClientToken: digest({ plan: execution.manifestHash, missing }).slice(0, 64),
      TagSpecifications: [{ ResourceType: 'vpc-flow-log', Tags: [...tagsOf(execution)] }],
    }),
  );
  // Somebody else's twin, made since, records the same into the same bucket.
  const [first] = refused.filter(({ Error: error }) => error?.Code !== 'FlowLogAlreadyExists');
  if (first) throw refusal(first, wanted);
}

function refusal({ ResourceId: id, Error: error }: UnsuccessfulItem, { destination }: Wanted): Error {
  return new WrongStateError(
    `the flow log of ${id}`,
    `refused by EC2 (${error?.Code})`,
    `the policy of ${destination} must let delivery.logs.amazonaws.com put objects, and the VPC must be our own`,
  );
}

export async function removeFlowLogs(flowLogs: readonly FlowLog[], account: Writer): Promise<void> {
  const ids = flowLogs.flatMap(({ FlowLogId: id }) => id ?? []);
  if (ids.length === 0) return;
  const { Unsuccessful: refused = [] } = await account.send(new DeleteFlowLogsCommand({ FlowLogIds: ids }));
  const [first] = refused.filter(({ Error: error }) => error?.Code !== 'InvalidFlowLogId.NotFound');
  if (first)
    throw new WrongStateError(
      `flow log ${first.ResourceId}`,
      `still there (${first.Error?.Code})`,
      'EC2 did not delete it; ask for the rollback again',
    );
}

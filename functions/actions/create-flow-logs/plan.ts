import type { FlowLog, Instance } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { NothingToDoError, WrongStateError } from '../../core/errors.ts';
import { BucketName } from '../../core/own-bucket.ts';
import type { Consequence, PlannedAction } from '../../core/plan.ts';
import { partitionOf } from '../../core/resource-pattern.ts';
import type { Wanted } from './flow-logs.ts';

/** What an incident needs is the instance's own traffic; its whole VPC shows whom else it talked to. */
export const Parameters = z.strictObject({
  bucket: BucketName,
  scope: z.enum(['network-interfaces', 'vpc']).default('network-interfaces'),
});
export type Parameters = z.infer<typeof Parameters>;

/** Whose traffic nobody delivers to the bucket yet. */
const Before = z.strictObject({ resources: z.array(z.string().regex(/^(eni|vpc)-[0-9a-f]{8,17}$/)).min(1) });

export function resourcesOf(planned: PlannedAction): readonly string[] {
  return Before.parse(planned.before).resources;
}

export function wantedOf(planned: PlannedAction): Wanted {
  const { bucket, scope } = Parameters.parse(planned.params);
  return {
    kind: scope === 'vpc' ? 'VPC' : 'NetworkInterface',
    resources: resourcesOf(planned),
    destination: bucketArn(bucket, planned.target.region),
  };
}

export function bucketArn(bucket: string, region: string): string {
  return `arn:${partitionOf(region)}:s3:::${bucket}`;
}

/** Throws WrongStateError for an instance that is in no network. */
export function recorded(id: string, instance: Instance, { scope }: Parameters): readonly string[] {
  const interfaces = instance.NetworkInterfaces?.flatMap((one) => one.NetworkInterfaceId ?? []) ?? [];
  const resources = scope === 'vpc' ? [instance.VpcId ?? []].flat() : interfaces;
  if (resources.length === 0)
    throw new WrongStateError(`instance ${id}`, 'without a network', 'there is no traffic to record');
  return resources.toSorted();
}

/** Throws NothingToDoError where all is delivered to the bucket, and WrongStateError where that fails. */
export function unrecorded(
  id: string,
  resources: readonly string[],
  flowLogs: readonly FlowLog[],
  destination: string,
): readonly string[] {
  const there = flowLogs.filter((one) => one.TrafficType === 'ALL' && one.LogDestination === destination);
  const failing = there.find((one) => one.DeliverLogsStatus === 'FAILED');
  if (failing)
    throw new WrongStateError(
      `flow log ${failing.FlowLogId}`,
      'there already, and cannot deliver',
      `see to the policy of ${destination}; EC2 makes no second one of the kind`,
    );
  const covered = new Set(there.map((one) => one.ResourceId));
  const missing = resources.filter((resource) => !covered.has(resource));
  if (missing.length === 0)
    throw new NothingToDoError(`the traffic of instance ${id}`, `is delivered to ${destination}`);
  return missing;
}

export function blastRadius(
  missing: readonly string[],
  flowLogs: readonly FlowLog[],
  { scope }: Parameters,
): readonly Consequence[] {
  return [
    {
      what: 'programs that notice: traffic is recorded outside of its path',
      count: 0,
      evidence: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html',
    },
    {
      what: scope === 'vpc' ? 'VPCs that are recorded as a whole' : 'network interfaces that are recorded',
      count: missing.length,
      evidence: 'DescribeInstances',
    },
    {
      what: 'flow logs that are there already, and are left alone',
      count: flowLogs.length,
      evidence: 'DescribeFlowLogs',
    },
  ];
}

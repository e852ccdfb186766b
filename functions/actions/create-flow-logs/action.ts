import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { defineAction } from '../../core/account.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { readInstance } from '../../core/instance.ts';
import { ownBucketRegion } from '../../core/own-bucket.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { ec2Resource, fillResource } from '../../core/resource-pattern.ts';
import { ACTION, makeFlowLogs, readFlowLogs, readOwn, reads, removeFlowLogs, writes } from './flow-logs.ts';
import { permissions } from './permissions.ts';
import { blastRadius, bucketArn, Parameters, recorded, resourcesOf, unrecorded, wantedOf } from './plan.ts';

/** Has the traffic of an instance, or of its whole VPC, recorded into a bucket of the account. */
export const createFlowLogs = defineAction({
  id: ACTION,
  title: 'Record the traffic of an instance',
  targets: ['instance'],
  danger: 'low',
  undoing: 'harmless',
  family: 'network',
  order: 'evidence',
  params: Parameters,
  reads,
  writes,
  permissions,

  async plan(target, params, account) {
    const instance = await readInstance(target.id, (input) =>
      account.send(new DescribeInstancesCommand(input)),
    );
    const resources = recorded(target.id, instance, params);
    const flowLogs = await readFlowLogs(resources, account);
    const missing = unrecorded(target.id, resources, flowLogs, bucketArn(params.bucket, target.region));
    await ownBucketRegion(params.bucket, (input) => account.send(new ListBucketsCommand(input)));
    return {
      before: { resources: [...missing] },
      expected: { recorded: [...missing] },
      change: `All traffic of ${missing.join(', ')}, accepted and rejected, is recorded into bucket ${params.bucket} from now on. What went before is not.`,
      undo: 'Delete exactly these flow logs; what they recorded stays in the bucket.',
      cannotRestore: [],
      blastRadius: [...blastRadius(missing, flowLogs, params), ...keptByCode(instance.Tags)],
      protectedTarget: isProtected(instance.Tags),
      observed: { id: target.id, arn: fillResource(ec2Resource('instance', target.id), target) },
    };
  },

  execute: (planned, account, execution) => makeFlowLogs(wantedOf(planned), account, execution),

  async verify(planned, account) {
    const { resources, destination } = wantedOf(planned);
    const there = (await readFlowLogs(resources, account)).filter(
      (one) => one.TrafficType === 'ALL' && one.LogDestination === destination,
    );
    const failed = there.filter((one) => one.DeliverLogsStatus === 'FAILED').length;
    const covered = new Set(there.map((one) => one.ResourceId));
    const missing = resources.filter((id) => !covered.has(id)).length;
    return {
      status: missing === 0 && failed === 0 ? 'done' : 'not-done',
      observed: `${there.length} flow log(s) to ${destination}, ${failed} that cannot deliver, ${missing} resource(s) without one`,
    };
  },

  async rollback(planned, account, execution) {
    await removeFlowLogs(await readOwn(resourcesOf(planned), account, execution), account);
  },
});

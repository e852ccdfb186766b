import { DescribeAutoScalingInstancesCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeInstancesCommand, type Instance } from '@aws-sdk/client-ec2';
import { readInstance } from '../core/instance.ts';
import type { Target } from '../core/plan.ts';
import { fillResource } from '../core/resource-pattern.ts';
import type { Counted } from './error-rates.ts';
import { Gaps } from './gaps.ts';
import type { Dimensions, Reader } from './operations.ts';
import { type Attached, findTargetGroups } from './target-groups.ts';

/** What one target is known by in CloudWatch, with everything that its traffic comes through. */
export interface Subject {
  readonly dimensions: Dimensions;
  readonly attached: readonly Attached[];
  readonly counted: readonly Counted[];
  readonly gaps: readonly string[];
}

/** The kinds of targets that CloudWatch measures; of the others there is nothing to be asked. */
const finders: Readonly<
  Partial<Record<Target['kind'], (target: Target, account: Reader) => Promise<Subject>>>
> = {
  instance: ofInstance,
  function: async (target) => ({
    ...plain([`FunctionName=${target.id}`]),
    counted: [countedOfFunction(functionArn(target))],
  }),
  database: async ({ id }) => plain([`DBInstanceIdentifier=${id}`]),
  container: async ({ id, arn }) => plain(ofCluster(arn ?? '', id.split('/')[0] ?? '')),
  cluster: async ({ id, arn }) => plain(ofCluster(arn ?? '', id)),
};

export function isMeasured({ kind }: Target): boolean {
  return finders[kind] !== undefined;
}

export async function subjectOf(target: Target, account: Reader): Promise<Subject> {
  return (await finders[target.kind]?.(target, account)) ?? plain([]);
}

function plain(dimensions: readonly string[]): Subject {
  return { dimensions: new Set(dimensions), attached: [], counted: [], gaps: [] };
}

async function ofInstance({ id }: Target, account: Reader): Promise<Subject> {
  const instance = await readInstance<Instance>(id, (input) =>
    account.send(new DescribeInstancesCommand(input)),
  );
  const gaps = new Gaps();
  const [group, { attached, gaps: unseen } = { attached: [], gaps: [] }] = await Promise.all([
    gaps.unless(`Auto Scaling group of ${id}`, () => autoScalingGroupOf(id, account)),
    gaps.unless(`target groups of ${id}`, () => findTargetGroups(instance, account)),
  ]);
  const dimensions = [
    `InstanceId=${id}`,
    ...(group === undefined ? [] : [`AutoScalingGroupName=${group}`]),
    ...attached.flatMap(({ arn, loadBalancers }) => [
      `TargetGroup=${metricNameOf(arn)}`,
      ...loadBalancers.map((name) => `LoadBalancer=${name}`),
    ]),
  ];
  const counted = attached.flatMap(({ arn, loadBalancers }) => countedOfGroup(arn, loadBalancers));
  return { dimensions: new Set(dimensions), attached, counted, gaps: [...unseen, ...gaps.found] };
}

async function autoScalingGroupOf(id: string, account: Reader): Promise<string | undefined> {
  const { AutoScalingInstances: found = [] } = await account.send(
    new DescribeAutoScalingInstancesCommand({ InstanceIds: [id] }),
  );
  return found.find(({ InstanceId }) => InstanceId === id)?.AutoScalingGroupName;
}

/** Only Application Load Balancers count requests; what others count are connections and bytes. */
export function countedOfGroup(arn: string, loadBalancers: readonly string[]): Counted[] {
  const dimensions = loadBalancers
    .filter((name) => name.startsWith('app/'))
    .map((name) => [
      { Name: 'TargetGroup', Value: metricNameOf(arn) },
      { Name: 'LoadBalancer', Value: name },
    ]);
  if (dimensions.length === 0) return [];
  const failures = ['HTTPCode_Target_5XX_Count', 'TargetConnectionErrorCount'];
  return [{ of: arn, namespace: 'AWS/ApplicationELB', requests: 'RequestCount', failures, dimensions }];
}

export function countedOfFunction(arn: string): Counted {
  const dimensions = [[{ Name: 'FunctionName', Value: arn.split(':')[6] ?? '' }]];
  return { of: arn, namespace: 'AWS/Lambda', requests: 'Invocations', failures: ['Errors'], dimensions };
}

function functionArn(target: Target): string {
  return fillResource(`arn:{partition}:lambda:{region}:{account}:function:${target.id}`, target);
}

/** `targetgroup/web/73e2d6bc24d8a067`, as the metrics of Elastic Load Balancing name it. */
function metricNameOf(arn: string): string {
  return arn.slice(arn.indexOf(':targetgroup/') + 1);
}

/** A cluster of EKS has no metrics of AWS's own. */
function ofCluster(arn: string, cluster: string): string[] {
  return arn.includes(':ecs:') ? [`ClusterName=${cluster}`] : [];
}

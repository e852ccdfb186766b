import {
  type Cluster,
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListServicesCommand,
  type Service,
  type Tag,
  type Task,
} from '@aws-sdk/client-ecs';
import type { HandledEntity } from '../../core/entity.ts';
import { hasName } from '../../core/named-error.ts';
import { ecsArn, type Reader } from './reads.ts';

/** A task as findings name it, `cluster/id`; a container of Kubernetes or Docker looks otherwise. */
const TASK = /^([\w-]{1,255})\/[0-9a-f]{32}$/;
const CLUSTER = /^[\w-]{1,255}$/;
/** As many as one call describes. */
const SERVICES = 10;

/** What a target means in ECS. */
export interface Found {
  readonly cluster: Cluster;
  readonly task: Task | undefined;
  readonly services: readonly Service[];
  /** The cluster has more services than were read. */
  readonly more: boolean;
}

/** Undefined for what is no cluster or task of ECS, or no longer. */
export async function findServices(target: HandledEntity, account: Reader): Promise<Found | undefined> {
  if (target.arn !== undefined && !target.arn.includes(':ecs:')) return undefined;
  const name = target.kind === 'container' ? TASK.exec(target.id)?.[1] : target.id;
  if (name === undefined || !CLUSTER.test(name)) return undefined;
  const cluster = await readCluster(ecsArn(target, `cluster/${name}`), account);
  if (!cluster) return undefined;
  return target.kind === 'container' ? ofTask(target, cluster, name, account) : ofCluster(cluster, account);
}

/** ECS describes a deleted cluster as INACTIVE for a while. */
async function readCluster(arn: string, account: Reader): Promise<Cluster | undefined> {
  const input = { clusters: [arn], include: ['TAGS' as const] };
  const { clusters } = await account.send(new DescribeClustersCommand(input));
  const found = clusters?.find(({ clusterArn }) => clusterArn === arn);
  return found?.status === 'INACTIVE' ? undefined : found;
}

async function ofCluster(cluster: Cluster, account: Reader): Promise<Found> {
  const { serviceArns: listed = [], nextToken: next } = await account.send(
    new ListServicesCommand({ cluster: cluster.clusterArn, maxResults: SERVICES }),
  );
  const services = await describeServices(cluster, listed, account);
  return { cluster, task: undefined, services, more: next !== undefined };
}

/** A task's group is text that whoever runs a task chooses; the service's own deployment must have started it. */
async function ofTask(
  target: HandledEntity,
  cluster: Cluster,
  name: string,
  account: Reader,
): Promise<Found | undefined> {
  const task = await readTask(target, cluster, account);
  if (!task) return undefined;
  const group = /^service:([\w-]{1,255})$/.exec(task.group ?? '')?.[1];
  const named = group === undefined ? [] : [ecsArn(target, `service/${name}/${group}`)];
  const services = (await describeServices(cluster, named, account)).filter(({ deployments }) =>
    deployments?.some(({ id }) => id === task.startedBy),
  );
  return { cluster, task, services, more: false };
}

async function readTask(
  target: HandledEntity,
  { clusterArn: cluster }: Cluster,
  account: Reader,
): Promise<Task | undefined> {
  const input = { cluster, tasks: [ecsArn(target, `task/${target.id}`)], include: ['TAGS' as const] };
  try {
    return (await account.send(new DescribeTasksCommand(input))).tasks?.[0];
  } catch (error) {
    if (hasName(error, 'ClusterNotFoundException')) return undefined;
    throw error;
  }
}

/** Deleted ones, which ECS describes as INACTIVE, left out. */
async function describeServices(
  { clusterArn: cluster }: Cluster,
  services: string[],
  account: Reader,
): Promise<readonly Service[]> {
  if (services.length === 0) return [];
  const input = { cluster, services, include: ['TAGS' as const] };
  const { services: found = [] } = await account.send(new DescribeServicesCommand(input));
  return found.filter(({ status }) => status !== 'INACTIVE');
}

/** ECS writes tags in lower case. */
export function tagsOf(tags: readonly Tag[] = []) {
  return tags.map(({ key, value }) => ({ Key: key, Value: value }));
}

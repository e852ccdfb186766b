import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import { NotOursError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { Target } from '../../core/plan.ts';
import type { Tag } from '../../core/reserved-tags.ts';
import { ecsArn, type Parameters, type Reader } from './operations.ts';

/** A task as findings name it, `cluster/id`; a container of Kubernetes or Docker looks otherwise. */
const TASK = /^([\w-]{1,255})\/[0-9a-f]{32}$/;
const CLUSTER = /^[\w-]{1,255}$/;

/** A service in its cluster, by names that are safe in an ARN. */
export interface Place {
  readonly cluster: string;
  readonly service: string;
  /** The task that the finding is about, if it is about one. */
  readonly task?: Task;
}

/**
 * The service that a target means. Throws TargetNotFoundError, NotOursError for a task of no service, and
 * WrongStateError for a cluster without the name of a service.
 */
export async function placeOf(target: Target, params: Parameters, account: Reader): Promise<Place> {
  const name = `${target.kind} ${target.id}`;
  // An EKS cluster is one as well, by its ARN.
  if (target.arn !== undefined && !target.arn.includes(':ecs:'))
    throw new NotOursError(name, 'it is no cluster or task of ECS');
  if (target.kind === 'container') return ofTask(target, account);
  if (!CLUSTER.test(target.id)) throw new TargetNotFoundError(name);
  if (params.service === undefined)
    throw new WrongStateError(name, 'a whole cluster', 'name the service to stop, or the task of a finding');
  return { cluster: target.id, service: params.service };
}

/** A task's group is text that whoever runs a task chooses; the service's own deployment must have started it. */
async function ofTask(target: Target, account: Reader): Promise<Place> {
  const name = `task ${target.id}`;
  const cluster = TASK.exec(target.id)?.[1];
  if (cluster === undefined) throw new TargetNotFoundError(name);
  const task = await readTask(target, cluster, account);
  if (!task) throw new TargetNotFoundError(name);
  const service = /^service:([\w-]{1,255})$/.exec(task.group ?? '')?.[1];
  const running =
    service === undefined ? undefined : await readService(target, { cluster, service }, account);
  if (service === undefined || !running?.deployments?.some(({ id }) => id === task.startedBy))
    throw new NotOursError(name, 'no service keeps it running; stop the task itself');
  return { cluster, service, task };
}

async function readTask(target: Target, cluster: string, account: Reader): Promise<Task | undefined> {
  const input = {
    cluster: ecsArn(target, `cluster/${cluster}`),
    tasks: [ecsArn(target, `task/${target.id}`)],
  };
  try {
    return (await account.send(new DescribeTasksCommand(input))).tasks?.[0];
  } catch (error) {
    if (hasName(error, 'ClusterNotFoundException')) return undefined;
    throw error;
  }
}

/** Undefined for a service that is not there, or no longer: ECS describes a deleted one as INACTIVE. */
export async function readService(
  target: Target,
  { cluster, service }: Place,
  account: Reader,
): Promise<Service | undefined> {
  const input = {
    cluster: ecsArn(target, `cluster/${cluster}`),
    services: [ecsArn(target, `service/${cluster}/${service}`)],
    include: ['TAGS' as const],
  };
  try {
    const found = (await account.send(new DescribeServicesCommand(input))).services?.[0];
    return found?.status === 'INACTIVE' ? undefined : found;
  } catch (error) {
    if (hasName(error, 'ClusterNotFoundException')) return undefined;
    throw error;
  }
}

/** A cluster's tags count for all that runs in it. */
export async function readClusterTags(target: Target, { cluster }: Place, account: Reader) {
  const input = { clusters: [ecsArn(target, `cluster/${cluster}`)], include: ['TAGS' as const] };
  const { clusters } = await account.send(new DescribeClustersCommand(input));
  return tagsOf(clusters?.[0]?.tags);
}

/** ECS writes tags in lower case. */
export function tagsOf(
  tags: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[] = [],
): readonly Tag[] {
  return tags.map(({ key, value }) => ({ Key: key, Value: value }));
}

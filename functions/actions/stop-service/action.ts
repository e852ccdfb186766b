import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { defineAction } from '../../core/account.ts';
import { NothingToDoError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { hasName } from '../../core/named-error.ts';
import type { Target } from '../../core/plan.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { blastRadius, cannotRestore } from './losses.ts';
import {
  type Before,
  beforeOf,
  ecsArn,
  Parameters,
  permissions,
  type Reader,
  reads,
  type Writer,
  writes,
} from './operations.ts';
import { type Place, placeOf, readClusterTags, readService, tagsOf } from './service.ts';

const nameOf = ({ cluster, service }: Pick<Before, 'cluster' | 'service'>) => `service ${cluster}/${service}`;

/** Ends every task of an ECS service: one alone would only be replaced, by the same image. */
export const stopService = defineAction({
  id: 'stop-service',
  title: 'Stop a container service',
  targets: ['container', 'cluster'],
  danger: 'high',
  family: 'compute',
  order: 'network',
  params: Parameters,
  reads,
  writes,
  permissions,

  async plan(target, params, account) {
    const place = await placeOf(target, params, account);
    const { desiredCount, service } = await readStoppable(target, place, account);
    const { cluster, service: name } = place;
    const tags = tagsOf(service.tags);
    const clusterTags = await readClusterTags(target, place, account);
    const resource = target.kind === 'container' ? `task/${target.id}` : `cluster/${cluster}`;
    return {
      before: { cluster, service: name, desiredCount },
      expected: { desiredCount: 0 },
      change: `Service ${name} in cluster ${cluster} wants 0 tasks instead of ${desiredCount}: all its tasks are stopped, and none is started.`,
      undo: `Let service ${name} want ${desiredCount} tasks again: new ones are started.`,
      cannotRestore,
      blastRadius: [...(await blastRadius(target, place, service, account)), ...keptByCode(tags)],
      protectedTarget: isProtected(tags) || isProtected(clusterTags),
      observed: { id: target.id, arn: ecsArn(target, resource) },
    };
  },

  execute: (planned, account) => want(0, planned.target, beforeOf(planned), account),

  async verify(planned, account) {
    const service = await readService(planned.target, beforeOf(planned), account);
    if (!service) return { status: 'done', observed: 'the service no longer exists' };
    const { desiredCount, runningCount = 0, pendingCount = 0 } = service;
    return {
      status: desiredCount === 0 ? 'done' : 'not-done',
      observed: `the service wants ${desiredCount} task(s), and ${runningCount + pendingCount} have not stopped yet`,
    };
  },

  async rollback(planned, account) {
    const before = beforeOf(planned);
    const { desiredCount } = (await readService(planned.target, before, account)) ?? {};
    if (desiredCount === undefined) throw new TargetNotFoundError(nameOf(before));
    if (desiredCount === before.desiredCount) return;
    if (desiredCount !== 0)
      throw new WrongStateError(
        nameOf(before),
        `set to ${desiredCount} task(s) since, by somebody or by a scaling policy`,
        'it is not stopped any more; set the count by hand if it is wrong',
      );
    await want(before.desiredCount, planned.target, before, account);
  },
});

/** Throws TargetNotFoundError, NothingToDoError, and WrongStateError for what has no count to set. */
async function readStoppable(target: Target, place: Place, account: Reader) {
  const name = nameOf(place);
  const service = await readService(target, place, account);
  if (!service) throw new TargetNotFoundError(name);
  const { status, schedulingStrategy, desiredCount = 0 } = service;
  if (status !== 'ACTIVE') throw new WrongStateError(name, status ?? 'unknown', 'it is being deleted');
  if (schedulingStrategy === 'DAEMON')
    throw new WrongStateError(
      name,
      'a daemon',
      'it runs on every instance of the cluster, and ECS lets nobody set its count; stop or isolate the instance',
    );
  if (desiredCount === 0) throw new NothingToDoError(name, 'wants no tasks');
  return { service, desiredCount };
}

async function want(
  desiredCount: number,
  target: Target,
  { cluster, service }: Before,
  account: Writer,
): Promise<void> {
  const input = {
    cluster: ecsArn(target, `cluster/${cluster}`),
    service: ecsArn(target, `service/${cluster}/${service}`),
    desiredCount,
  };
  try {
    await account.send(new UpdateServiceCommand(input));
  } catch (error) {
    if (!hasName(error, 'ServiceNotFoundException', 'ServiceNotActiveException', 'ClusterNotFoundException'))
      throw error;
    throw new TargetNotFoundError(nameOf({ cluster, service }), { cause: error });
  }
}

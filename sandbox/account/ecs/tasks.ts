import type * as ecs from '@aws-sdk/client-ecs';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { uuid } from '../ids.ts';
import {
  ecsArn,
  findCluster,
  inScope,
  keyIn,
  missing,
  requireResource,
  type Scope,
  tagList,
} from './scope.ts';
import type { ServiceState, TaskState } from './state.ts';

/** Tasks: what really runs. */
export function taskOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeTasks: inScope<ecs.DescribeTasksCommandInput, ecs.DescribeTasksCommandOutput>(
      cloud,
      ({ cluster, tasks = [] }, scope) =>
        tasks.map((one) => requireResource(scope, 'DescribeTasks', 'task', cluster, one)),
      (input, scope) => {
        const { found, failures } = lookUp(input, scope);
        return { tasks: found.map((one) => shown(one, scope, input.include ?? [])), failures };
      },
    ),
    GetTaskProtection: inScope<ecs.GetTaskProtectionCommandInput, ecs.GetTaskProtectionCommandOutput>(
      cloud,
      ({ cluster, tasks = [] }, scope) =>
        tasks.map((one) => requireResource(scope, 'GetTaskProtection', 'task', cluster, one)),
      (input, scope) => {
        const { found, failures } = lookUp(input, scope);
        return { protectedTasks: found.map((one) => protection(one, scope)), failures };
      },
    ),
  };
}

/** The tasks of a service that do not stand still. */
export function tasksOf({ clusterName, serviceName }: ServiceState, { ecs: state }: Scope): TaskState[] {
  return Object.values(state.tasks).filter(
    (one) =>
      one.clusterName === clusterName &&
      one.group === `service:${serviceName}` &&
      one.lastStatus !== 'STOPPED',
  );
}

/** What the scheduler does, at once: AWS takes seconds to minutes. A task under scale-in protection runs on. */
export function scaleTo(count: number, service: ServiceState, scope: Scope): void {
  const running = tasksOf(service, scope);
  const removable = running.filter((one) => !isProtected(one, scope));
  for (const task of removable.slice(0, Math.max(0, running.length - count)))
    stopTask(task, `Scaling activity initiated by (deployment ${service.deploymentId})`);
  for (let missingTasks = count - running.length; missingTasks > 0; missingTasks -= 1)
    startTask(service, scope);
}

export function stopTask(task: TaskState, reason: string): void {
  task.lastStatus = 'STOPPED';
  task.stoppedReason = reason;
}

function startTask(
  { clusterName, serviceName, taskDefinition, deploymentId }: ServiceState,
  scope: Scope,
): void {
  const taskId = uuid(scope.cloud).replaceAll('-', '');
  scope.ecs.tasks[`${clusterName}/${taskId}`] = {
    taskId,
    clusterName,
    group: `service:${serviceName}`,
    startedBy: deploymentId,
    taskDefinition,
    lastStatus: 'RUNNING',
    tags: {},
  };
}

function lookUp(
  { cluster, tasks = [] }: { readonly cluster?: string | undefined; readonly tasks?: string[] | undefined },
  scope: Scope,
) {
  const { clusterName } = findCluster(scope, cluster);
  const keys = tasks.map((one) => keyIn(clusterName, one));
  if (keys.some((key) => !/\/([0-9a-f]{32}|[0-9a-f-]{36})$/.test(key)))
    throw new AwsError('InvalidParameterException', 'taskId length should be one of [32,36]');
  return {
    found: keys.flatMap((key) => find(scope.ecs.tasks, key) ?? []),
    failures: keys.filter((key) => !find(scope.ecs.tasks, key)).map((key) => missing(scope, 'task', key)),
  };
}

export function shown(task: TaskState, scope: Scope, include: readonly string[] = []): ecs.Task {
  const { taskId, clusterName, taskDefinition, group, startedBy, lastStatus, stoppedReason, tags } = task;
  return {
    taskArn: ecsArn(scope, `task/${clusterName}/${taskId}`),
    clusterArn: ecsArn(scope, `cluster/${clusterName}`),
    taskDefinitionArn: ecsArn(scope, `task-definition/${taskDefinition}`),
    group,
    startedBy,
    lastStatus,
    desiredStatus: lastStatus === 'STOPPED' ? 'STOPPED' : 'RUNNING',
    stoppedReason,
    ...(include.includes('TAGS') ? { tags: tagList(tags) } : {}),
  };
}

function isProtected({ protectedUntil }: TaskState, { cloud }: Scope): boolean {
  return protectedUntil !== undefined && Date.parse(protectedUntil) > cloud.now().getTime();
}

function protection(task: TaskState, scope: Scope): ecs.ProtectedTask {
  return {
    taskArn: ecsArn(scope, `task/${task.clusterName}/${task.taskId}`),
    protectionEnabled: isProtected(task, scope),
    expirationDate: task.protectedUntil === undefined ? undefined : new Date(task.protectedUntil),
  };
}

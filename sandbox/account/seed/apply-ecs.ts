import type { Cloud } from '../cloud.ts';
import { ecsState } from '../ecs/state.ts';
import type { AccountSeed } from './account-schema.ts';

/** Adds the seeded clusters, with their services and tasks, to the account's region. */
export function applyEcs(cloud: Cloud, { account, region, ecs }: AccountSeed): void {
  const state = ecsState(cloud, account, region);
  for (const definition of ecs.taskDefinitions) {
    state.taskDefinitions ??= {};
    state.taskDefinitions[`${definition.family}:${definition.revision}`] = definition;
  }
  for (const { services, tasks, clusterName, tags } of ecs.clusters) {
    state.clusters[clusterName] = { clusterName, tags: { ...tags } };
    for (const task of tasks) state.tasks[`${clusterName}/${task.taskId}`] = { ...task, clusterName };
    for (const { tasks: own, ...service } of services) {
      const { serviceName, deploymentId: startedBy } = service;
      state.services[`${clusterName}/${serviceName}`] = { ...service, clusterName };
      for (const task of own)
        state.tasks[`${clusterName}/${task.taskId}`] = {
          startedBy,
          ...task,
          clusterName,
          group: `service:${serviceName}`,
        };
    }
  }
}

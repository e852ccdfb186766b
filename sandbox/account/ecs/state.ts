import type { Cloud } from '../cloud.ts';

export interface ClusterState {
  readonly clusterName: string;
  readonly tags: Record<string, string>;
}

export interface ServiceState {
  readonly serviceName: string;
  readonly clusterName: string;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  readonly schedulingStrategy: 'REPLICA' | 'DAEMON';
  desiredCount: number;
  readonly taskDefinition: string;
  /** The id of its deployment, which starts its tasks: `ecs-svc/0123456789012345678`. */
  readonly deploymentId: string;
  readonly targetGroups: readonly string[];
  readonly tags: Record<string, string>;
}

export interface TaskState {
  readonly taskId: string;
  readonly clusterName: string;
  /** `service:web`, or `family:batch` for a task that was run by itself. */
  readonly group: string;
  readonly startedBy?: string | undefined;
  readonly taskDefinition: string;
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  stoppedReason?: string | undefined;
  /** ISO 8601. Until then no scale-in stops it. */
  readonly protectedUntil?: string | undefined;
  readonly tags: Record<string, string>;
}

/** One region's clusters by name, services by `cluster/service`, tasks by `cluster/id`. */
export interface EcsState {
  readonly clusters: Record<string, ClusterState>;
  readonly services: Record<string, ServiceState>;
  readonly tasks: Record<string, TaskState>;
}

/** Made on first use: an account that was saved before it had clusters still loads. */
export function ecsState(cloud: Cloud, account: string, region: string): EcsState {
  const state = cloud.region(account, region);
  state.ecs ??= { clusters: {}, services: {}, tasks: {} };
  return state.ecs;
}

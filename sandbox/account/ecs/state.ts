import type { Cloud } from '../cloud.ts';

export interface ClusterState {
  readonly clusterName: string;
  readonly tags: Record<string, string>;
}

/** Where the tasks of a service have interfaces of their own. */
export interface ServiceNetworkState {
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly assignPublicIp: boolean;
}

/** A revision of a task definition, in the names of ECS. */
export interface TaskDefinitionState {
  readonly family: string;
  readonly revision: number;
  readonly taskRoleArn?: string | undefined;
  readonly networkMode: 'awsvpc' | 'bridge' | 'host' | 'none';
  readonly pidMode?: 'host' | 'task' | undefined;
  /** Folders of the host that its containers have. */
  readonly hostFolders: readonly string[];
  readonly containers: readonly ContainerState[];
}

export interface ContainerState {
  readonly name: string;
  readonly image: string;
  readonly privileged: boolean;
  readonly environment: Readonly<Record<string, string>>;
  /** The parameter or secret of each variable. */
  readonly secrets: Readonly<Record<string, string>>;
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
  /** This and what follows is absent where ECS has its default. */
  readonly launchType?: 'EC2' | 'FARGATE' | 'EXTERNAL' | undefined;
  readonly enableExecuteCommand?: boolean | undefined;
  readonly network?: ServiceNetworkState | undefined;
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

/** One region's clusters by name, services by `cluster/service`, tasks by `cluster/id`, definitions by `family:revision`. */
export interface EcsState {
  readonly clusters: Record<string, ClusterState>;
  readonly services: Record<string, ServiceState>;
  readonly tasks: Record<string, TaskState>;
  /** Absent in an account that was saved before. */
  taskDefinitions?: Record<string, TaskDefinitionState>;
}

/** Made on first use: an account that was saved before it had clusters still loads. */
export function ecsState(cloud: Cloud, account: string, region: string): EcsState {
  const state = cloud.region(account, region);
  state.ecs ??= { clusters: {}, services: {}, tasks: {} };
  return state.ecs;
}

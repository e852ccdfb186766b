import { AwsError, type Requirement } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { scoped } from '../scoped.ts';
import { tagContext } from '../tags.ts';
import { type ClusterState, type EcsState, ecsState } from './state.ts';

/** Where a call acts: the caller's account, in the region that the client signed for. */
export interface Scope {
  readonly cloud: Cloud;
  readonly account: string;
  readonly region: string;
  readonly ecs: EcsState;
}

/** An operation of ECS with its scope made ready. */
export const inScope = scoped<Scope>((cloud, { account }, { region }) => ({
  cloud,
  account,
  region,
  ecs: ecsState(cloud, account, region),
}));

export function ecsArn({ account, region }: Scope, resource: string): string {
  return `arn:aws:ecs:${region}:${account}:${resource}`;
}

/** `prod` of a name or an ARN; the default cluster where nothing is named. */
export function clusterName(given = 'default'): string {
  return given.split('/').at(-1) ?? given;
}

/** `prod/web` of a name or an ARN, of a service or a task: an id alone lies in the request's cluster. */
export function keyIn(cluster: string, given: string): string {
  const id = given.split('/').at(-1) ?? given;
  return `${cluster}/${id}`;
}

/** Throws ClusterNotFoundException, also for an ARN of another account. */
export function findCluster(scope: Scope, given: string | undefined): ClusterState {
  const name = clusterName(given);
  const isForeign = given?.startsWith('arn:') && given !== ecsArn(scope, `cluster/${name}`);
  const cluster = isForeign ? undefined : find(scope.ecs.clusters, name);
  if (!cluster) throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
  return cluster;
}

/** A requirement on one thing, with its tags and its cluster. An ARN that is given is asked for as it stands. */
export function requireResource(
  scope: Scope,
  action: string,
  type: 'cluster' | 'service' | 'task',
  cluster: string | undefined,
  given: string,
): Requirement {
  const name = clusterName(cluster);
  const key = type === 'cluster' ? name : keyIn(name, given);
  const stored = { cluster: scope.ecs.clusters, service: scope.ecs.services, task: scope.ecs.tasks }[type];
  const tags = find(stored as Record<string, { readonly tags: Record<string, string> }>, key)?.tags;
  return {
    action: `ecs:${action}`,
    resource: given.startsWith('arn:') ? given : ecsArn(scope, `${type}/${key}`),
    context: {
      ...tagContext(tags),
      ...(type === 'cluster' ? {} : { 'ecs:cluster': ecsArn(scope, `cluster/${name}`) }),
    },
  };
}

/** ECS writes tags in lower case. */
export function tagList(tags: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

export function missing(scope: Scope, type: string, key: string): { arn: string; reason: string } {
  return { arn: ecsArn(scope, `${type}/${key}`), reason: 'MISSING' };
}

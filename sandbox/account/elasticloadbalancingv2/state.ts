import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';

/** Something that gets a target group's traffic: an instance or an address, on a port. */
export interface TargetState {
  readonly id: string;
  readonly port: number;
  /** `draining` once it was deregistered: it gets no new connections. */
  readonly health: 'initial' | 'healthy' | 'unhealthy' | 'draining';
}

export interface TargetGroupState {
  readonly name: string;
  readonly arn: string;
  readonly vpcId: string;
  readonly protocol: string;
  /** Of targets that are registered without one. */
  readonly port: number;
  readonly targetType: 'instance' | 'ip';
  /** Those that use it, as `app/web/50dc6c495c0c9188`; absent in an account that was saved before. */
  readonly loadBalancers?: readonly string[];
  targets: TargetState[];
}

/** One region's target groups, by ARN. */
export interface LoadBalancingState {
  readonly targetGroups: Record<string, TargetGroupState>;
}

export interface TargetGroupKey {
  readonly account: string;
  readonly region: string;
  readonly arn: string;
}

/** An account that was saved before has none. */
export function targetGroupsIn(
  cloud: Cloud,
  account: string,
  region: string,
): LoadBalancingState['targetGroups'] {
  return cloud.region(account, region).elasticloadbalancingv2?.targetGroups ?? {};
}

/** Adds a target unless it is there; in the order of ids and ports, which means nothing to AWS. */
export function registerTarget(
  cloud: Cloud,
  { account, region, arn }: TargetGroupKey,
  id: string,
  port?: number,
): void {
  const group = find(targetGroupsIn(cloud, account, region), arn);
  if (!group) return;
  const target = { id, port: port ?? group.port, health: 'healthy' } as const;
  const others = group.targets.filter((one) => one.id !== id || one.port !== target.port);
  group.targets = [...others, target].sort(
    (left, right) => left.id.localeCompare(right.id) || left.port - right.port,
  );
}

/** Takes a target away, from one port or from all. */
export function unregisterTarget(
  cloud: Cloud,
  { account, region, arn }: TargetGroupKey,
  id: string,
  port?: number,
): void {
  const group = find(targetGroupsIn(cloud, account, region), arn);
  if (!group) return;
  group.targets = group.targets.filter((one) => one.id !== id || (port !== undefined && one.port !== port));
}

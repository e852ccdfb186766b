import type { Instance } from '@aws-sdk/client-ec2';
import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Sign } from '../core/health.ts';
import {
  isHealthy,
  MOST_GROUPS,
  type Attached as Registered,
  type TargetGroup,
  type TargetGroupQuestions,
  targetGroupsOf,
} from '../core/target-groups.ts';
import type { Reader } from './operations.ts';

type TargetsSign = Extract<Sign, { kind: 'healthy-targets' }>;

/** A target group that sends traffic to the instance, and the load balancers before it. */
export interface Attached {
  readonly arn: string;
  readonly loadBalancers: readonly string[];
  readonly sign: TargetsSign;
}

/** The target groups that send traffic to an instance, and what was left out. */
export async function findTargetGroups(
  instance: Instance,
  account: Reader,
): Promise<{ readonly attached: readonly Attached[]; readonly gaps: readonly string[] }> {
  const ask: TargetGroupQuestions = {
    groups: (input) => account.send(new DescribeTargetGroupsCommand(input)),
    health: (input) => account.send(new DescribeTargetHealthCommand(input)),
  };
  const { attached, groups, unread } = await targetGroupsOf(instance, ask, MOST_GROUPS);
  return {
    attached: attached.map(toAttached),
    gaps: unread > 0 ? [`target groups: only ${groups - unread} of ${groups} in its VPC were looked at`] : [],
  };
}

function toAttached({ arn, group, own: all, others }: Registered): Attached {
  const own = all.filter(isHealthy).length;
  const value = own + others.filter(isHealthy).length;
  const sign: TargetsSign = { kind: 'healthy-targets', of: arn, value, own, note: '' };
  return { arn, loadBalancers: balancersOf(group), sign };
}

/** How many targets of the group are healthy now. */
export async function readTargets({ of, own }: TargetsSign, account: Reader): Promise<TargetsSign> {
  const answer = await account.send(new DescribeTargetHealthCommand({ TargetGroupArn: of }));
  const value = (answer.TargetHealthDescriptions ?? []).filter(isHealthy).length;
  return { kind: 'healthy-targets', of, value, own, note: '' };
}

/** The load balancers that use a target group: `app/web/50dc6c495c0c9188`, as their metrics name them. */
export async function loadBalancersOf(arn: string, account: Reader): Promise<readonly string[]> {
  const { TargetGroups: [group] = [] } = await account.send(
    new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }),
  );
  return group ? balancersOf(group) : [];
}

function balancersOf({ LoadBalancerArns = [] }: TargetGroup): string[] {
  return LoadBalancerArns.map((arn) => arn.replace(/^.*:loadbalancer\//, ''));
}

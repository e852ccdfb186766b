import type { Instance } from '@aws-sdk/client-ec2';
import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type TargetGroup,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { boundedList } from '../core/bounded.ts';
import type { Sign } from '../core/health.ts';
import type { Reader } from './operations.ts';

type TargetsSign = Extract<Sign, { kind: 'healthy-targets' }>;

/** Each group takes a call of its own. */
const MOST_GROUPS = 50;

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
  const groups = (await listGroups(account)).filter(({ VpcId }) => VpcId === instance.VpcId);
  const { items, truncated } = boundedList(groups, MOST_GROUPS);
  const found = await Promise.all(items.map((group) => attachment(group, instance, account)));
  return {
    attached: found.filter((one) => one !== undefined),
    gaps: truncated
      ? [`target groups: only ${MOST_GROUPS} of ${groups.length} in its VPC were looked at`]
      : [],
  };
}

/** How many targets of the group are healthy now. */
export async function readTargets({ of, own }: TargetsSign, account: Reader): Promise<TargetsSign> {
  const targets = await healthOf(of, account);
  return { kind: 'healthy-targets', of, value: targets.filter(isHealthy).length, own, note: '' };
}

/** The load balancers that use a target group: `app/web/50dc6c495c0c9188`, as their metrics name them. */
export async function loadBalancersOf(arn: string, account: Reader): Promise<readonly string[]> {
  const { TargetGroups: [group] = [] } = await account.send(
    new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }),
  );
  return group ? balancersOf(group) : [];
}

async function listGroups(account: Reader): Promise<readonly TargetGroup[]> {
  const groups: TargetGroup[] = [];
  let Marker: string | undefined;
  do {
    const page = await account.send(new DescribeTargetGroupsCommand({ Marker }));
    groups.push(...(page.TargetGroups ?? []));
    Marker = page.NextMarker;
  } while (Marker);
  return groups;
}

async function attachment(
  group: TargetGroup,
  instance: Instance,
  account: Reader,
): Promise<Attached | undefined> {
  const arn = group.TargetGroupArn ?? '';
  const targets = await healthOf(arn, account);
  const own = targets.filter((target) => isOf(instance, target));
  if (own.length === 0) return undefined;
  const healthy = { value: targets.filter(isHealthy).length, own: own.filter(isHealthy).length };
  const sign: TargetsSign = { kind: 'healthy-targets', of: arn, ...healthy, note: '' };
  return { arn, loadBalancers: balancersOf(group), sign };
}

async function healthOf(TargetGroupArn: string, account: Reader): Promise<TargetHealthDescription[]> {
  const answer = await account.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return answer.TargetHealthDescriptions ?? [];
}

function isHealthy({ TargetHealth }: TargetHealthDescription): boolean {
  return TargetHealth?.State === 'healthy';
}

function isOf({ InstanceId, NetworkInterfaces = [] }: Instance, { Target }: TargetHealthDescription) {
  const addresses = NetworkInterfaces.flatMap((one) => [
    one.PrivateIpAddress,
    ...(one.PrivateIpAddresses ?? []).map(({ PrivateIpAddress }) => PrivateIpAddress),
  ]);
  return Target?.Id !== undefined && [InstanceId, ...addresses].includes(Target.Id);
}

function balancersOf({ LoadBalancerArns = [] }: TargetGroup): string[] {
  return LoadBalancerArns.map((arn) => arn.replace(/^.*:loadbalancer\//, ''));
}

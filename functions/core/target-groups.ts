import { hasName } from './named-error.ts';
import type { Consequence } from './plan.ts';
import { measured } from './reach.ts';

/** An instance, as far as its registrations are found by it. */
interface Addressed {
  readonly InstanceId?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly NetworkInterfaces?:
    | readonly {
        readonly PrivateIpAddress?: string | undefined;
        readonly PrivateIpAddresses?:
          | readonly { readonly PrivateIpAddress?: string | undefined }[]
          | undefined;
      }[]
    | undefined;
}

/** A target group, as DescribeTargetGroups answers it. */
export interface TargetGroup {
  readonly TargetGroupArn?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly Port?: number | undefined;
  readonly LoadBalancerArns?: readonly string[] | undefined;
}

/** One target and its health, as DescribeTargetHealth answers it. */
export interface TargetHealth {
  readonly Target?:
    | {
        readonly Id?: string | undefined;
        readonly Port?: number | undefined;
        readonly AvailabilityZone?: string | undefined;
      }
    | undefined;
  readonly TargetHealth?: { readonly State?: string | undefined } | undefined;
}

/** The two questions about target groups; whoever holds an account sends the commands. */
export interface TargetGroupQuestions {
  groups(input: { Marker: string | undefined }): Promise<{
    readonly TargetGroups?: readonly TargetGroup[] | undefined;
    readonly NextMarker?: string | undefined;
  }>;
  health(input: {
    TargetGroupArn: string;
  }): Promise<{ readonly TargetHealthDescriptions?: readonly TargetHealth[] | undefined }>;
}

/** A target group that has an instance among its targets: by its own id, or by one of its addresses. */
export interface Attached {
  readonly arn: string;
  readonly group: TargetGroup;
  readonly own: readonly TargetHealth[];
  readonly others: readonly TargetHealth[];
}

export interface Attachments {
  readonly attached: readonly Attached[];
  /** How many groups there are in the instance's VPC, and how many of them were not looked at. */
  readonly groups: number;
  readonly unread: number;
}

/** Each group takes a call of its own: what a measurement may take of Elastic Load Balancing's patience. */
export const MOST_GROUPS = 50;
const AT_ONCE = 10;

/**
 * The target groups that an instance is in, of the first `most` of its VPC: a target is in the VPC of its group, and
 * an address of another VPC's instance is none of this one.
 */
export async function targetGroupsOf(
  instance: Addressed,
  ask: TargetGroupQuestions,
  most: number,
): Promise<Attachments> {
  const groups = (await listGroups(ask)).filter(({ VpcId }) => VpcId === instance.VpcId);
  const looked = groups.slice(0, most);
  const attached: Attached[] = [];
  for (let from = 0; from < looked.length; from += AT_ONCE) {
    const some = looked.slice(from, from + AT_ONCE).map((group) => attachment(group, instance, ask));
    attached.push(...(await Promise.all(some)).filter(({ own }) => own.length > 0));
  }
  return { attached, groups: groups.length, unread: groups.length - looked.length };
}

async function listGroups(ask: TargetGroupQuestions): Promise<readonly TargetGroup[]> {
  const groups: TargetGroup[] = [];
  let Marker: string | undefined;
  do {
    const page = await ask.groups({ Marker });
    groups.push(...(page.TargetGroups ?? []));
    Marker = page.NextMarker;
  } while (Marker);
  return groups;
}

async function attachment(
  group: TargetGroup,
  instance: Addressed,
  ask: TargetGroupQuestions,
): Promise<Attached> {
  const arn = group.TargetGroupArn ?? '';
  const targets = await targetsOf(arn, ask);
  const own = targets.filter((target) => isOf(instance, target));
  return { arn, group, own, others: targets.filter((target) => !own.includes(target)) };
}

/** A group that was deleted a moment ago has no targets. */
async function targetsOf(
  TargetGroupArn: string,
  ask: TargetGroupQuestions,
): Promise<readonly TargetHealth[]> {
  try {
    return (await ask.health({ TargetGroupArn })).TargetHealthDescriptions ?? [];
  } catch (error) {
    if (hasName(error, 'TargetGroupNotFoundException')) return [];
    throw error;
  }
}

function isOf({ InstanceId, NetworkInterfaces = [] }: Addressed, { Target: target }: TargetHealth): boolean {
  const addresses = NetworkInterfaces.flatMap((one) => [
    one.PrivateIpAddress,
    ...(one.PrivateIpAddresses ?? []).map(({ PrivateIpAddress }) => PrivateIpAddress),
  ]);
  return target?.Id !== undefined && [InstanceId, ...addresses].includes(target.Id);
}

export function isHealthy({ TargetHealth: health }: TargetHealth): boolean {
  return health?.State === 'healthy';
}

/** A target that drains gets no new connections, and is on its way out already. */
export function isServed({ TargetHealth: health }: TargetHealth): boolean {
  return health?.State !== 'draining';
}

/**
 * Who will miss an instance that answers nobody: the load balancers before it, and the groups that it leaves without a
 * healthy target.
 */
export function losingBalancers(
  instance: Addressed,
  ask: TargetGroupQuestions,
): Promise<readonly Consequence[]> {
  return measured('load balancers that send it traffic', async () =>
    losses(await targetGroupsOf(instance, ask, MOST_GROUPS)),
  );
}

function losses({ attached, groups, unread }: Attachments): readonly Consequence[] {
  const serving = attached.filter(({ own }) => own.some(isServed));
  const balancers = new Set(serving.flatMap(({ group }) => group.LoadBalancerArns ?? []));
  const empty = serving.filter(({ others }) => !others.some(isHealthy));
  const count = (number: number) => (unread > 0 ? null : number);
  const evidence =
    unread > 0
      ? `not available: only ${groups - unread} of ${groups} target groups in its VPC were looked at`
      : 'DescribeTargetGroups and DescribeTargetHealth; Classic Load Balancers are not read';
  return [
    { what: 'load balancers that send it traffic', count: count(balancers.size), evidence },
    { what: 'target groups that lose it', count: count(serving.length), evidence },
    { what: 'target groups in which nothing healthy is left', count: count(empty.length), evidence },
  ];
}

/** Live connections are nowhere to be asked: EC2 tells nobody what it tracks. */
export const establishedConnections: Consequence = {
  what: 'established connections',
  count: null,
  evidence: 'not available: no flow logs are read',
};

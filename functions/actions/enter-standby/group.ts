import {
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { NothingToDoError, NotYetError, WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { PlannedAction } from '../../core/plan.ts';

export const reads = [
  DescribeInstancesCommand,
  DescribeAutoScalingInstancesCommand,
  DescribeAutoScalingGroupsCommand,
] as const;
export const writes = [EnterStandbyCommand, ExitStandbyCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/**
 * The group by its name, which is anybody's text, and by the id that AWS gave it: another group of the same name has
 * another one. Not its capacity, which changes with the weather.
 */
const Before = z.strictObject({ group: z.string(), groupId: z.uuid(), lifecycle: z.literal('InService') });
export type Before = z.infer<typeof Before>;

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}

/** An instance as the member of a group. */
export interface Membership {
  readonly group: string;
  readonly lifecycle: string;
}

/** Undefined for an instance that is in no group. */
export async function readMembership(id: string, account: Reader): Promise<Membership | undefined> {
  const { AutoScalingInstances: found } = await account.send(
    new DescribeAutoScalingInstancesCommand({ InstanceIds: [id] }),
  );
  const member = found?.find((one) => one.InstanceId === id);
  return (
    member && { group: member.AutoScalingGroupName ?? '', lifecycle: member.LifecycleState ?? 'unknown' }
  );
}

/** Throws WrongStateError for a group that is gone. */
export async function readGroup(id: string, name: string, account: Reader): Promise<AutoScalingGroup> {
  const { AutoScalingGroups: found } = await account.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
  );
  const group = found?.find((one) => one.AutoScalingGroupName === name);
  if (!group)
    throw new WrongStateError(`instance ${id}`, 'in a group that is being deleted', 'it goes with its group');
  return group;
}

/** Throws NothingToDoError for what is in standby or in no group, WrongStateError for what is on its way. */
export function checkInService(id: string, member: Membership | undefined): Membership {
  const name = `instance ${id}`;
  if (!member) throw new NothingToDoError(name, 'is in no Auto Scaling group');
  if (member.lifecycle === 'InService') return member;
  if (isStandby(member)) throw new NothingToDoError(name, `is ${member.lifecycle}`);
  throw new WrongStateError(
    name,
    member.lifecycle,
    'only what is in service can go into standby; plan again',
  );
}

export function isStandby({ lifecycle }: Membership): boolean {
  return lifecycle === 'Standby' || lifecycle === 'EnteringStandby';
}

/** The id between the colons of `arn:aws:autoscaling:REGION:ACCOUNT:autoScalingGroup:ID:autoScalingGroupName/NAME`. */
export function groupIdOf({ AutoScalingGroupARN: arn = '' }: AutoScalingGroup): string {
  return arn.split(':')[6] ?? '';
}

export async function enter(id: string, { group }: Before, account: Writer): Promise<void> {
  const request = { AutoScalingGroupName: group, InstanceIds: [id] };
  await account
    .send(new EnterStandbyCommand({ ...request, ShouldDecrementDesiredCapacity: true }))
    .catch(
      refused(id, 'its group cannot do without it now; lower its minimum size, or isolate the instance'),
    );
}

export async function exit(id: string, { group }: Before, account: Writer): Promise<void> {
  await account
    .send(new ExitStandbyCommand({ AutoScalingGroupName: group, InstanceIds: [id] }))
    .catch(refused(id, 'its group has no room for it now; raise its maximum size, and try again'));
}

/** AWS's own words may hold the group's name, and stay in the cause. */
function refused(id: string, advice: string) {
  return (error: unknown): never => {
    if (hasName(error, 'ResourceContentionFault'))
      throw new NotYetError(`the Auto Scaling group of instance ${id}`, 'busy with another change');
    if (!hasName(error, 'ValidationError')) throw error;
    throw Object.assign(new WrongStateError(`instance ${id}`, 'refused by Auto Scaling', advice), {
      cause: error,
    });
  };
}

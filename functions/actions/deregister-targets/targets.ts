import { DescribeInstancesCommand, type Instance } from '@aws-sdk/client-ec2';
import {
  DeregisterTargetsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { PlannedAction } from '../../core/plan.ts';
import {
  type Attached,
  isHealthy,
  isServed,
  type TargetGroupQuestions,
  type TargetHealth,
  targetGroupsOf,
} from '../../core/target-groups.ts';

export const reads = [
  DescribeInstancesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
] as const;
export const writes = [DeregisterTargetsCommand, RegisterTargetsCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** One registration: in which group, as what (the instance's id or an address of it), on which port. */
const Registration = z.strictObject({
  group: z.string(),
  id: z.string(),
  port: z.int(),
  zone: z.string().nullable(),
});
export type Registration = z.infer<typeof Registration>;
const Before = z.strictObject({ targets: z.array(Registration) });

export function beforeOf(planned: PlannedAction): readonly Registration[] {
  return Before.parse(planned.before).targets;
}

/** A registration, and how many others of its group can take over. */
export interface Found {
  readonly registration: Registration;
  readonly healthyOthers: number;
}

/** Everywhere that the instance gets traffic, by itself or by one of its addresses, in all groups of its VPC. */
export async function readRegistrations(instance: Instance, account: Reader): Promise<readonly Found[]> {
  const ask: TargetGroupQuestions = {
    groups: (input) => account.send(new DescribeTargetGroupsCommand(input)),
    health: (input) => account.send(new DescribeTargetHealthCommand(input)),
  };
  const { attached } = await targetGroupsOf(instance, ask, Number.POSITIVE_INFINITY);
  return attached.flatMap(found).sort((a, b) => keyOf(a.registration).localeCompare(keyOf(b.registration)));
}

function found(attached: Attached): readonly Found[] {
  const healthyOthers = attached.others.filter(isHealthy).length;
  return attached.own
    .filter(isServed)
    .map((target) => ({ registration: toRegistration(attached, target), healthyOthers }));
}

function toRegistration({ arn, group }: Attached, { Target: target }: TargetHealth): Registration {
  return {
    group: arn,
    id: target?.Id ?? '',
    port: target?.Port ?? group.Port ?? 0,
    zone: target?.AvailabilityZone ?? null,
  };
}

function keyOf({ group, id, port }: Registration): string {
  return `${group} ${id} ${port}`;
}

/** A target that is not registered is no error to AWS; a group that is gone sends nothing. */
export async function deregister(registration: Registration, account: Writer): Promise<void> {
  try {
    await account.send(new DeregisterTargetsCommand(requestOf(registration)));
  } catch (error) {
    if (!hasName(error, 'TargetGroupNotFoundException')) throw error;
  }
}

/** A group that was deleted since has nothing to restore. Throws WrongStateError for an instance that does not run. */
export async function register(registration: Registration, account: Writer): Promise<void> {
  try {
    await account.send(new RegisterTargetsCommand(requestOf(registration)));
  } catch (error) {
    if (hasName(error, 'TargetGroupNotFoundException')) return;
    if (!hasName(error, 'InvalidTargetException')) throw error;
    throw new WrongStateError(
      `target ${registration.id}`,
      'not running',
      'a target group takes instances that run alone; start it first',
    );
  }
}

function requestOf({ group, id, port, zone }: Registration) {
  const target = { Id: id, Port: port, ...(zone === null ? {} : { AvailabilityZone: zone }) };
  return { TargetGroupArn: group, Targets: [target] };
}

/** Undefined for an instance that is gone. */
export async function unlessGone<Answer>(read: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof TargetNotFoundError) return undefined;
    throw error;
  }
}

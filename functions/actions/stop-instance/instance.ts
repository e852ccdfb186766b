import {
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  type Instance,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Account } from '../../core/account.ts';
import { NothingToDoError, NotOursError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { readInstance } from '../../core/instance.ts';
import { tagValue } from '../../core/reserved-tags.ts';

export const reads = [
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
] as const;
export const writes = [StopInstancesCommand, StartInstancesCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** EC2's word for the state; `terminated` also for an instance that is described no more. */
export async function stateOf(id: string, account: Reader): Promise<string> {
  try {
    return (await describe(id, account)).State?.Name ?? 'unknown';
  } catch (error) {
    if (error instanceof TargetNotFoundError) return 'terminated';
    throw error;
  }
}

/**
 * Reads an instance that runs and that stopping does not destroy. Throws TargetNotFoundError, NothingToDoError for
 * one that is stopped or stopping, WrongStateError and NotOursError for what EC2 would refuse or answer by
 * terminating it.
 */
export async function readRunning(id: string, account: Reader): Promise<Instance> {
  const instance = await describe(id, account);
  checkState(id, instance.State?.Name ?? 'unknown');
  checkSurvives(id, instance);
  return instance;
}

function describe(id: string, account: Reader): Promise<Instance> {
  return readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html */
function checkState(id: string, state: string): void {
  const name = `instance ${id}`;
  if (state === 'running') return;
  if (state === 'stopped' || state === 'stopping') throw new NothingToDoError(name, `is ${state}`);
  if (state === 'shutting-down') throw new WrongStateError(name, state, 'it is being terminated');
  throw new WrongStateError(name, state, 'EC2 stops only an instance that runs; plan again in a minute');
}

/**
 * A group's health check terminates an instance that is stopped
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html). Only AWS writes tags
 * under `aws:`; the group's name is anybody's text, and stays out of the message.
 */
function checkSurvives(id: string, { RootDeviceType: root, Tags: tags }: Instance): void {
  const name = `instance ${id}`;
  if (root === 'instance-store')
    throw new WrongStateError(name, 'backed by instance store', 'EC2 can terminate it, but not stop it');
  if (tagValue(tags, 'aws:autoscaling:groupName') !== undefined)
    throw new NotOursError(
      name,
      'its Auto Scaling group would terminate and replace it once it is stopped; isolate it, or detach it first',
    );
}

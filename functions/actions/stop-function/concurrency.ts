import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  ListEventSourceMappingsCommand,
  ListFunctionUrlConfigsCommand,
  ListTagsCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { CannotRestoreError, WrongStateError } from '../../core/errors.ts';
import { changeFunction, functionArn } from '../../core/lambda-function.ts';
import { hasName } from '../../core/named-error.ts';
import type { PlannedAction, Target } from '../../core/plan.ts';

export const reads = [
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  ListEventSourceMappingsCommand,
  ListFunctionUrlConfigsCommand,
  ListTagsCommand,
] as const;
export const writes = [PutFunctionConcurrencyCommand, DeleteFunctionConcurrencyCommand] as const;
export type Reader = Account<typeof reads>;
type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** How many executions are reserved for the function; null where it shares in what the account has left. */
const Before = z.strictObject({ reserved: z.number().int().positive().nullable() });

export function reservedBefore(planned: PlannedAction): number | null {
  return Before.parse(planned.before).reserved;
}

/** Executions reserved now, null for none; undefined for a function that is gone. */
export async function readReserved(target: Target, account: Reader): Promise<number | null | undefined> {
  try {
    const answer = await account.send(
      new GetFunctionConcurrencyCommand({ FunctionName: functionArn(target) }),
    );
    return answer.ReservedConcurrentExecutions ?? null;
  } catch (error) {
    if (hasName(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

/**
 * No execution starts any more. Throws WrongStateError where Lambda refuses, which it does for a function with
 * provisioned concurrency: no more of it may be provisioned than is reserved
 * (https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html).
 */
export async function stop(target: Target, account: Writer): Promise<void> {
  try {
    await put(target, 0, account);
  } catch (error) {
    if (!hasName(error, 'InvalidParameterValueException')) throw error;
    throw new WrongStateError(
      `function ${target.id}`,
      'in a state in which Lambda refuses to reserve 0 executions',
      'take back the provisioned concurrency of its versions and aliases, then plan again',
    );
  }
}

/** Gives back what was reserved. Throws CannotRestoreError where other functions have it now. */
export async function release(target: Target, reserved: number | null, account: Writer): Promise<void> {
  const FunctionName = functionArn(target);
  if (reserved === null)
    return changeFunction(target.id, () =>
      account.send(new DeleteFunctionConcurrencyCommand({ FunctionName })),
    );
  try {
    await put(target, reserved, account);
  } catch (error) {
    if (!hasName(error, 'InvalidParameterValueException')) throw error;
    throw new CannotRestoreError(
      `The reservation of ${reserved} executions for function ${target.id}`,
      'other functions have reserved them since; take some back or raise the quota, then roll back again',
    );
  }
}

function put(target: Target, reserved: number, account: Writer): Promise<void> {
  const input = { FunctionName: functionArn(target), ReservedConcurrentExecutions: reserved };
  return changeFunction(target.id, () => account.send(new PutFunctionConcurrencyCommand(input)));
}

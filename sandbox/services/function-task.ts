import type { Functions } from './lambda.ts';
import type { Machine, TaskInput, TaskPlan } from './machine.ts';
import { StateError } from './task-tokens.ts';

export interface FunctionTaskPorts {
  readonly functions: Functions;
  /** Why a role may not call the function; undefined if it may. */
  refusal(roleArn: string, functionArn: string): string | undefined;
}

/**
 * Calls the function of a task. A `lambda:invoke` answers an envelope around the payload, a function's own ARN the
 * payload. Throws StateError by the name that Step Functions gives: the function's errorType.
 */
export async function callFunction(
  { functions, refusal }: FunctionTaskPorts,
  machine: Machine,
  plan: TaskPlan,
  { parameters }: TaskInput,
): Promise<unknown> {
  const { FunctionName, Payload } = (parameters ?? {}) as { FunctionName?: string; Payload?: unknown };
  const reference = plan.kind === 'function' ? plan.resource : (FunctionName ?? '');
  const pool = functions.find(reference);
  if (!pool) throw new StateError('Lambda.ResourceNotFoundException', `Function not found: ${reference}`);
  const reason = refusal(machine.roleArn, pool.definition.arn);
  if (reason !== undefined) throw new StateError('Lambda.AWSLambdaException', reason);
  const invocation = await functions.invoke(pool, plan.kind === 'function' ? parameters : (Payload ?? {}));
  if (invocation.status === 'failed')
    throw new StateError(invocation.error.errorType, JSON.stringify(invocation.error));
  const payload: unknown = JSON.parse(invocation.payload);
  return plan.kind === 'function'
    ? payload
    : { ExecutedVersion: '$LATEST', Payload: payload, StatusCode: 200 };
}

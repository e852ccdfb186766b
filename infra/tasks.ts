import { Duration } from 'aws-cdk-lib';
import {
  Fail,
  type IChainable,
  IntegrationPattern,
  JitterType,
  JsonPath,
  type RetryProps,
  TaskInput,
  type TaskStateBase,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import type { SallyportFunction } from './function.ts';

/** What passes by itself: Lambda's own troubles, throttles, a lost race in the ledger, a resource that is locked. */
export const RETRIED = [
  'Lambda.TooManyRequestsException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  // AWS's names for a crash or a time-out, which CDK's default retry leaves out.
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'Runtime.ExitError',
  'ThrottlingException',
  'LedgerConflictError',
  'LockedError',
];

const RETRY: RetryProps = {
  errors: RETRIED,
  interval: Duration.seconds(1),
  backoffRate: 2,
  maxAttempts: 8,
  maxDelay: Duration.minutes(1),
  jitterStrategy: JitterType.FULL,
};

/** A task gives its function time to end by itself and be reported. */
const GRACE_SECONDS = 30;

/** What every function is told, from the execution's input. */
export function contract(): Record<string, string> {
  return {
    'version.$': '$.version',
    'incidentId.$': '$.incidentId',
    'generation.$': '$.generation',
    'event.$': '$.event',
  };
}

/** Calls a function and keeps its small answer under `$.step`. `event` replaces the one of the input. */
export function callTask(
  scope: Construct,
  id: string,
  lambda: SallyportFunction,
  event?: string,
): LambdaInvoke {
  const { 'event.$': given, ...rest } = contract();
  const payload = event === undefined ? { ...rest, 'event.$': given } : { ...rest, event };
  return task(scope, id, lambda, {
    payload: TaskInput.fromObject(payload),
    payloadResponseOnly: true,
    resultPath: '$.step',
  });
}

/** Containment waits for evidence, and not for long: what two more attempts do not cure is recorded as not available. */
const HURRIED: RetryProps = { ...RETRY, maxAttempts: 2, maxDelay: Duration.seconds(5) };

/**
 * Keeps evidence on the way, and goes on whatever comes of it: `$.step` stays what it was, and an error is handed to
 * the function once more, to be recorded in words.
 */
export function collectTask(scope: Construct, id: string, lambda: SallyportFunction, event: string) {
  const { 'event.$': _, ...rest } = contract();
  const attempt = (name: string, more: Record<string, string>) =>
    task(scope, name, lambda, {
      payload: TaskInput.fromObject({ ...rest, event, ...more }),
      payloadResponseOnly: true,
      resultPath: JsonPath.DISCARD,
      retry: HURRIED,
    });
  const collect = attempt(id, {});
  const giveUp = attempt(`${id}GivenUp`, { 'error.$': '$.error' });
  return {
    collect,
    goOn(next: IChainable): void {
      collect.addCatch(giveUp, { resultPath: '$.error' }).next(next);
      giveUp.addCatch(next, { resultPath: JsonPath.DISCARD }).next(next);
    },
  };
}

/** Hands a function the task's token and waits until somebody answers it, or `$.step.timeoutSeconds` are over. */
export function waitTask(scope: Construct, id: string, lambda: SallyportFunction): TaskStateBase {
  const waiting = new LambdaInvoke(scope, id, {
    lambdaFunction: lambda,
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    payload: TaskInput.fromObject({ ...contract(), taskToken: JsonPath.taskToken }),
    taskTimeout: Timeout.at('$.step.timeoutSeconds'),
    // The answer is a doorbell: what was decided stands in the ledger.
    resultPath: JsonPath.DISCARD,
    retryOnServiceExceptions: false,
  });
  waiting.addRetry(RETRY);
  return waiting;
}

/** The last resort. If even this fails, the execution does, and the rule on dead executions calls it again. */
export function escalateTask(scope: Construct, lambda: SallyportFunction): TaskStateBase {
  const escalate = task(scope, 'Escalate', lambda, {
    // JSONPath `Parameters` cannot be a path by itself: the input is narrowed instead.
    inputPath: '$.escalation',
    payloadResponseOnly: true,
    resultPath: '$.step',
  });
  return escalate.addCatch(
    new Fail(scope, 'EscalationFailed', {
      error: 'EscalationFailed',
      cause: 'The escalation could not be recorded; the rule on dead executions tries again',
    }),
    { resultPath: '$.error' },
  );
}

type CallProps = Pick<
  ConstructorParameters<typeof LambdaInvoke>[2],
  'payload' | 'payloadResponseOnly' | 'inputPath' | 'resultPath'
> & { readonly retry?: RetryProps };

function task(
  scope: Construct,
  id: string,
  lambda: SallyportFunction,
  { retry = RETRY, ...props }: CallProps,
): LambdaInvoke {
  const invoke = new LambdaInvoke(scope, id, {
    ...props,
    lambdaFunction: lambda,
    taskTimeout: Timeout.duration(lambda.timeLimit.plus(Duration.seconds(GRACE_SECONDS))),
    retryOnServiceExceptions: false,
  });
  invoke.addRetry(retry);
  return invoke;
}

import { randomUUID } from 'node:crypto';
import * as sfn from '@aws-sdk/client-sfn';
import { AwsError, operation, type Service } from '../wire/service.ts';
import { type ExecutionRecord, type Executions, executionArn } from './executions.ts';
import type { Machine } from './machine.ts';
import type { TaskTokens } from './task-tokens.ts';

type Start = [sfn.StartExecutionCommandInput, sfn.StartExecutionCommandOutput];
type Stop = [sfn.StopExecutionCommandInput, sfn.StopExecutionCommandOutput];
type Describe = [sfn.DescribeExecutionCommandInput, sfn.DescribeExecutionCommandOutput];
type List = [sfn.ListExecutionsCommandInput, sfn.ListExecutionsCommandOutput];
type Success = [sfn.SendTaskSuccessCommandInput, sfn.SendTaskSuccessCommandOutput];
type Failure = [sfn.SendTaskFailureCommandInput, sfn.SendTaskFailureCommandOutput];
type Heartbeat = [sfn.SendTaskHeartbeatCommandInput, sfn.SendTaskHeartbeatCommandOutput];

/** Step Functions' API. There is no GetExecutionHistory: it would show task tokens, and no role here may call it. */
export function statesService(executions: Executions, tokens: TaskTokens): Service {
  return {
    signingName: 'states',
    protocol: 'awsJson1_0',
    schemas: sfn,
    operations: {
      StartExecution: startExecution(executions),
      StopExecution: stopExecution(executions),
      DescribeExecution: describeExecution(executions),
      ListExecutions: listExecutions(executions),
      SendTaskSuccess: sendTaskSuccess(tokens),
      SendTaskFailure: sendTaskFailure(tokens),
      SendTaskHeartbeat: sendTaskHeartbeat(tokens),
    },
  };
}

/**
 * Idempotent while the execution runs: the same name with the same input, byte for byte, is success
 * (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html).
 */
function startExecution(executions: Executions) {
  return operation<Start[0], Start[1]>({
    requires: ({ stateMachineArn = '' }) => [{ action: 'states:StartExecution', resource: stateMachineArn }],
    handle({ stateMachineArn = '', name = randomUUID(), input = '{}' }) {
      const machine = machineOf(executions, stateMachineArn);
      assertName(name);
      assertInput(input);
      const known = executions.find(executionArn(machine, name));
      if (known && (known.status !== 'RUNNING' || known.input !== input))
        throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${known.arn}'`);
      const { arn, startDate } = known ?? executions.start(machine, name, input);
      return { executionArn: arn, startDate: new Date(startDate) };
    },
  });
}

function stopExecution(executions: Executions) {
  return operation<Stop[0], Stop[1]>({
    requires: ({ executionArn: resource = '' }) => [{ action: 'states:StopExecution', resource }],
    handle({ executionArn: arn = '', error, cause }) {
      const { stopDate } = executions.abort(recordOf(executions, arn), error, cause);
      return { stopDate: stopDate === undefined ? undefined : new Date(stopDate) };
    },
  });
}

function describeExecution(executions: Executions) {
  return operation<Describe[0], Describe[1]>({
    requires: ({ executionArn: resource = '' }) => [{ action: 'states:DescribeExecution', resource }],
    handle({ executionArn: arn = '' }) {
      const record = recordOf(executions, arn);
      const { input, output, error, cause } = record;
      return { ...summary(record), input, output, error, cause };
    },
  });
}

function listExecutions(executions: Executions) {
  return operation<List[0], List[1]>({
    requires: ({ stateMachineArn = '' }) => [{ action: 'states:ListExecutions', resource: stateMachineArn }],
    handle({ stateMachineArn = '', statusFilter, maxResults = 1000 }) {
      const { arn } = machineOf(executions, stateMachineArn);
      const matching = executions
        .list(arn)
        .filter(({ status }) => statusFilter === undefined || status === statusFilter)
        .reverse();
      return { executions: matching.slice(0, maxResults || 1000).map(summary) };
    },
  });
}

function sendTaskSuccess(tokens: TaskTokens) {
  return operation<Success[0], Success[1]>({
    requires: ({ taskToken = '' }) => [
      { action: 'states:SendTaskSuccess', resource: tokens.machineOf(taskToken) },
    ],
    handle({ taskToken = '', output = '' }) {
      tokens.succeed(taskToken, output);
      return {};
    },
  });
}

function sendTaskFailure(tokens: TaskTokens) {
  return operation<Failure[0], Failure[1]>({
    requires: ({ taskToken = '' }) => [
      { action: 'states:SendTaskFailure', resource: tokens.machineOf(taskToken) },
    ],
    handle({ taskToken = '', error, cause }) {
      tokens.fail(taskToken, error, cause);
      return {};
    },
  });
}

function sendTaskHeartbeat(tokens: TaskTokens) {
  return operation<Heartbeat[0], Heartbeat[1]>({
    requires: ({ taskToken = '' }) => [
      { action: 'states:SendTaskHeartbeat', resource: tokens.machineOf(taskToken) },
    ],
    handle({ taskToken = '' }) {
      tokens.beat(taskToken);
      return {};
    },
  });
}

function summary(record: ExecutionRecord) {
  const { arn, machineArn, name, status, startDate, stopDate } = record;
  return {
    executionArn: arn,
    stateMachineArn: machineArn,
    name,
    status,
    startDate: new Date(startDate),
    stopDate: stopDate === undefined ? undefined : new Date(stopDate),
  };
}

function machineOf(executions: Executions, arn: string): Machine {
  const machine = executions.machine(arn);
  if (machine) return machine;
  throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

function recordOf(executions: Executions, arn: string): ExecutionRecord {
  const record = executions.find(arn);
  if (record) return record;
  throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

function assertName(name: string): void {
  if (name.length >= 1 && name.length <= 80 && !/[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u.test(name)) return;
  throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
}

/** At most 256 KiB of JSON (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
function assertInput(input: string): void {
  try {
    JSON.parse(input);
  } catch (cause) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: ${String(cause)}`);
  }
  if (Buffer.byteLength(input) > 262_144)
    throw new AwsError('InvalidExecutionInput', 'The input exceeds 262144 bytes');
}

import * as sfn from '@aws-sdk/client-sfn';
import type { TaskTokens } from '../../sandbox/services/task-tokens.ts';
import { AwsError, operation, type Service } from '../../sandbox/wire/service.ts';

type Start = [sfn.StartExecutionCommandInput, sfn.StartExecutionCommandOutput];
type Success = [sfn.SendTaskSuccessCommandInput, sfn.SendTaskSuccessCommandOutput];

/** Step Functions without a state machine behind it: names that were taken, and tokens that somebody waits on. */
export function statesService(tokens: TaskTokens, executions: Map<string, string>): Service {
  return {
    signingName: 'states',
    protocol: 'awsJson1_0',
    schemas: sfn,
    operations: {
      StartExecution: operation<Start[0], Start[1]>({
        requires: () => [],
        handle({ stateMachineArn = '', name = '', input = '' }) {
          if (!stateMachineArn.endsWith(':response'))
            throw new AwsError(
              'StateMachineDoesNotExist',
              `State Machine Does Not Exist: '${stateMachineArn}'`,
            );
          // As AWS has it: a name that was used is refused, whatever the input, once its execution has ended.
          if (executions.has(name))
            throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${name}'`);
          executions.set(name, input);
          return { executionArn: `${stateMachineArn}:${name}`, startDate: new Date(0) };
        },
      }),
      SendTaskSuccess: operation<Success[0], Success[1]>({
        requires: () => [],
        handle({ taskToken = '', output = '' }) {
          tokens.succeed(taskToken, output);
          return {};
        },
      }),
    },
  };
}

import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { SallyportFunction } from './function.ts';
import { stateMachineArn } from './names.ts';
import { deadLetters } from './queues.ts';

/** Escalates executions that ended by themselves: `States.ALL` misses some errors, and nobody catches an abort. */
export class DeadExecutions extends Construct {
  readonly dead: Queue;

  constructor(scope: Construct, id: string, escalate: SallyportFunction) {
    super(scope, id);
    this.dead = deadLetters(this, 'escalations-dead');
    new Rule(this, 'Rule', {
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
          stateMachineArn: [stateMachineArn(this)],
        },
      },
      targets: [
        new LambdaFunction(escalate, {
          deadLetterQueue: this.dead,
          maxEventAge: Duration.hours(24),
          retryAttempts: 185,
        }),
      ],
    });
  }
}

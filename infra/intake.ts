import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { findingPatterns } from './finding-patterns.ts';
import type { Foundation } from './foundation.ts';
import { SallyportFunction } from './function.ts';
import { coveredAccounts, takeInMembers } from './members.ts';
import { READER_ROLE, stateMachineArn } from './names.ts';
import { asksForTags, tagReads, toStatements } from './permissions.ts';
import { deadLetters, queue } from './queues.ts';

/** Deliveries of a message before it is put aside. */
export const MOST_DELIVERIES = 5;
/** What a batch has of one incident becomes one commit: a storm of findings about a few entities costs a few of them. */
const BATCH_SIZE = 100;
/** Lambda demands a window for batches of more than ten: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const BATCH_WINDOW = Duration.seconds(1);

/** From the bus to an incident: rules, the queue of findings, and the function that takes them in. */
export class Intake extends Construct {
  readonly ingest: SallyportFunction;
  readonly findings: Queue;
  readonly dead: Queue;

  constructor(scope: Construct, id: string, foundation: Foundation) {
    super(scope, id);
    const { config, owners } = foundation;
    const timeout = Duration.minutes(1);
    this.dead = deadLetters(this, 'findings-dead');
    this.findings = queue(this, 'findings', {
      // AWS's advice for event sources: six times the function's time-out.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: this.dead, maxReceiveCount: MOST_DELIVERIES },
    });
    for (const [name, eventPattern] of findingPatterns()) {
      new Rule(this, name, {
        eventPattern,
        targets: [
          new SqsQueue(this.findings, { deadLetterQueue: this.dead, maxEventAge: Duration.hours(24) }),
        ],
      });
    }
    this.ingest = new SallyportFunction(this, 'Ingest', foundation, {
      name: 'ingest',
      timeout,
      appends: ['INC-*#fact', 'intake#*'],
      coordination: { write: ['claim#*'] },
      statements: [
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn(this)] }),
        ...(asksForTags(owners.suppressions) ? this.readTags(foundation) : []),
      ],
      environment: { STATE_MACHINE_ARN: stateMachineArn(this), ...coveredAccounts(this, config) },
      policyData: { 'suppressions.json': owners.suppressions },
    });
    this.ingest.addEventSource(
      new SqsEventSource(this.findings, {
        batchSize: BATCH_SIZE,
        maxBatchingWindow: BATCH_WINDOW,
        reportBatchItemFailures: true,
      }),
    );
  }

  /** Without a rule that asks for a tag, what takes findings in reads nothing of any account. */
  private readTags({ catalogue, config }: Foundation): PolicyStatement[] {
    return [...toStatements(tagReads(catalogue)), ...takeInMembers(this, config, [READER_ROLE])];
  }
}

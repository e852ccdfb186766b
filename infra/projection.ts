import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Foundation } from './foundation.ts';
import { SallyportFunction } from './function.ts';
import { countLines } from './log-alarm.ts';
import { deadLetters } from './queues.ts';

/** The incident list, kept from the ledger's stream, and the watch over that stream: a commit never changes. */
export class Projection extends Construct {
  readonly project: SallyportFunction;
  readonly dead: Queue;
  /** Commits that were changed or removed. */
  readonly tampered: Metric;

  constructor(scope: Construct, id: string, foundation: Foundation) {
    super(scope, id);
    this.dead = deadLetters(this, 'projection-dead');
    this.project = new SallyportFunction(this, 'Project', foundation, {
      name: 'project',
      timeout: Duration.minutes(1),
      coordination: { write: ['incident', 'entity#*', 'observed'] },
      statements: [...consume(foundation.ledger), scanAll(foundation.ledger)],
    });
    this.project.addEventSourceMapping('Stream', {
      eventSourceArn: streamOf(foundation.ledger),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      retryAttempts: 5,
      onFailure: new SqsDlq(this.dead),
    });
    this.tampered = countLines(this.project, 'LEDGER_TAMPERED');
  }
}

/** Reading the stream. Not by CDK's grant, which would open the key for task tokens too. */
function consume(ledger: Table): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [streamOf(ledger)],
    }),
    new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: ['*'] }),
  ];
}

function streamOf({ tableStreamArn }: Table): string {
  if (tableStreamArn === undefined)
    throw new Error('the ledger has no stream to make the incident list from');
  return tableStreamArn;
}

/** Making the list anew reads which incidents there are. */
function scanAll({ tableArn }: Table): PolicyStatement {
  return new PolicyStatement({ actions: ['dynamodb:Scan'], resources: [tableArn] });
}

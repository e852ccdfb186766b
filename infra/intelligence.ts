import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { readCompiled } from './feed-store.ts';
import type { Foundation } from './foundation.ts';
import { SallyportFunction } from './function.ts';
import { deadLetters } from './queues.ts';

/** A million indicators take 2 GB while they are compiled, and 60 MB from then on. */
const MEMORY_MEGABYTES = 3008;

/**
 * Compiles the threat feeds every hour, where a file changed, and matches what is new over what was seen. It reads no
 * account; what it finds goes into the queue of findings like any other, and it decides nothing.
 */
export class Intelligence extends Construct {
  readonly compile: SallyportFunction;
  readonly dead: Queue;

  constructor(scope: Construct, id: string, foundation: Foundation, findings: Queue) {
    super(scope, id);
    const { intelligence: bucket } = foundation;
    this.dead = deadLetters(this, 'intelligence-dead');
    this.compile = new SallyportFunction(this, 'Compile', foundation, {
      name: 'compile-intelligence',
      timeout: Duration.minutes(14),
      memoryMegabytes: MEMORY_MEGABYTES,
      policyData: { 'environment.json': foundation.owners.environment },
      appends: ['intake#*#feeds'],
      coordination: { read: ['observed'] },
      statements: [
        ...readCompiled(bucket),
        new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('feeds/*')] }),
        new PolicyStatement({
          actions: ['s3:PutObject'],
          resources: [bucket.arnForObjects('compiled/lookup')],
        }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [findings.queueArn] }),
      ],
      environment: { INTELLIGENCE_BUCKET: bucket.bucketName, FINDINGS_QUEUE_URL: findings.queueUrl },
    });
    new Rule(this, 'Hourly', {
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(this.compile, { deadLetterQueue: this.dead, retryAttempts: 2 })],
    });
  }
}

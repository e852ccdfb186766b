import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Foundation } from './foundation.ts';
import { SallyportFunction } from './function.ts';
import { coveredAccounts, takeInMembers } from './members.ts';
import { READER_ROLE, roleArn } from './names.ts';
import { exhibitReads, toStatements } from './permissions.ts';

/** What keeps evidence: it reads the account, writes files that nobody overwrites, and signs what it wrote. */
export class Evidence extends Construct {
  readonly collect: SallyportFunction;

  constructor(scope: Construct, id: string, foundation: Foundation) {
    super(scope, id);
    const {
      config,
      catalogue,
      evidence: { bucket, key },
    } = foundation;
    this.collect = new SallyportFunction(this, 'Collect', foundation, {
      name: 'collect',
      timeout: Duration.minutes(1),
      appends: ['INC-*#fact'],
      statements: [
        ...toStatements(exhibitReads(catalogue)),
        ...takeInMembers(this, config, [READER_ROLE]),
        new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('evidence/*')] }),
        new PolicyStatement({ actions: ['kms:Sign'], resources: [key.keyArn] }),
      ],
      environment: {
        ...coveredAccounts(this, config),
        EVIDENCE_BUCKET: bucket.bucketName,
        EVIDENCE_KEY: key.keyArn,
        EVIDENCE_ROLE: roleArn(this, Aws.ACCOUNT_ID, 'collect'),
      },
    });
  }
}

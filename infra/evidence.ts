import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Foundation } from './foundation.ts';
import { SallyportFunction } from './function.ts';
import { IAM_PATH, iamName } from './names.ts';
import { assertReadsOnly, toStatements } from './permissions.ts';

/** What keeps evidence: it reads the account, writes files that nobody overwrites, and signs what it wrote. */
export class Evidence extends Construct {
  readonly collect: SallyportFunction;

  constructor(scope: Construct, id: string, foundation: Foundation) {
    super(scope, id);
    const { bucket, key } = foundation.evidence;
    this.collect = new SallyportFunction(this, 'Collect', foundation, {
      name: 'collect',
      timeout: Duration.minutes(1),
      appends: ['INC-*#fact'],
      statements: [
        ...readExhibits(foundation),
        new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('evidence/*')] }),
        new PolicyStatement({ actions: ['kms:Sign'], resources: [key.keyArn] }),
      ],
      environment: {
        COVERED_ACCOUNT: Aws.ACCOUNT_ID,
        EVIDENCE_BUCKET: bucket.bucketName,
        EVIDENCE_KEY: key.keyArn,
        EVIDENCE_ROLE: Stack.of(this).formatArn({
          service: 'iam',
          region: '',
          resource: 'role',
          resourceName: `${IAM_PATH.slice(1)}${iamName(this, 'collect')}`,
        }),
      },
    });
  }
}

function readExhibits({ catalogue: { exhibits, readsOnly } }: Foundation): PolicyStatement[] {
  for (const exhibit of exhibits)
    assertReadsOnly(`the exhibit ${exhibit.id}`, exhibit.permissions, readsOnly);
  return toStatements(exhibits.flatMap((exhibit) => exhibit.permissions));
}

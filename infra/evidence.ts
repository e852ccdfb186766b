import { Aws, Duration } from 'aws-cdk-lib';
import {
  ArnPrincipal,
  PolicyDocument,
  PolicyStatement,
  type PrincipalBase,
  type Role,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Foundation } from './foundation.ts';
import { SallyportFunction } from './function.ts';
import { coveredAccounts, TAKE_ROLE, takeInMembers } from './members.ts';
import { EVIDENCE_READER_ROLE, IAM_PATH, iamName, roleArn } from './names.ts';
import { type Catalogue, exhibitReads, joined, toStatements } from './permissions.ts';
import { trustForIncidents } from './trust.ts';

/**
 * What keeps evidence: it reads accounts through a role that nobody else takes, writes files that nobody overwrites,
 * and signs what it wrote.
 */
export class Evidence extends Construct {
  readonly collect: SallyportFunction;
  readonly reader: Role;

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
        new PolicyStatement({
          actions: TAKE_ROLE,
          resources: [roleArn(this, Aws.ACCOUNT_ID, EVIDENCE_READER_ROLE)],
        }),
        ...takeInMembers(this, config, [EVIDENCE_READER_ROLE]),
        new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('evidence/*')] }),
        new PolicyStatement({ actions: ['kms:Sign'], resources: [key.keyArn] }),
      ],
      environment: {
        ...coveredAccounts(this, config, EVIDENCE_READER_ROLE),
        EVIDENCE_BUCKET: bucket.bucketName,
        EVIDENCE_KEY: key.keyArn,
        EVIDENCE_ROLE: roleArn(this, Aws.ACCOUNT_ID, 'collect'),
      },
    });
    this.reader = evidenceReader(this, new ArnPrincipal(this.collect.power.roleArn), catalogue);
  }
}

/** The one role that reads exhibits, which may hold secrets: nobody but the collecting function takes it. */
export function evidenceReader(scope: Construct, collector: PrincipalBase, catalogue: Catalogue): Role {
  return trustForIncidents(scope, 'EvidenceReader', collector, {
    roleName: iamName(scope, EVIDENCE_READER_ROLE),
    path: IAM_PATH,
    description: 'Reads what evidence is kept of',
    inlinePolicies: {
      reads: new PolicyDocument({ statements: toStatements(joined(exhibitReads(catalogue))) }),
    },
  });
}

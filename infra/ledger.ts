import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/**
 * Whatever could change or remove an item that stands. A transaction is authorised as the actions inside it. Each name
 * is one that a table's policy may hold: DynamoDB refuses the whole policy for a single other one
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-iam-actions.html).
 */
const OVERWRITING = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
  'dynamodb:UpdateTimeToLive',
];

/** Whatever could take that refusal, the stream, the backups or the table away. */
const GOVERNING = [
  'dynamodb:PutResourcePolicy',
  'dynamodb:DeleteResourcePolicy',
  'dynamodb:UpdateTable',
  'dynamodb:DeleteTable',
  'dynamodb:UpdateContinuousBackups',
];

interface LedgerProps {
  readonly key: IKey;
  /** Name of the role, wildcards allowed, that deploys the stack. */
  readonly deployerRole: string;
}

/** The append-only record: the table of commits, and the bucket of bodies too large for an item. */
export class Ledger extends Construct {
  readonly table: Table;
  readonly bodies: Bucket;

  constructor(scope: Construct, id: string, { key, deployerRole }: LedgerProps) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.NUMBER },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      resourcePolicy: appendOnly(deployerRole),
    });
    this.bodies = new Bucket(this, 'Bodies', {
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}

function appendOnly(deployerRole: string): PolicyDocument {
  const deployer = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${deployerRole}`;
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'NothingIsEverOverwritten',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: OVERWRITING,
        resources: ['*'],
      }),
      new PolicyStatement({
        sid: 'OnlyTheDeployerGoverns',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: GOVERNING,
        resources: ['*'],
        conditions: { ArnNotLike: { 'aws:PrincipalArn': deployer } },
      }),
    ],
  });
}

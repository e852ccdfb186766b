import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccountPrincipal, AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Config } from './config.ts';

/** Governance mode, so that a trial can be removed: a year is longer than any of our leases and most inquiries. */
const LOCKED = Duration.days(365);

/** Whatever could shorten the lock, or take a locked version away. */
const UNLOCKING = [
  's3:BypassGovernanceRetention',
  's3:DeleteObjectVersion',
  's3:PutObjectRetention',
  's3:PutBucketObjectLockConfiguration',
];

/** Where evidence is kept, and with which key its manifests are signed (docs/evidence-kit.md). */
export class EvidenceStore extends Construct {
  readonly bucket: Bucket;
  readonly key: Key;

  constructor(scope: Construct, id: string, { deployerRole, forensicsAccount }: Config) {
    super(scope, id);
    this.bucket = evidenceBucket(this);
    for (const statement of guards(this.bucket, deployerRole)) this.bucket.addToResourcePolicy(statement);
    if (forensicsAccount) this.bucket.addToResourcePolicy(sharing(this.bucket, forensicsAccount));
    this.key = new Key(this, 'Key', {
      alias: 'alias/sallyport-evidence',
      description: 'Sallyport: signs the manifests of evidence bundles',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}

/** Encrypted by S3's own key: another account reads it by the bucket's policy alone, and gets no power over our key. */
function evidenceBucket(scope: Construct): Bucket {
  return new Bucket(scope, 'Bucket', {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    objectLockEnabled: true,
    objectLockDefaultRetention: ObjectLockRetention.governance(LOCKED),
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

/** A newer version would hide what is locked below it: a name is written once. */
function guards(bucket: Bucket, deployerRole: string): PolicyStatement[] {
  const deployer = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${deployerRole}`;
  return [
    new PolicyStatement({
      sid: 'NothingIsOverwritten',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: { Null: { 's3:if-none-match': 'true' } },
    }),
    new PolicyStatement({
      sid: 'OnlyTheDeployerUnlocks',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: UNLOCKING,
      resources: [bucket.bucketArn, bucket.arnForObjects('*')],
      conditions: { ArnNotLike: { 'aws:PrincipalArn': deployer } },
    }),
  ];
}

/** Reading alone. Whoever in that account may do so is for that account to say. */
function sharing(bucket: Bucket, account: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'ForensicsReads',
    principals: [new AccountPrincipal(account)],
    actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectRetention'],
    resources: [bucket.arnForObjects('evidence/*')],
  });
}

/** What functions are told of the account that evidence may be given to. */
export function evidenceGoesTo({ forensicsAccount }: Config): Record<string, string> {
  return forensicsAccount ? { FORENSICS_ACCOUNT: forensicsAccount } : {};
}

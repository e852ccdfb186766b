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
import { roleArn } from './names.ts';

/** Governance mode, so that a trial can be removed: a year is longer than any of our leases and most inquiries. */
const LOCKED = Duration.days(365);

/** Whatever could shorten the lock, take a locked version away or hide it, or change the policy that refuses this. */
const GOVERNING_BUCKET = [
  's3:BypassGovernanceRetention',
  's3:DeleteBucket',
  's3:DeleteBucketPolicy',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:PutBucketObjectLockConfiguration',
  's3:PutBucketPolicy',
  's3:PutLifecycleConfiguration',
  's3:PutObjectRetention',
];

/** Whatever could let others sign, or take the public half away, without which nobody can verify. */
const GOVERNING_KEY = ['kms:DisableKey', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'];

/** Where evidence is kept, and with which key its manifests are signed (docs/evidence-kit.md). */
export class EvidenceStore extends Construct {
  readonly bucket: Bucket;
  readonly key: Key;

  constructor(scope: Construct, id: string, { deployerRole, forensicsAccount }: Config) {
    super(scope, id);
    const whose = {
      collector: roleArn(this, Aws.ACCOUNT_ID, 'collect'),
      deployer: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${deployerRole}`,
    };
    this.bucket = evidenceBucket(this);
    for (const statement of bucketGuards(this.bucket, whose)) this.bucket.addToResourcePolicy(statement);
    if (forensicsAccount) this.bucket.addToResourcePolicy(sharing(this.bucket, forensicsAccount));
    this.key = new Key(this, 'Key', {
      alias: 'alias/sallyport-evidence',
      description: 'Sallyport: signs the manifests of evidence bundles',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const statement of keyGuards(whose)) this.key.addToResourcePolicy(statement);
  }
}

/** Whose evidence it is: ARNs of roles. */
interface Whose {
  /** The only one that writes and signs. */
  readonly collector: string;
  /** May hold wildcards. */
  readonly deployer: string;
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
function bucketGuards(bucket: Bucket, whose: Whose): PolicyStatement[] {
  const all = [bucket.bucketArn, bucket.arnForObjects('*')];
  return [
    refusal('NothingIsOverwritten', ['s3:PutObject'], [bucket.arnForObjects('*')], {
      Null: { 's3:if-none-match': 'true' },
    }),
    refusal('OnlyTheCollectorWrites', ['s3:PutObject'], [bucket.arnForObjects('*')], others(whose)),
    refusal('OnlyTheDeployerGoverns', GOVERNING_BUCKET, all, butFor(whose)),
  ];
}

/** In a key's policy, every resource is the key. */
function keyGuards(whose: Whose): PolicyStatement[] {
  return [
    refusal('OnlyTheCollectorSigns', ['kms:Sign'], ['*'], others(whose)),
    refusal('OnlyTheDeployerGoverns', GOVERNING_KEY, ['*'], butFor(whose)),
  ];
}

function others({ collector }: Whose): Conditions {
  return { ArnNotEquals: { 'aws:PrincipalArn': collector } };
}

function butFor({ deployer }: Whose): Conditions {
  return { ArnNotLike: { 'aws:PrincipalArn': deployer } };
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** To everybody, whatever else allows it. */
function refusal(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  conditions: Conditions,
): PolicyStatement {
  return new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: [...actions],
    resources: [...resources],
    conditions,
  });
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

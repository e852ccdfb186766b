import { Aws, Duration } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Config } from './config.ts';
import { roleArn } from './names.ts';

/** Where the owner puts the files of threat feeds, and what is compiled of them lies (docs/threat-intelligence.md). */
export class FeedStore extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { deployerRole }: Config) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
    });
    this.bucket.addToResourcePolicy(onlyTheCompilerCompiles(this.bucket, this, deployerRole));
  }
}

/** Whoever writes the compiled file says what every incident is told: nobody else may, whatever IAM allows him. */
function onlyTheCompilerCompiles(bucket: Bucket, scope: Construct, deployerRole: string): PolicyStatement {
  const deployer = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${deployerRole}`;
  return new PolicyStatement({
    sid: 'OnlyTheCompilerCompiles',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
    resources: [bucket.arnForObjects('compiled/*')],
    conditions: {
      ArnNotLike: {
        'aws:PrincipalArn': [roleArn(scope, Aws.ACCOUNT_ID, 'compile-intelligence'), deployer],
      },
    },
  });
}

/**
 * Reading the compiled file. Without the right to list, S3 says of a file that is not there yet that access is denied
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html).
 */
export function readCompiled(bucket: Bucket): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('compiled/lookup')] }),
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
  ];
}

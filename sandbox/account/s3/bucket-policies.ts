import type * as s3 from '@aws-sdk/client-s3';
import { asList, type PolicyDocument, type Statement } from '../../authorize/policy.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { parsePolicyText } from '../iam/documents.ts';
import { parsePolicy } from '../policies.ts';
import { isPublicPolicy } from './public-policy.ts';
import { effectiveBlock, type Owned, onBucket } from './scope.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html */
const maximumBytes = 20 * 1024;

export function bucketPolicyOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetBucketPolicy: onBucket<s3.GetBucketPolicyCommandInput, s3.GetBucketPolicyCommandOutput>(
      cloud,
      's3:GetBucketPolicy',
      (owned) => ({ Policy: policyOf(owned) }),
    ),
    GetBucketPolicyStatus: onBucket<
      s3.GetBucketPolicyStatusCommandInput,
      s3.GetBucketPolicyStatusCommandOutput
    >(cloud, 's3:GetBucketPolicyStatus', (owned) => ({
      PolicyStatus: { IsPublic: isPublicPolicy(parsePolicy(policyOf(owned))) },
    })),
    PutBucketPolicy: onBucket<s3.PutBucketPolicyCommandInput, s3.PutBucketPolicyCommandOutput>(
      cloud,
      's3:PutBucketPolicy',
      (owned, { Policy: text = '' }) => {
        check(cloud, owned, text);
        owned.bucket.policy = text;
        return {};
      },
    ),
    DeleteBucketPolicy: onBucket<s3.DeleteBucketPolicyCommandInput, s3.DeleteBucketPolicyCommandOutput>(
      cloud,
      's3:DeleteBucketPolicy',
      ({ bucket }) => {
        delete bucket.policy;
        return {};
      },
    ),
  };
}

function policyOf({ bucket: { policy } }: Owned): string {
  if (policy === undefined) throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404);
  return policy;
}

function check(cloud: Cloud, owned: Owned, text: string): void {
  if (Buffer.byteLength(text) > maximumBytes)
    throw new AwsError(
      'PolicyTooLarge',
      `Policy exceeds the maximum allowed document size of ${maximumBytes} bytes`,
    );
  const document = parsePolicyText(text, 'MalformedPolicy');
  for (const statement of asList(document.Statement)) checkStatement(statement, owned.bucket.name);
  if (effectiveBlock(cloud, owned).blockPublicPolicy && isPublicPolicy(document as PolicyDocument))
    throw new AwsError(
      'AccessDenied',
      'public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
      403,
    );
}

function checkStatement(statement: Statement, bucket: string): void {
  if (statement.Principal === undefined && statement.NotPrincipal === undefined)
    throw new AwsError('MalformedPolicy', 'Missing required field Principal');
  const arn = `arn:aws:s3:::${bucket}`;
  const resources = [...asList(statement.Resource), ...asList(statement.NotResource)];
  const isOwn = (resource: string) =>
    resource === arn || resource.startsWith(`${arn}/`) || resource === `${arn}*`;
  if (resources.length === 0 || !resources.every(isOwn))
    throw new AwsError('MalformedPolicy', 'Policy has invalid resource');
}

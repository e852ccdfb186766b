import type * as s3 from '@aws-sdk/client-s3';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { uuid } from '../ids.ts';
import { onBucket } from './scope.ts';
import type { BucketState, LifecycleState } from './state.ts';

/** Whether a bucket keeps versions, and the rules by which it lets go of them. */
export function versioningOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetBucketVersioning: onBucket<s3.GetBucketVersioningCommandInput, s3.GetBucketVersioningCommandOutput>(
      cloud,
      's3:GetBucketVersioning',
      ({ bucket }) => ({
        ...(bucket.versioning === undefined ? {} : { Status: bucket.versioning }),
        ...(bucket.mfaDelete ? { MFADelete: 'Enabled' as const } : {}),
      }),
    ),
    PutBucketVersioning: onBucket<s3.PutBucketVersioningCommandInput, s3.PutBucketVersioningCommandOutput>(
      cloud,
      's3:PutBucketVersioning',
      ({ bucket }, { VersioningConfiguration: put }) => putVersioning(bucket, put?.Status),
    ),
    GetBucketLifecycleConfiguration: onBucket<
      s3.GetBucketLifecycleConfigurationCommandInput,
      s3.GetBucketLifecycleConfigurationCommandOutput
    >(cloud, 's3:GetLifecycleConfiguration', ({ bucket: { lifecycle } }) => {
      if (!lifecycle)
        throw new AwsError('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', 404);
      return {
        Rules: structuredClone(lifecycle.rules) as unknown as s3.LifecycleRule[],
        TransitionDefaultMinimumObjectSize:
          lifecycle.transitionDefaultMinimumObjectSize as s3.TransitionDefaultMinimumObjectSize,
      };
    }),
    PutBucketLifecycleConfiguration: onBucket<
      s3.PutBucketLifecycleConfigurationCommandInput,
      s3.PutBucketLifecycleConfigurationCommandOutput
    >(cloud, 's3:PutLifecycleConfiguration', ({ bucket }, input) => {
      bucket.lifecycle = lifecycleOf(cloud, input);
      return {};
    }),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
function putVersioning(bucket: BucketState, status: string | undefined): object {
  if (status !== 'Enabled' && status !== 'Suspended')
    throw new AwsError('IllegalVersioningConfigurationException', 'The Versioning element must be specified');
  if (bucket.mfaDelete)
    throw new AwsError('AccessDenied', 'Mfa Authentication must be used for this request', 403);
  if (status === 'Suspended' && bucket.replication)
    throw new AwsError(
      'InvalidBucketState',
      'A replication configuration is present on this bucket, so you cannot change the versioning state. To change the versioning state, first delete the replication configuration.',
      409,
    );
  bucket.versioning = status;
  return {};
}

const actions = [
  'AbortIncompleteMultipartUpload',
  'Expiration',
  'NoncurrentVersionExpiration',
  'NoncurrentVersionTransitions',
  'Transitions',
];

/** Rules get an id from S3 where they have none, and must do something. */
function lifecycleOf(
  cloud: Cloud,
  {
    LifecycleConfiguration: put,
    TransitionDefaultMinimumObjectSize: minimum = 'all_storage_classes_128K',
  }: s3.PutBucketLifecycleConfigurationCommandInput,
): LifecycleState {
  const rules = (put?.Rules ?? []).map((rule) => ({ ...rule, ID: rule.ID ?? uuid(cloud) }));
  if (rules.length === 0 || !rules.every(isWellFormed))
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  if (new Set(rules.map((rule) => rule.ID)).size < rules.length)
    throw new AwsError('InvalidArgument', 'Rule ID must be unique. Found same ID for more than one rule');
  return {
    rules: JSON.parse(JSON.stringify(rules)) as LifecycleState['rules'],
    transitionDefaultMinimumObjectSize: minimum,
  };
}

function isWellFormed(rule: s3.LifecycleRule): boolean {
  return (
    (rule.Status === 'Enabled' || rule.Status === 'Disabled') &&
    (rule.Filter !== undefined || rule.Prefix !== undefined) &&
    actions.some((action) => Object.hasOwn(rule, action))
  );
}

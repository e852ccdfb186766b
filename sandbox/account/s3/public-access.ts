import type * as s3 from '@aws-sdk/client-s3';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { onBucket } from './scope.ts';
import type { PublicAccessBlockState } from './state.ts';

/** A bucket's own settings; those of the account are S3 Control's. Deleting needs the power to put. */
export function publicAccessOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetPublicAccessBlock: onBucket<s3.GetPublicAccessBlockCommandInput, s3.GetPublicAccessBlockCommandOutput>(
      cloud,
      's3:GetBucketPublicAccessBlock',
      ({ bucket }) => ({ PublicAccessBlockConfiguration: configurationOf(bucket.publicAccessBlock) }),
    ),
    PutPublicAccessBlock: onBucket<s3.PutPublicAccessBlockCommandInput, s3.PutPublicAccessBlockCommandOutput>(
      cloud,
      's3:PutBucketPublicAccessBlock',
      ({ bucket }, { PublicAccessBlockConfiguration: put }) => {
        bucket.publicAccessBlock = settingsOf(put);
        return {};
      },
    ),
    DeletePublicAccessBlock: onBucket<
      s3.DeletePublicAccessBlockCommandInput,
      s3.DeletePublicAccessBlockCommandOutput
    >(cloud, 's3:PutBucketPublicAccessBlock', ({ bucket }) => {
      delete bucket.publicAccessBlock;
      return {};
    }),
  };
}

/** What is left out of a request is off. */
export function settingsOf(put: s3.PublicAccessBlockConfiguration | undefined): PublicAccessBlockState {
  return {
    blockPublicAcls: put?.BlockPublicAcls ?? false,
    ignorePublicAcls: put?.IgnorePublicAcls ?? false,
    blockPublicPolicy: put?.BlockPublicPolicy ?? false,
    restrictPublicBuckets: put?.RestrictPublicBuckets ?? false,
  };
}

/** Settings as S3 answers them, or its error where there are none. */
export function configurationOf(
  state: PublicAccessBlockState | undefined,
): s3.PublicAccessBlockConfiguration {
  if (!state)
    throw new AwsError(
      'NoSuchPublicAccessBlockConfiguration',
      'The public access block configuration was not found',
      404,
    );
  return {
    BlockPublicAcls: state.blockPublicAcls,
    IgnorePublicAcls: state.ignorePublicAcls,
    BlockPublicPolicy: state.blockPublicPolicy,
    RestrictPublicBuckets: state.restrictPublicBuckets,
  };
}

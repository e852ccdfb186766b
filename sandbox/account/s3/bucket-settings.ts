import type * as s3 from '@aws-sdk/client-s3';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { onBucket } from './scope.ts';

/** What is asked about a bucket before it is changed, and the list of an account's buckets. */
export function bucketSettingsOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetBucketTagging: onBucket<s3.GetBucketTaggingCommandInput, s3.GetBucketTaggingCommandOutput>(
      cloud,
      's3:GetBucketTagging',
      ({ bucket: { tags } }) => {
        if (Object.keys(tags).length === 0)
          throw new AwsError('NoSuchTagSet', 'The TagSet does not exist', 404);
        return { TagSet: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
      },
    ),
    GetBucketWebsite: onBucket<s3.GetBucketWebsiteCommandInput, s3.GetBucketWebsiteCommandOutput>(
      cloud,
      's3:GetBucketWebsite',
      ({ bucket }) => {
        if (!bucket.website)
          throw new AwsError(
            'NoSuchWebsiteConfiguration',
            'The specified bucket does not have a website configuration',
            404,
          );
        return { IndexDocument: { Suffix: 'index.html' } };
      },
    ),
  };
}

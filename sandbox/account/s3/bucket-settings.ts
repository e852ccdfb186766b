import type * as s3 from '@aws-sdk/client-s3';
import { AwsError, type Operation, operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { onBucket } from './scope.ts';

/** What is asked about a bucket before it is changed, and the list of an account's buckets. */
export function bucketSettingsOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListBuckets: listBuckets(cloud),
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

/** Pages name the next bucket; only those of one region where one is asked for. */
function listBuckets(cloud: Cloud): Operation {
  return operation<s3.ListBucketsCommandInput, s3.ListBucketsCommandOutput>({
    requires: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
    handle({ BucketRegion: region, ContinuationToken: from = '', MaxBuckets: size = 10_000 }, { account }) {
      const buckets = Object.values(cloud.account(account).s3?.buckets ?? {})
        .filter((bucket) => region === undefined || bucket.region === region)
        .filter(({ name }) => name >= from)
        .sort((left, right) => (left.name < right.name ? -1 : 1));
      const next = buckets[size]?.name;
      return {
        Buckets: buckets.slice(0, size).map((bucket) => ({
          Name: bucket.name,
          BucketRegion: bucket.region,
          CreationDate: new Date(bucket.creationDate),
        })),
        ...(next === undefined ? {} : { ContinuationToken: next }),
      };
    },
  });
}

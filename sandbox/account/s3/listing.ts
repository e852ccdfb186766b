import type * as s3 from '@aws-sdk/client-s3';
import { AwsError, type Operation, operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';

type Input = s3.ListBucketsCommandInput;

const largestPage = 10_000;

/** The account's own buckets, and nobody else's (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html). */
export function bucketListingOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListBuckets: operation<Input, s3.ListBucketsCommandOutput>({
      requires: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
      handle: (input, { account }) => list(cloud, account, input),
    }),
  };
}

/** The token is a position; a bucket's region is told only to whom names a parameter. */
function list(cloud: Cloud, account: string, input: Input) {
  const { Prefix = '', BucketRegion: region, MaxBuckets: size = largestPage, ContinuationToken } = input;
  const from = Number(ContinuationToken ?? 0);
  if (!Number.isInteger(from) || size < 1 || size > largestPage)
    throw new AwsError('InvalidArgument', 'The continuation token or MaxBuckets is not valid');
  const buckets = Object.values(cloud.account(account).s3?.buckets ?? {})
    .filter(({ name }) => name.startsWith(Prefix))
    .filter((bucket) => region === undefined || bucket.region === region)
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  return {
    Owner: { ID: account },
    Prefix,
    Buckets: buckets.slice(from, from + size).map((bucket) => ({
      Name: bucket.name,
      CreationDate: new Date(bucket.creationDate),
      BucketRegion: bucket.region,
    })),
    ContinuationToken: from + size < buckets.length ? String(from + size) : undefined,
  };
}

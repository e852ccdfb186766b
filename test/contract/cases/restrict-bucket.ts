import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { ACCOUNT, type ActionCase, target } from '../action-case.ts';
import { BUCKET, buckets, OTHER, OTHER_ACCOUNT, policyOf, reading } from './buckets.ts';

const common = {
  target: target('bucket', BUCKET),
  innocent: ({ s3, iam }) => [s3?.buckets[OTHER], s3?.buckets[BUCKET]?.tags, s3?.publicAccessBlock, iam],
  trespasses: () => [
    new PutBucketPolicyCommand({ Bucket: OTHER, Policy: JSON.stringify(policyOf(reading('*', OTHER))) }),
    new DeleteBucketPolicyCommand({ Bucket: OTHER }),
    new GetBucketPolicyCommand({ Bucket: OTHER }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  { ...common, name: 'a bucket without a policy', seed: buckets() },
  {
    ...common,
    name: 'a public bucket that also shares with a partner, with an id and conditions of its own',
    seed: buckets({
      policy: {
        ...policyOf(
          reading('*', BUCKET, { Sid: 'Everybody' }),
          reading({ AWS: OTHER_ACCOUNT }, BUCKET, {
            Condition: { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24'] } },
          }),
        ),
        Id: 'shop',
      },
      publicAccessBlock: { restrictPublicBuckets: false },
    }),
  },
  {
    ...common,
    name: 'a single statement that is no list, in a bucket that a stack keeps and people protect',
    seed: buckets({
      tags: { 'aws:cloudformation:stack-name': 'shop', 'sallyport:protected': '' },
      policy: { Version: '2008-10-17', Statement: reading({ AWS: `arn:aws:iam::${ACCOUNT}:root` }) },
    }),
  },
];

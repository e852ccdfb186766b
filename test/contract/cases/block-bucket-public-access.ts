import {
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { type ActionCase, target } from '../action-case.ts';
import { BUCKET, buckets, everything, OTHER, OTHER_ACCOUNT, policyOf, reading } from './buckets.ts';

const common = {
  target: target('bucket', BUCKET),
  innocent: ({ s3 }) => [
    s3?.publicAccessBlock,
    s3?.buckets[OTHER],
    s3?.buckets[BUCKET]?.policy,
    s3?.buckets[BUCKET]?.tags,
  ],
  trespasses: () => [
    new PutPublicAccessBlockCommand({ Bucket: OTHER, PublicAccessBlockConfiguration: {} }),
    new DeletePublicAccessBlockCommand({ Bucket: OTHER }),
    new GetBucketPolicyCommand({ Bucket: OTHER }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'a public website without any settings',
    seed: buckets({
      website: true,
      policy: policyOf(reading('*'), reading({ AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` })),
    }),
  },
  {
    ...common,
    name: 'a bucket that blocks half of it, and that people protect',
    seed: buckets({
      tags: { 'sallyport:protected': '' },
      publicAccessBlock: { blockPublicAcls: true, ignorePublicAcls: true },
    }),
  },
  {
    ...common,
    name: 'settings that are all off are put back as such',
    seed: buckets({ publicAccessBlock: {}, tags: { 'aws:cloudformation:stack-name': 'shop' } }),
  },
  {
    ...common,
    name: 'an account that blocks everything has a bucket that does not',
    seed: buckets({ policy: policyOf(reading('*')) }, { publicAccessBlock: everything }),
  },
];

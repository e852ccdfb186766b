import { PutBucketLifecycleConfigurationCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import type { AccountState } from '../../../sandbox/account/state.ts';
import { type ActionCase, target } from '../action-case.ts';
import { BUCKET, buckets, OTHER } from './buckets.ts';

export const expiring = { ID: 'old', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 1 } };
export const moving = {
  ID: 'cold',
  Status: 'Enabled',
  Filter: { And: { Prefix: '', Tags: [{ Key: 'Date', Value: '2026-01-01' }], ObjectSizeGreaterThan: 500 } },
  Transitions: [{ Date: '2027-01-01T00:00:00.000Z', StorageClass: 'GLACIER' }],
};
export const both = {
  ID: 'versions',
  Status: 'Enabled',
  Prefix: 'logs/',
  Expiration: { Date: '2027-02-01T00:00:00.000Z' },
  NoncurrentVersionExpiration: { NoncurrentDays: 7, NewerNoncurrentVersions: 2 },
  NoncurrentVersionTransitions: [{ NoncurrentDays: 1, StorageClass: 'STANDARD_IA' }],
};
export const off = { ...expiring, ID: 'off', Status: 'Disabled' };

const common = {
  target: target('bucket', BUCKET),
  innocent: ({ s3 }) => [
    s3?.buckets[OTHER],
    s3?.buckets[BUCKET]?.objects,
    s3?.buckets[BUCKET]?.policy,
    s3?.buckets[BUCKET]?.lifecycle?.rules.filter((rule) => rule.ID === 'cold' || rule.ID === 'off'),
  ],
  trespasses: () => [
    new PutBucketVersioningCommand({ Bucket: OTHER, VersioningConfiguration: { Status: 'Suspended' } }),
    new PutBucketLifecycleConfigurationCommand({
      Bucket: OTHER,
      LifecycleConfiguration: { Rules: [expiring as never] },
    }),
  ],
} satisfies Partial<ActionCase>;

/** Everything but that versioning was never enabled. */
function restorable({ s3, ...account }: AccountState): unknown {
  const { [BUCKET]: bucket, ...others } = s3?.buckets ?? {};
  const { versioning: _lost, ...rest } = bucket ?? ({} as never);
  return [account, s3?.publicAccessBlock, others, rest];
}

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'a bucket that never kept versions, without rules',
    restorable,
    seed: buckets({ objects: [{ key: 'a' }] }),
  },
  {
    ...common,
    name: 'versions that were suspended, and rules of every kind',
    seed: buckets({
      versioning: 'Suspended',
      lifecycle: {
        rules: [expiring, moving, both, off],
        transitionDefaultMinimumObjectSize: 'varies_by_storage_class',
      },
    }),
  },
  {
    ...common,
    name: 'versions that are kept, but for a rule; under MFA delete, a stack and protection',
    seed: buckets({
      versioning: 'Enabled',
      mfaDelete: true,
      tags: { 'aws:cloudformation:stack-name': 'shop', 'sallyport:protected': '' },
      lifecycle: { rules: [both] },
    }),
  },
];

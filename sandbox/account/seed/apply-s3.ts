import type { Cloud } from '../cloud.ts';
import { s3Of } from '../s3/scope.ts';
import type { BucketState, ObjectVersionState } from '../s3/state.ts';
import type { AccountSeed } from './account-schema.ts';
import type { S3Seed } from './s3-schema.ts';
import { resolveInstant } from './time.ts';

/** Adds the seeded buckets; an account without any, and without settings of its own, gets no S3. */
export function applyS3(cloud: Cloud, { account, region, s3 }: AccountSeed, now: Date): void {
  const { buckets, publicAccessBlock } = s3;
  if (buckets.length === 0 && !publicAccessBlock) return;
  const state = s3Of(cloud, account);
  if (publicAccessBlock) state.publicAccessBlock = publicAccessBlock;
  for (const bucket of buckets) state.buckets[bucket.name] = toBucket(bucket, region, now);
}

function toBucket(seed: S3Seed['buckets'][number], home: string, now: Date): BucketState {
  const { policy, objects, region = home, creationDate, ...settings } = seed;
  return {
    ...settings,
    region,
    creationDate: resolveInstant(creationDate, now),
    ...(policy ? { policy: JSON.stringify(policy) } : {}),
    objects: versionsOf(objects, now),
  };
}

function versionsOf(
  objects: S3Seed['buckets'][number]['objects'],
  now: Date,
): Record<string, ObjectVersionState[]> {
  const byKey: Record<string, ObjectVersionState[]> = {};
  for (const { key, lastModified, ...version } of objects) {
    byKey[key] ??= [];
    byKey[key].push({ ...version, lastModified: resolveInstant(lastModified, now) });
  }
  return byKey;
}

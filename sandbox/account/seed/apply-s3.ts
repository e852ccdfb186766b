import type { Cloud } from '../cloud.ts';
import type { AccountSeed } from './account-schema.ts';
import { resolveInstant } from './time.ts';

/** Adds the seeded buckets; an account without any gets no S3. */
export function applyS3(cloud: Cloud, { account, region: home, s3 }: AccountSeed, now: Date): void {
  if (s3.buckets.length === 0) return;
  const state = cloud.account(account);
  state.s3 ??= { buckets: {} };
  for (const { policy, region = home, creationDate, name } of s3.buckets)
    state.s3.buckets[name] = {
      name,
      region,
      creationDate: resolveInstant(creationDate, now),
      ...(policy ? { policy: JSON.stringify(policy) } : {}),
    };
}

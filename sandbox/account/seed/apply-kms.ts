import type { Cloud } from '../cloud.ts';
import type { KeyState } from '../kms/state.ts';
import type { AccountSeed } from './account-schema.ts';
import { resolveInstant } from './time.ts';

type Item = AccountSeed['kms']['keys'][number];

const day = 86_400_000;

/** Adds the seeded keys to the account's region. */
export function applyKms(cloud: Cloud, { account, region, kms }: AccountSeed, now: Date): void {
  for (const { deletion, policy = defaultPolicy(account), ...key } of kms.keys)
    cloud.region(account, region).kms.keys[key.keyId] = {
      ...key,
      policy: JSON.stringify(policy),
      ...(deletion ? pending(key, deletion, now) : {}),
    };
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultPolicy(account: string): object {
  const root = `arn:aws:iam::${account}:root`;
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' }],
  };
}

function pending(
  { replicas }: Pick<Item, 'replicas'>,
  { scheduled, pendingWindowInDays }: NonNullable<Item['deletion']>,
  now: Date,
): Pick<KeyState, 'keyState' | 'deletionDate' | 'pendingWindowInDays'> {
  if (replicas > 0) return { keyState: 'PendingReplicaDeletion', pendingWindowInDays };
  const from = Date.parse(resolveInstant(scheduled, now));
  return {
    keyState: 'PendingDeletion',
    deletionDate: new Date(from + pendingWindowInDays * day).toISOString(),
  };
}

import { createHash } from 'node:crypto';
import type { Cloud } from '../cloud.ts';
import type { AccountSeed } from './account-schema.ts';
import { resolveInstant } from './time.ts';

/** Adds the seeded stacks to the account's region. */
export function applyCloudFormation(cloud: Cloud, seed: AccountSeed, now: Date): void {
  const { account, region, cloudformation } = seed;
  for (const stack of cloudformation.stacks) {
    const state = cloud.region(account, region);
    state.cloudformation ??= { stacks: {} };
    state.cloudformation.stacks[stack.name] = {
      ...stack,
      arn: stackArn(seed, stack.name),
      createdAt: resolveInstant(stack.createdAt, now),
      resources: stack.resources.map(({ drift, ...resource }) => ({
        ...resource,
        drift: drift && { ...drift, checkedAt: resolveInstant(drift.checkedAt, now) },
      })),
    };
  }
}

/** A stack's ARN ends in a UUID, which is the same for the same name here. */
function stackArn({ account, region }: AccountSeed, name: string): string {
  const hash = createHash('sha256').update(name).digest('hex');
  const id = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 16),
    hash.slice(16, 20),
    hash.slice(20, 32),
  ];
  return `arn:aws:cloudformation:${region}:${account}:stack/${name}/${id.join('-')}`;
}

import type { Cloud } from '../cloud.ts';
import type { SecretState } from '../secretsmanager/state.ts';
import type { AccountSeed } from './account-schema.ts';
import { resolveInstant } from './time.ts';

type Item = AccountSeed['secretsmanager']['secrets'][number];

/** Adds the seeded secrets to the account's region. */
export function applySecrets(
  cloud: Cloud,
  { account, region, secretsmanager }: AccountSeed,
  now: Date,
): void {
  const { secrets } = cloud.region(account, region).secretsmanager;
  for (const secret of secretsmanager.secrets) secrets[secret.name] = toSecret(secret, now);
}

function toSecret(seed: Item, now: Date): SecretState {
  const { current, previous, pending, deletedDate, lastAccessedDate, ...secret } = seed;
  return {
    ...secret,
    rotationEnabled: secret.rotationEnabled ?? secret.rotationLambdaArn !== undefined,
    ...(deletedDate === undefined ? {} : { deletedDate: resolveInstant(deletedDate, now) }),
    ...(lastAccessedDate === undefined ? {} : { lastAccessedDate: resolveInstant(lastAccessedDate, now) }),
    versions: {
      ...(previous === undefined ? {} : { [previous]: ['AWSPREVIOUS'] }),
      ...(pending === undefined ? {} : { [pending]: ['AWSPENDING'] }),
      [current]: pending === current ? ['AWSCURRENT', 'AWSPENDING'] : ['AWSCURRENT'],
    },
  };
}

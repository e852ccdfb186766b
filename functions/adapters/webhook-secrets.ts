import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../core/ports.ts';
import { webhookSecretName } from '../core/webhook.ts';

/** How long a secret is taken to be what it was. A new one is known after this. */
const KEPT_MS = 60_000;
/** Shorter than this a secret can be guessed from one signed delivery. */
const LEAST_LENGTH = 32;

/**
 * Reads what senders sign with. An answer is kept, a failure as well: whoever only knows a sender's name must not make
 * a call of ours with each of his. Throws where the secret is missing or too short.
 */
export function webhookSecrets(
  client: SecretsManagerClient,
  clock: Clock,
): (sender: string) => Promise<string> {
  const kept = new Map<string, { readonly until: number; readonly secret: Promise<string> }>();
  return (sender) => {
    const now = clock().getTime();
    const known = kept.get(sender);
    if (known && now < known.until) return known.secret;
    const secret = read(client, webhookSecretName(sender));
    kept.set(sender, { until: now + KEPT_MS, secret });
    return secret;
  };
}

async function read(client: SecretsManagerClient, SecretId: string): Promise<string> {
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
  if (SecretString.length >= LEAST_LENGTH) return SecretString;
  throw new Error(
    `the secret ${SecretId} has ${SecretString.length} characters; expected ${LEAST_LENGTH} or more`,
  );
}

import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { SendTaskSuccessCommand, type SFNClient } from '@aws-sdk/client-sfn';
import type { Doorbells } from '../core/ports.ts';
import type { CoordinationTable } from './coordination-table.ts';

/** What SendTaskSuccess answers when nobody waits any more: normal, because the ledger holds the decision. */
const NOBODY_WAITS = new Set(['TaskTimedOut', 'TaskDoesNotExist']);

/** Task tokens, encrypted under the incident and kind that they belong to, and forgotten on use. */
export function doorbells(
  table: CoordinationTable,
  keyId: string,
  kms: Pick<KMSClient, 'send'>,
  workflow: Pick<SFNClient, 'send'>,
): Doorbells {
  async function ring(incident: string, kind: string, sealed: string, token: string) {
    const outcome = await answer(workflow, token);
    await table.remove(`token#${incident}`, kind, { only: { token: sealed } });
    return outcome;
  }

  return {
    async hang(incident, kind, token) {
      const encrypted = await kms.send(
        new EncryptCommand({
          KeyId: keyId,
          Plaintext: Buffer.from(token, 'utf8'),
          EncryptionContext: { incident, kind },
        }),
      );
      const sealed = Buffer.from(encrypted.CiphertextBlob ?? []).toString('base64');
      await table.put(`token#${incident}`, kind, { token: sealed });
      return { ring: () => ring(incident, kind, sealed, token) };
    },
    async ring(incident, kind) {
      const found = await table.get(`token#${incident}`, kind);
      if (!found) return 'nobody-waits';
      const sealed = String(found.token);
      const decrypted = await kms.send(
        new DecryptCommand({
          KeyId: keyId,
          CiphertextBlob: Buffer.from(sealed, 'base64'),
          EncryptionContext: { incident, kind },
        }),
      );
      return ring(incident, kind, sealed, Buffer.from(decrypted.Plaintext ?? []).toString('utf8'));
    },
  };
}

async function answer(
  workflow: Pick<SFNClient, 'send'>,
  taskToken: string,
): Promise<'rung' | 'nobody-waits'> {
  try {
    await workflow.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
    return 'rung';
  } catch (error) {
    if (error instanceof Error && NOBODY_WAITS.has(error.name)) return 'nobody-waits';
    throw error;
  }
}

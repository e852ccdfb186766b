import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { sha256 } from '../core/canonical.ts';
import { SIGNING_ALGORITHM } from '../core/evidence-bundle.ts';
import type { EvidenceSigner } from '../core/ports.ts';
import { clientSettings, measured } from './clients.ts';

/**
 * Signs with a KMS key of ECC_NIST_P256. KMS takes a message of 4,096 bytes at most, and a manifest may be longer: it
 * is given the digest, which makes the signature one over the manifest's own bytes
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html).
 */
export function kmsEvidenceSigner(
  key: string,
  client = measured(new KMSClient(clientSettings)),
): EvidenceSigner {
  return {
    key,
    async sign(text) {
      const { Signature } = await client.send(
        new SignCommand({
          KeyId: key,
          Message: Buffer.from(sha256(text), 'hex'),
          MessageType: 'DIGEST',
          SigningAlgorithm: SIGNING_ALGORITHM,
        }),
      );
      if (!Signature) throw new Error(`KMS signed nothing with ${key}`);
      return Signature;
    },
  };
}

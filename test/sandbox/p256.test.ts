import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256 } from '../../functions/core/canonical.ts';
import { signDigest } from '../../sandbox/services/p256.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

it('a signature over a digest is one over the message, for whoever verifies it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (message) => {
      const signature = signDigest(Buffer.from(sha256(message), 'hex'), privateKey);
      expect(verify('sha256', message, createPublicKey(privateKey), signature)).toBe(true);
    }),
  );
});

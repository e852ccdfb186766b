import { createECDH, type KeyObject } from 'node:crypto';

/** The order of P-256's base point (NIST SP 800-186, section 3.2.1.3). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * ECDSA on P-256 over a digest that was made already, in DER: KMS signs such, and Node hashes whatever it signs
 * (FIPS 186-5, section 6.4.1).
 */
export function signDigest(digest: Uint8Array, key: KeyObject): Uint8Array {
  const secret = toNumber(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'));
  const once = createECDH('prime256v1');
  // The uncompressed point: a byte 4, then 32 bytes each of x and y.
  const r = toNumber(once.generateKeys().subarray(1, 33)) % ORDER;
  const s = (inverse(toNumber(once.getPrivateKey())) * (toNumber(digest) + r * secret)) % ORDER;
  return r === 0n || s === 0n ? signDigest(digest, key) : encode([integer(r), integer(s)]);
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

/** By Fermat, since the order is prime. */
function inverse(value: bigint): bigint {
  let result = 1n;
  let base = value % ORDER;
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % ORDER;
    base = (base * base) % ORDER;
  }
  return result;
}

/** DER's INTEGER: as few bytes as there are, the first below 128. */
function integer(value: bigint): Buffer {
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  const body = (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  return Buffer.concat([Buffer.of(2, body.length), body]);
}

/** DER's SEQUENCE of these, whose length is below 128. */
function encode(parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

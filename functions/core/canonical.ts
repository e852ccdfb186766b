import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Anything that JSON can hold. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** RFC 8785 canonical JSON. Throws on what JSON cannot hold: bigint, NaN, a lone surrogate, undefined. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('undefined has no canonical JSON');
  return text;
}

/** SHA-256 of bytes, a text's in UTF-8, in lower-case hex. */
export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}

/** The digest that people approve and that chains are built of: SHA-256 over RFC 8785 JSON. */
export function digest(value: unknown): string {
  return sha256(canonicalJson(value));
}

const lasting = new WeakMap<object, string>();

/** The digest of an object that never changes, such as a playbook or a tool's description: computed once. */
export function lastingDigest(value: object): string {
  const known = lasting.get(value) ?? digest(value);
  lasting.set(value, known);
  return known;
}

import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Anything that JSON can hold. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * RFC 8785 canonical JSON. Throws a TypeError on what JSON cannot hold (bigint), an Error on NaN and a lone surrogate.
 * RFC 8785 is ECMAScript's own JSON with sorted keys, which V8 writes three times as fast as the library does; the
 * library writes what is out of the ordinary, and a test holds both to the same text.
 */
export function canonicalJson(value: unknown): string {
  const text = isOrdinary(value) ? JSON.stringify(inOrder(value)) : canonicalize(value);
  if (text === undefined) throw new TypeError('undefined has no canonical JSON');
  return text;
}

/** Keys that an object does not keep in the order in which they are set: numbers come first, by value. */
const UNORDERED_KEY = /^(\d|__proto__$)/;

function isOrdinary(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'boolean';
  if (value === null) return true;
  if (Array.isArray(value)) return value.every(isOrdinary);
  if ('toJSON' in value) return false;
  return Object.entries(value).every(
    ([key, inside]) =>
      !UNORDERED_KEY.test(key) && key.isWellFormed() && (inside === undefined || isOrdinary(inside)),
  );
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const members = value as Readonly<Record<string, unknown>>;
  const ordered: Record<string, unknown> = {};
  // Without a comparison, sorting is by UTF-16 code units, as RFC 8785 (section 3.2.3) wants it.
  for (const key of Object.keys(members).sort()) ordered[key] = inOrder(members[key]);
  return ordered;
}

/** SHA-256 of a text's UTF-8 bytes, in lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The digest that people approve and that chains are built of: SHA-256 over RFC 8785 JSON. */
export function digest(value: unknown): string {
  return sha256(canonicalJson(value));
}

import type { Json } from './canonical.ts';

/** What stands where a value was taken out. */
export const REDACTED = '[redacted]';

/** Fields whose value is a secret, or holds some: user data and the environment of functions among them. */
const SECRET_FIELDS = new Set(
  [
    ...['userData', 'environment', 'secretAccessKey', 'sessionToken', 'secretString', 'secretBinary'],
    ...['password', 'oldPassword', 'newPassword', 'masterUserPassword', 'privateKey', 'keyMaterial'],
    ...['plaintext', 'authorization', 'authToken'],
  ].map((name) => name.toLowerCase()),
);

/** Secrets in running text: a private key, a password in a Windows console, `PASSWORD=…` and its like. */
const SECRET_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g, REDACTED],
  [/(<Password>)[^<]*/gi, `$1${REDACTED}`],
  [
    /\b([\w-]{0,40}(?:passwd|password|secret|token|api[_-]?key)[\w-]{0,40}["']?\s{0,4}[:=]\s{0,4})[^\s,;&]+/gi,
    `$1${REDACTED}`,
  ],
];

export interface Redaction {
  readonly value: Json;
  /** How many values or parts of texts were taken out. */
  readonly redacted: number;
}

/** A copy in plain JSON without what looks like a secret: dates as ISO texts, bytes as base64, the SDK's own fields left out. */
export function redact(value: unknown): Redaction {
  const counter = { redacted: 0 };
  return { value: copy(value, counter), redacted: counter.redacted };
}

function copy(value: unknown, counter: { redacted: number }): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string') return withoutSecrets(value.toWellFormed(), counter);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map((item) => copy(item, counter));
  if (typeof value === 'object') return copyFields(value, counter);
  return String(value);
}

function copyFields(value: object, counter: { redacted: number }): Json {
  const fields = Object.entries(value).filter(
    ([name, inside]) => inside !== undefined && name !== '$metadata',
  );
  return Object.fromEntries(
    fields.map(([name, inside]) => {
      if (!isSecret(name, inside)) return [name.toWellFormed(), copy(inside, counter)];
      counter.redacted += 1;
      return [name.toWellFormed(), REDACTED];
    }),
  );
}

function isSecret(name: string, value: unknown): boolean {
  return value !== null && SECRET_FIELDS.has(name.toLowerCase());
}

function withoutSecrets(text: string, counter: { redacted: number }): string {
  return SECRET_TEXTS.reduce(
    (left, [pattern, instead]) =>
      left.replaceAll(pattern, (...match) => {
        counter.redacted += 1;
        return instead.replace('$1', String(match[1] ?? ''));
      }),
    text,
  );
}

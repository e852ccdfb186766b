import type { Json } from './canonical.ts';

/** What stands where a value was taken out. */
export const REDACTED = '[redacted]';

/** What stands where nothing of AWS's nests any more: whatever could exhaust the stack would lose the whole file. */
const TOO_DEEP = '[nested too deeply]';
const MAX_DEPTH = 64;

/** Fields that hold secrets without being called so: user data and the environment of functions among them. */
const SECRET_FIELDS = new Set([
  ...['userdata', 'environment', 'secretaccesskey', 'secretstring', 'secretbinary'],
  ...['keymaterial', 'plaintext', 'authorization'],
]);

/** How names of secrets end, in small letters and without dashes; other tokens are AWS's, for pages and retries. */
const SECRET_NAME =
  /(?:passwd|password|passphrase|privatekey|secret|apikey|(?<!client|next|request|idempotency)token)$/;

/** The longest PEM of RSA with 8,192 bits, with room for a log's marks on each line. */
const PEM = '8192';

/**
 * Secrets in running text. Each pattern is bounded: whoever writes its beginning to a console must not hide what
 * follows, or stretch the time that looking for its end takes.
 */
const SECRET_TEXTS: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(`${pem('BEGIN')}(?:(?:(?!-----)[^]){0,${PEM}}${pem('END')}|[A-Za-z0-9+/=\\s]{0,${PEM}})`, 'g'),
    REDACTED,
  ],
  // A console keeps its end: the beginning of a key may be gone.
  [new RegExp(`^[A-Za-z0-9+/=\\s]{0,${PEM}}${pem('END')}`, 'g'), REDACTED],
  [/(<Password>)[^<]{0,1000}/gi, `$1${REDACTED}`],
  [/(\bBearer\s{1,4})[\w.~+/=-]+/gi, `$1${REDACTED}`],
  [/(:\/\/[^\s:/@]{1,100}:)[^\s@/]{1,200}(?=@)/g, `$1${REDACTED}`],
  [
    /((?:passwd|password|secret|token|api[_-]?key)[\w-]{0,80}\\{0,4}["']?\s{0,4}[:=]\s{0,4})(?:\[redacted\]|"[^"\n]{0,200}"|'[^'\n]{0,200}'|[^\s,;&]+)/gi,
    `$1${REDACTED}`,
  ],
];

function pem(mark: 'BEGIN' | 'END'): string {
  return `-----${mark} [A-Z ]{0,40}PRIVATE KEY-----`;
}

export interface Redaction {
  readonly value: Json;
  /** How many values or parts of texts were taken out. */
  readonly redacted: number;
}

/** A copy in plain JSON without what looks like a secret: dates as ISO texts, bytes as base64, the SDK's own fields left out. */
export function redact(value: unknown): Redaction {
  const counter: Counter = { redacted: 0 };
  return { value: copy(value, counter), redacted: counter.redacted };
}

interface Counter {
  redacted: number;
}

function copy(value: unknown, counter: Counter, depth = 0): Json {
  if (depth > MAX_DEPTH) return TOO_DEEP;
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string') return withoutSecrets(value.toWellFormed(), counter);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map((item) => copy(item, counter, depth + 1));
  if (typeof value === 'object') return copyFields(value, counter, depth + 1);
  return String(value);
}

function copyFields(value: object, counter: Counter, depth: number): Json {
  const fields = Object.entries(value).filter(
    ([name, inside]) => inside !== undefined && name !== '$metadata',
  );
  const secretBeside = fields.some(([name, inside]) => /^(?:key|name)$/i.test(name) && isSecretName(inside));
  return Object.fromEntries(
    fields.map(([name, inside]) => {
      const secret = isSecretName(name) || (secretBeside && name.toLowerCase() === 'value');
      if (!secret || inside === null) return [name.toWellFormed(), copy(inside, counter, depth)];
      counter.redacted += 1;
      return [name.toWellFormed(), REDACTED];
    }),
  );
}

function isSecretName(name: unknown): boolean {
  if (typeof name !== 'string') return false;
  const plain = name.slice(-200).toLowerCase().replaceAll(/[-_]/g, '');
  return SECRET_FIELDS.has(plain) || SECRET_NAME.test(plain);
}

function withoutSecrets(text: string, counter: Counter): string {
  return SECRET_TEXTS.reduce(
    (left, [pattern, instead]) =>
      left.replaceAll(pattern, (...match) => {
        counter.redacted += 1;
        return instead.replace('$1', () => String(match[1] ?? ''));
      }),
    text,
  );
}

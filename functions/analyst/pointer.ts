/** The reference tokens of a JSON pointer, or undefined for a text that is none (RFC 6901, section 3). */
export function pointerTokens(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a JSON pointer, or undefined where there is none (RFC 6901, section 4). */
export function resolvePointer(document: unknown, pointer: string): unknown {
  const tokens = pointerTokens(pointer);
  return tokens?.reduce<unknown>(step, document);
}

function step(value: unknown, token: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
  return Object.hasOwn(value, token) ? (value as Record<string, unknown>)[token] : undefined;
}

/** What of some patterns lies at and below one place; an empty list of tokens means the place itself. `*` stands for any one token. */
type Patterns = readonly (readonly string[])[];

/** What cannot be read is not vouched for: it names everything. */
function readPatterns(patterns: readonly string[]): Patterns {
  return patterns.map((pattern) => pointerTokens(pattern) ?? []);
}

function below(patterns: Patterns, token: string): Patterns {
  return patterns
    .filter(([first]) => first === undefined || first === '*' || first === token)
    .map((pattern) => pattern.slice(1));
}

function isNamed(patterns: Patterns): boolean {
  return patterns.some(({ length }) => length === 0);
}

/** Whether a pointer leads to, or into, something that one of the patterns names. */
export function isUnder(pointer: string, patterns: readonly string[]): boolean {
  const tokens = pointerTokens(pointer);
  return !tokens || isNamed(tokens.reduce(below, readPatterns(patterns)));
}

/** A copy of a document without what the patterns name. */
export function without(document: unknown, patterns: readonly string[]): unknown {
  return withoutNamed(document, readPatterns(patterns));
}

function withoutNamed(document: unknown, patterns: Patterns): unknown {
  if (patterns.length === 0 || typeof document !== 'object' || document === null) return document;
  const kept = Object.entries(document)
    .map(([key, item]) => [key, item, below(patterns, key)] as const)
    .filter(([, , inner]) => !isNamed(inner))
    .map(([key, item, inner]) => [key, withoutNamed(item, inner)] as const);
  return Array.isArray(document) ? kept.map(([, item]) => item) : Object.fromEntries(kept);
}

type Replace = (text: string, pointer: string) => unknown;

/** A copy of a document in which every string that the patterns name is another; the shape stays, so pointers do. */
export function replaceTainted(document: unknown, patterns: readonly string[], replace: Replace): unknown {
  return replaceNamed(document, readPatterns(patterns), replace, '');
}

function replaceNamed(document: unknown, patterns: Patterns, replace: Replace, pointer: string): unknown {
  if (patterns.length === 0) return document;
  if (typeof document === 'string') return isNamed(patterns) ? replace(document, pointer) : document;
  if (typeof document !== 'object' || document === null) return document;
  const replaced = Object.entries(document).map(([key, item]) => {
    const at = `${pointer}/${escapeToken(key)}`;
    return [key, replaceNamed(item, below(patterns, key), replace, at)] as const;
  });
  return Array.isArray(document) ? replaced.map(([, item]) => item) : Object.fromEntries(replaced);
}

function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

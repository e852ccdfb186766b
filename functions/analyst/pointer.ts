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

/** Whether a pointer leads to, or into, something that one of the patterns names; `*` stands for any one token. */
export function isUnder(pointer: string, patterns: readonly string[]): boolean {
  const tokens = pointerTokens(pointer);
  // What cannot be read is not vouched for.
  if (!tokens) return true;
  return patterns.some((pattern) => {
    const parts = pointerTokens(pattern);
    return (
      !parts ||
      parts.every((part, index) => index < tokens.length && (part === '*' || part === tokens[index]))
    );
  });
}

/** A copy of a document without what the patterns name. */
export function without(document: unknown, patterns: readonly string[], pointer = ''): unknown {
  if (Array.isArray(document)) {
    return document
      .map((item, index) => [item, `${pointer}/${index}`] as const)
      .filter(([, at]) => !isUnder(at, patterns))
      .map(([item, at]) => without(item, patterns, at));
  }
  if (typeof document !== 'object' || document === null) return document;
  return Object.fromEntries(
    Object.entries(document)
      .map(([key, item]) => [key, item, `${pointer}/${escapeToken(key)}`] as const)
      .filter(([, , at]) => !isUnder(at, patterns))
      .map(([key, item, at]) => [key, without(item, patterns, at)]),
  );
}

function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** A copy of a document in which every string that the patterns name is another; the shape stays, so pointers do. */
export function replaceTainted(
  document: unknown,
  patterns: readonly string[],
  replace: (text: string, pointer: string) => unknown,
  pointer = '',
): unknown {
  if (typeof document === 'string') return isUnder(pointer, patterns) ? replace(document, pointer) : document;
  if (typeof document !== 'object' || document === null) return document;
  const below = (item: unknown, token: string) =>
    replaceTainted(item, patterns, replace, `${pointer}/${escapeToken(token)}`);
  if (Array.isArray(document)) return document.map((item, index) => below(item, String(index)));
  return Object.fromEntries(Object.entries(document).map(([key, item]) => [key, below(item, key)]));
}

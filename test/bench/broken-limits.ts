/** The paths of what is outside its limit: every `ok: false` of a bench's document. */
export function brokenLimits(document: unknown, path = ''): readonly string[] {
  if (typeof document !== 'object' || document === null) return [];
  return Object.entries(document).flatMap(([key, value]) =>
    key === 'ok' && value === false ? [path] : brokenLimits(value, path ? `${path}.${key}` : key),
  );
}

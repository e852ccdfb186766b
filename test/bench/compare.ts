/** How each number of a run relates to the same number of an earlier one, by its path: 0.5 is half. */
export function ratios(now: unknown, before: unknown, path = ''): Record<string, number> {
  if (typeof now === 'number' && typeof before === 'number' && before !== 0)
    return { [path]: Math.round((now / before) * 1000) / 1000 };
  if (!isRecord(now) || !isRecord(before)) return {};
  const inside = Object.entries(now)
    // What was asked for says nothing about how it went.
    .filter(([key]) => !/^(limit|target)/.test(key))
    .map(([key, value]) => ratios(value, before[key], path ? `${path}.${key}` : key));
  return Object.assign({}, ...inside) as Record<string, number>;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

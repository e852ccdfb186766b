type Container = Record<string, unknown> | unknown[];

/** The keys of a field as `AttackerWritable` writes it; a number for the first item of a list. */
function keysOf(field: string): (string | number)[] {
  return [...field.matchAll(/\["([^"]+)"\]|(\[\])|([^.[\]]+)/g)].map(([, quoted, item, key]) => {
    if (quoted !== undefined) return quoted;
    return item ? 0 : key === '*' ? 'anything' : (key ?? '');
  });
}

/** A copy of a document with a value at a field, which is made where it is missing. */
export function withField(document: unknown, field: string, value: unknown): Record<string, unknown> {
  const copy = structuredClone(document) as Record<string, unknown>;
  let place: Container = copy;
  const keys = keysOf(field);
  for (const [index, key] of keys.entries()) {
    const slot = place as Record<string | number, unknown>;
    const next = keys[index + 1];
    if (next === undefined) slot[key] = value;
    else if (typeof slot[key] !== 'object' || slot[key] === null)
      slot[key] = typeof next === 'number' ? [] : {};
    place = slot[key] as Container;
  }
  return copy;
}

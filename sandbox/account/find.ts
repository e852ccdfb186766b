/** Looks a name up that came from outside: `__proto__` and `constructor` are names like any other, and unknown. */
export function find<Value>(
  record: Readonly<Record<string, Value>>,
  name: string | undefined,
): Value | undefined {
  return name !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

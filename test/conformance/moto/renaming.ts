/**
 * The case's names of resources for those that the imitation gave them. Whatever goes out is told in the imitation's
 * names and whatever comes back in the case's, so that a case's target, seed and innocents stay as they are written.
 */
export class Renaming {
  readonly #theirs = new Map<string, string>();
  readonly #ours = new Map<string, string>();

  /** Says what the imitation calls a resource of the case. */
  name(ours: string, theirs: string | undefined): void {
    if (!theirs) throw new Error(`the imitation named no resource for ${ours}`);
    this.#theirs.set(ours, theirs);
    this.#ours.set(theirs, ours);
  }

  toTheirs<Value>(value: Value): Value {
    return replaced(value, this.#theirs);
  }

  toOurs<Value>(value: Value): Value {
    return replaced(value, this.#ours);
  }
}

/** A deep copy with every name replaced, also inside ARNs and documents. */
function replaced<Value>(value: Value, names: ReadonlyMap<string, string>): Value {
  if (names.size === 0) return value;
  // Whole names alone: `i-0a…` is the end of `eni-0a…`. IAM's answers are URL-encoded: there `%22` stands before one.
  const all = [...names.keys()].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const pattern = new RegExp(`(?:(?<![\\w-])|(?<=%[\\dA-F]{2}))(?:${all})(?![\\w-])`, 'g');
  return inStrings(value, (text) => text.replace(pattern, (name) => names.get(name) ?? name)) as Value;
}

function inStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => inStrings(one, change));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [change(key), inStrings(one, change)]));
}

/** Dates, bytes and streams are left as they are. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

import type { State } from '../core/plan.ts';

/** Characters of JSON that one piece of evidence may have: about 3,000 tokens, and well below a ledger body. */
const MAX_CHARACTERS = 12_000;
const LIST_LENGTHS = [50, 20, 10, 5, 2, 1] as const;
const TEXT_LENGTH = 400;

export interface Trimmed {
  readonly output: State;
  readonly truncated: boolean;
}

/** An answer within its bound: lists are cut first, with their beginnings kept, and texts with them. */
export function trim(output: State): Trimmed {
  if (fits(output)) return { output, truncated: false };
  for (const length of LIST_LENGTHS) {
    const shorter = shorten(output, length) as State;
    if (fits(shorter)) return { output: shorter, truncated: true };
  }
  return { output: { reason: 'the answer is too large to be kept' }, truncated: true };
}

function fits(output: State): boolean {
  return JSON.stringify(output).length <= MAX_CHARACTERS;
}

function shorten(value: unknown, length: number): unknown {
  if (typeof value === 'string') return value.slice(0, TEXT_LENGTH).toWellFormed();
  if (Array.isArray(value)) return value.slice(0, length).map((item) => shorten(item, length));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shorten(item, length)]));
}

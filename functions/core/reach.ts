import { causeOf } from './named-error.ts';
import type { Consequence } from './plan.ts';

/**
 * How many things would notice a change, as policy is asked about it: the largest of its counts. Counts are of
 * different things, which may be the same people, so that no sum of them means anything. What could not be measured
 * counts as large, and so does having measured nothing: null.
 */
export function reachOf(consequences: readonly Consequence[]): number | null {
  if (consequences.length === 0) return null;
  return consequences.reduce<number | null>(
    (most, { count }) => (most === null || count === null ? null : Math.max(most, count)),
    0,
  );
}

/** The same for a card: the number, and what it rests on. */
export function reachInWords(consequences: readonly Consequence[]): {
  readonly count: string;
  readonly because: string;
} {
  const reach = reachOf(consequences);
  if (consequences.length === 0) return { count: 'large', because: 'nothing was measured' };
  const unknown = consequences.filter(({ count }) => count === null).length;
  if (reach === null)
    return { count: 'large', because: `not available: ${unknown} of ${consequences.length} measurement(s)` };
  const largest = consequences.find(({ count }) => count === reach);
  return {
    count: String(reach),
    because: `the largest of ${consequences.length} measurement(s): ${largest?.what ?? ''}`,
  };
}

/**
 * What a reading measured, or that it is not available where it fails: who notices a containment is no reason not to
 * plan it, and counts as large then.
 */
export async function measured(
  what: string,
  read: () => Promise<readonly Consequence[]>,
): Promise<readonly Consequence[]> {
  try {
    return await read();
  } catch (error) {
    return [{ what, count: null, evidence: `not available: ${causeOf(error)}`.slice(0, 300) }];
  }
}

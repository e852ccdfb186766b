import { factOf } from './document.ts';
import type { FindingFacts } from './finding.ts';

/** Of what a source measured, by name, the values that a rule may compare; the others are left out. */
export function comparable(values: Readonly<Record<string, unknown>>): FindingFacts {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const fact = factOf(value);
      return fact === undefined ? [] : [[name, fact]];
    }),
  );
}

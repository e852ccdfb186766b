import type { Citation, Claim } from '../core/verdict.ts';
import type { Exhibit } from './exhibit.ts';
import { isUnder, resolvePointer } from './pointer.ts';

/** The claims that hold, how many did not, and how many of those that hold rest on what no attacker can write. */
export interface CheckedClaims {
  readonly claims: readonly Claim[];
  readonly struck: number;
  readonly untainted: number;
}

/** Strikes every claim of which one citation is not to be found, or does not hold the value that is quoted. */
export function checkClaims(claims: readonly Claim[], exhibits: readonly Exhibit[]): CheckedClaims {
  const byId = new Map(exhibits.map((exhibit) => [exhibit.id, exhibit]));
  const held = claims.filter(({ cites }) => cites.every((cite) => holds(cite, byId.get(cite.evidence))));
  const untainted = held.filter(({ cites }) =>
    cites.some((cite) => isUntainted(cite, byId.get(cite.evidence))),
  );
  return { claims: held, struck: claims.length - held.length, untainted: untainted.length };
}

/** Exactly the value, except that a long text is quoted by its beginning. */
function holds({ pointer, value }: Citation, exhibit: Exhibit | undefined): boolean {
  if (!exhibit) return false;
  const found = resolvePointer(exhibit.document, pointer);
  return typeof found === 'string' ? quotable(found) === value : found === value && found !== undefined;
}

/** As much of a value as a citation may hold; undefined for what is no scalar. */
export function quotable(value: unknown): Citation['value'] | undefined {
  if (typeof value === 'string') return value.slice(0, 1024).toWellFormed();
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  return undefined;
}

/** Whether no attacker can have written what is cited. */
export function isUntainted({ pointer }: Pick<Citation, 'pointer'>, exhibit: Exhibit | undefined): boolean {
  return exhibit !== undefined && !isUnder(pointer, exhibit.tainted);
}

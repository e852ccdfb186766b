import { families } from '../../functions/core/family.ts';
import type { ArmedKill } from '../../sandbox/kill.ts';
import { findingAbout, type Victim } from '../e2e/victims.ts';
import { incidentOf, type Phase } from './course.ts';
import type { World } from './world.ts';

/** One kill of the sweep: which function, in which half of the story, at which of its points. */
export interface Point {
  readonly function: string;
  readonly phase: Phase;
  readonly point: number;
}

/** Every function that works on an incident; the projection, which follows all of them, has a sweep of its own. */
export const functionNames = [
  'ingest',
  'triage',
  'investigate',
  'plan',
  'collect',
  'decide',
  'request-approval',
  ...families.map((family) => `remediate-${family}` as const),
  'hold-lease',
  'watch-health',
  'close',
  'escalate',
  'console',
] as const;

/** What changes nothing: between it and the call before it, a kill leaves the same world behind. */
const READ = /^(Get|List|Describe|Query|Lookup|Scan|Head|Decrypt)/;

/** The points of one function's calls: after each, and before each that changes something; all with `isEvery`. */
export function pointsOf(calls: readonly string[], isEvery: boolean): number[] {
  return calls.flatMap((operation, index) => {
    const [before, after] = [2 * index + 1, 2 * index + 2];
    return isEvery || index === 0 || !READ.test(operation) ? [before, after] : [after];
  });
}

/** Counts only what a function does for this victim's incident. */
export function arm(world: World, victim: Victim, name: string, point: number): ArmedKill {
  const about = name === 'ingest' ? findingAbout(victim).id : incidentOf(victim);
  return world.cloud.arm({ function: name, point, about });
}

/**
 * Puts the points together so that one incident takes one kill of each function and phase: as many incidents as the
 * busiest function has points, and each of them heals from several kills.
 */
export function rounds(lists: readonly (readonly Point[])[]): Point[][] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => {
      const point = list[index];
      return point ? [point] : [];
    }),
  );
}

import type { EntryNamed } from '../core/entry.ts';
import type { Incident, Recorded } from '../core/incident.ts';

export type Direction = 'execute' | 'rollback';

/** What one action has come to in one direction since that direction was last taken. */
export interface Attempt {
  readonly finished?: EntryNamed<'effect-finished'>['outcome'];
  readonly verified?: boolean;
  readonly refused?: EntryNamed<'effect-refused'>;
}

/**
 * How often a direction was taken for the current plan: forwards with each time that the plan was made (a state may
 * come back to what it was), backwards with each leave to roll back. What an earlier attempt failed at does not bind.
 */
export function attemptNumber(incident: Incident, direction: Direction): number {
  return startsOf(incident, direction).length;
}

/** The current attempt at one action, as the ledger holds it; empty when nothing was tried. */
export function attemptOf(incident: Incident, actionId: string, direction: Direction): Attempt {
  const start = startsOf(incident, direction).at(-1) ?? -1;
  const attempt: { -readonly [Field in keyof Attempt]: Attempt[Field] } = {};
  for (const { entry } of incident.timeline.slice(start + 1)) {
    if (!('actionId' in entry) || entry.actionId !== actionId || entry.direction !== direction) continue;
    if (entry.manifestHash !== incident.plan?.manifestHash) continue;
    if (entry.type === 'effect-finished') attempt.finished = entry.outcome;
    if (entry.type === 'effect-verified') attempt.verified = entry.verified;
    if (entry.type === 'effect-refused') attempt.refused = entry;
  }
  return attempt;
}

/** A rollback that policy allowed for the current plan, in this generation. */
export function rollbackDecided(incident: Incident): boolean {
  return startsOf(incident, 'rollback').length > 0;
}

/** Places in the timeline. */
function startsOf(incident: Incident, direction: Direction): number[] {
  const begins = direction === 'execute' ? isPlan : isLeaveToRollBack;
  return incident.timeline.flatMap((recorded, index) => (begins(recorded, incident) ? [index] : []));
}

function isPlan({ entry }: Recorded, { plan }: Incident): boolean {
  return entry.type === 'plan-proposed' && entry.manifestHash === plan?.manifestHash;
}

function isLeaveToRollBack({ entry }: Recorded, { plan, generation }: Incident): boolean {
  return (
    entry.type === 'decision-made' &&
    entry.purpose === 'rollback' &&
    entry.generation === generation &&
    entry.subject === plan?.manifestHash &&
    entry.decision.outcome === 'autonomous'
  );
}

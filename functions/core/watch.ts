import type { EntryNamed } from './entry.ts';
import { entriesOf, type Incident } from './incident.ts';

/** When the watch looks, as shares of its time: soon, and then less and less often. */
const LOOKS = [0.1, 0.25, 0.5, 1] as const;

/** The watch over the health of what the current plan changed. */
export interface Watch {
  readonly baseline: EntryNamed<'health-measured'>;
  /** When the baseline was recorded, and when the first change was about to be made. */
  readonly measuredAt: Date;
  readonly changedAt: Date;
  /** In epoch milliseconds, one for each look, in order. */
  readonly looks: readonly number[];
  /** How many looks were made, the ones that were missed included. */
  readonly made: number;
}

/** Undefined while nothing is contained, and where nothing can be measured: then nobody is woken up for a look. */
export function watchOf(incident: Incident): Watch | undefined {
  const baseline = entriesOf(incident, 'health-measured').findLast(isOfPlan(incident));
  const measuredAt = recordedAt(incident, baseline);
  const heldAt = recordedAt(incident, entriesOf(incident, 'containment-held').findLast(isOfPlan(incident)));
  const changedAt = firstIntent(incident);
  if (!baseline || baseline.signs.length === 0 || baseline.watchSeconds === 0) return undefined;
  if (!measuredAt || !heldAt || !changedAt) return undefined;
  return {
    baseline,
    measuredAt,
    changedAt,
    looks: LOOKS.map((share) => heldAt.getTime() + share * baseline.watchSeconds * 1000),
    made: latestLook(incident)?.look ?? 0,
  };
}

/** Which look is to be made now, from 1; what was missed meanwhile is not made up for. Undefined when none is. */
export function lookDue({ looks, made }: Watch, now: Date): number | undefined {
  const due = looks.filter((at) => at <= now.getTime()).length;
  return due > made ? due : undefined;
}

/** When to come back for a look, in epoch milliseconds; undefined once the watch is over. */
export function nextLookAt(incident: Incident): number | undefined {
  const watch = watchOf(incident);
  return watch?.looks[watch.made];
}

/** The latest look at what the current plan changed. */
export function latestLook(incident: Incident): EntryNamed<'health-observed'> | undefined {
  return entriesOf(incident, 'health-observed').findLast(isOfPlan(incident));
}

function isOfPlan({ plan }: Incident) {
  return ({ manifestHash }: { readonly manifestHash: string }) => manifestHash === plan?.manifestHash;
}

function recordedAt({ timeline }: Incident, wanted: object | undefined): Date | undefined {
  const recorded = timeline.find(({ entry }) => entry === wanted);
  return recorded && new Date(recorded.at);
}

function firstIntent(incident: Incident): Date | undefined {
  const times = incident.effects
    .filter(({ direction }) => direction === 'execute')
    .filter(isOfPlan(incident))
    .map(({ intentAt }) => Date.parse(intentAt));
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}

import type { Heads } from './commit.ts';
import type { HandledEntity } from './entity.ts';
import type { EntryNamed, EntryOf, Evidence, IncidentChain } from './entry.ts';
import type { Finding } from './finding.ts';

/** Where an incident is on its way. Everything but `working` is at rest. */
export type IncidentStatus =
  | 'empty'
  | 'working'
  | 'awaiting-approval'
  | 'contained'
  | 'merged'
  | 'closed'
  | 'escalated';

/** What was done for one action of a manifest, in one direction. */
export interface Effect {
  readonly manifestHash: string;
  readonly actionId: string;
  readonly direction: 'execute' | 'rollback';
  readonly intentAt: string;
  readonly finished?: EntryNamed<'effect-finished'>['outcome'];
  readonly verified?: boolean;
}

/** One entry with the commit that holds it: when, by whom, and where. */
export interface Recorded {
  readonly entry: EntryOf<IncidentChain>;
  readonly chain: IncidentChain;
  readonly sequence: number;
  readonly at: string;
  readonly by: string;
}

export type Custody = EntryNamed<'evidence-preserved'> | EntryNamed<'evidence-unavailable'>;

/** An incident's state: a fold over its entries, and nothing else. */
export interface Incident {
  readonly id: string;
  readonly heads: Heads;
  readonly hashes: Readonly<Record<IncidentChain, string>>;
  readonly commands: ReadonlySet<string>;
  readonly timeline: readonly Recorded[];
  readonly status: IncidentStatus;
  /** How often it was opened; a finding after its end opens the next. 0 while empty. */
  readonly generation: number;
  readonly findings: readonly Finding[];
  readonly entities: readonly HandledEntity[];
  readonly evidence: readonly Evidence[];
  /** What was kept for forensics, and what could not be, in order. */
  readonly custody: readonly Custody[];
  readonly verdict?: EntryNamed<'verdict-reached'>;
  readonly plan?: EntryNamed<'plan-proposed'>;
  /** The latest decision on executing the current plan. */
  readonly decision?: EntryNamed<'decision-made'>;
  readonly approvals: readonly EntryNamed<'approval-given'>[];
  readonly denial?: EntryNamed<'approval-denied'>;
  readonly request?: EntryNamed<'approval-requested'>;
  readonly effects: readonly Effect[];
  readonly leaseEndsAt?: string;
  /** The incident that has every finding of this one, and takes what else comes in. */
  readonly mergedInto?: string;
  readonly ending?: { readonly how: 'closed' | 'escalated'; readonly reason: string };
}

export function emptyIncident(id: string): Incident {
  return {
    id,
    heads: { fact: 0, decision: 0, effect: 0 },
    hashes: { fact: '', decision: '', effect: '' },
    commands: new Set(),
    timeline: [],
    status: 'empty',
    generation: 0,
    findings: [],
    entities: [],
    evidence: [],
    custody: [],
    approvals: [],
    effects: [],
  };
}

/** Somebody or something is still at work on it, or waits. */
export function isOpen({ status }: Incident): boolean {
  return status === 'working' || status === 'awaiting-approval' || status === 'contained';
}

/** Policy or people have a say in it already, or something was changed: it cannot become part of another one. */
export function isDecided({ decision, request, approvals, denial, effects }: Incident): boolean {
  const said = decision ?? request ?? denial ?? approvals[0] ?? effects[0];
  return said !== undefined;
}

/** The effect of one action of the current plan, if its intent was ever recorded. */
export function effectOf(
  incident: Incident,
  actionId: string,
  direction: 'execute' | 'rollback',
): Effect | undefined {
  const manifestHash = incident.plan?.manifestHash;
  return incident.effects.find(
    (effect) => manifestHash !== undefined && sameEffect(effect, { manifestHash, actionId, direction }),
  );
}

/** The entries of one type in the current generation, in order. */
export function entriesOf<T extends EntryOf<IncidentChain>['type']>(
  incident: Incident,
  type: T,
): EntryNamed<T>[] {
  return incident.timeline
    .map((recorded) => recorded.entry)
    .filter(
      (entry): entry is EntryNamed<T> => entry.type === type && entry.generation === incident.generation,
    );
}

export type EffectEntry = Pick<EntryNamed<'intent-recorded'>, 'manifestHash' | 'actionId' | 'direction'>;

/** Whether an entry is about this effect. */
export function sameEffect(effect: Effect, entry: EffectEntry): boolean {
  return (
    effect.manifestHash === entry.manifestHash &&
    effect.actionId === entry.actionId &&
    effect.direction === entry.direction
  );
}

import { type Incident, isDecided, isOpen } from '../core/incident.ts';
import type { Claims, Clock, Ledger } from '../core/ports.ts';
import { claimedUntil, joinKeys } from './correlate.ts';
import { type EnterParts, enter, isRepeat } from './enter.ts';
import { isFixed, mayPlanAgain } from './late.ts';

export interface MergeParts extends EnterParts {
  readonly claims: Pick<Claims, 'move'>;
  readonly clock: Clock;
}

/** Of the incidents that a finding is about, the one that it joins: the oldest that is open, else the oldest. Ids of what was never written are nobody's. */
export async function oldestOf(ids: readonly [string, ...string[]], ledger: Ledger): Promise<string> {
  const incidents: Incident[] = [];
  for (const id of ids) incidents.push(await standing(id, ledger));
  const [first] = incidents.filter(({ status }) => status !== 'empty').toSorted(byAge);
  return first?.id ?? ids[0];
}

/** The incident as which this one goes on. */
async function standing(id: string, ledger: Ledger): Promise<Incident> {
  const incident = await ledger.read(id);
  return incident.mergedInto ? standing(incident.mergedInto, ledger) : incident;
}

function byAge(a: Incident, b: Incident): number {
  if (isOpen(a) !== isOpen(b)) return isOpen(a) ? -1 : 1;
  return age(a) < age(b) ? -1 : 1;
}

/** Comparable as text, the oldest first, and the same whoever asks. */
function age({ id, timeline }: Incident): string {
  return `${timeline[0]?.at} ${id}`;
}

/**
 * Makes one incident part of another that a finding has linked it to, or, where a decision stands in it already, or the
 * other's plan is fixed, records that they are linked (design, section 8). Findings go first: when the merge is recorded,
 * the other has all of them, and whatever it ends in, it ends in sight of them.
 */
export async function merge(id: string, intoId: string, parts: MergeParts): Promise<void> {
  const { ledger } = parts;
  const from = await ledger.read(id);
  const into = await standing(intoId, ledger);
  if (from.mergedInto) return settle(from, from.mergedInto, parts);
  if (from.id === into.id || !isOpen(from)) return;
  // Always the younger into the older, so that no two ever become part of each other.
  if (isOpen(into) && age(from) < age(into)) return merge(into.id, from.id, parts);
  if (isDecided(from) || !takesIn(into)) return link(from, into, parts);
  const arrivals = from.findings.map((finding) => ({ finding }));
  const taken = await enter(into.id, arrivals, parts);
  if (!takesIn(await ledger.read(taken.id))) return link(from, taken, parts);
  const merged = await recordMerge(from.id, taken, parts);
  return merged.mergedInto ? settle(merged, merged.mergedInto, parts) : merge(id, intoId, parts);
}

/** What follows from a merge, also after a crash: the other says whom it took in, and holds what this one had claimed. */
async function settle(from: Incident, into: string, { ledger, claims, clock }: MergeParts): Promise<void> {
  await ledger.append(into, 'fact', `took-in#${from.id}`, ({ generation }) => [
    { type: 'incident-linked', generation, incident: from.id, how: 'took-in' },
  ]);
  for (const { own, roles } of from.findings.map(joinKeys))
    await claims.move([...own, ...roles], from.id, into, claimedUntil(clock()));
}

/** Not into what has ended, nor where the findings would come too late for the plan. */
function takesIn(into: Incident): boolean {
  return isOpen(into) && !isFixed(into) && mayPlanAgain(into);
}

/** Nothing where a decision, or another finding, came in meanwhile: then it is looked at again. */
function recordMerge(id: string, into: Incident, { ledger }: MergeParts): Promise<Incident> {
  return ledger.append(id, 'fact', `merge#${into.id}#${into.heads.fact}`, (state) =>
    isDecided(state) || !isOpen(state) || !hasAllOf(state, into)
      ? []
      : [{ type: 'merged-into', generation: state.generation, incident: into.id }],
  );
}

function hasAllOf({ findings }: Incident, into: Incident): boolean {
  const known = new Map(into.findings.map((finding) => [finding.finding_info.uid, { finding }]));
  return findings.every((finding) => isRepeat({ finding }, known.get(finding.finding_info.uid)));
}

/** Each says once that the other is about the same. */
async function link(one: Incident, other: Incident, { ledger }: MergeParts): Promise<void> {
  for (const [here, there] of [
    [one, other],
    [other, one],
  ] as const)
    await ledger.append(here.id, 'fact', `beside#${there.id}`, ({ generation }) => [
      { type: 'incident-linked', generation, incident: there.id, how: 'beside' },
    ]);
}

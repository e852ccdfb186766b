import { digest } from '../core/canonical.ts';
import type { EntryNamed, EntryOf } from '../core/entry.ts';
import type { Finding } from '../core/finding.ts';
import { entriesOf, type Incident } from '../core/incident.ts';
import { newsSinceVerdict } from '../core/news.ts';
import type { Ledger, Workflow } from '../core/ports.ts';
import { supplementOf } from './correlate.ts';
import { isFixed, mustLookAgain } from './late.ts';

/** A finding, and when its event was sent, in the words of the event. */
export type Arrival = Pick<EntryNamed<'finding-received'>, 'finding' | 'sentAt'>;

export interface EnterParts {
  readonly ledger: Ledger;
  readonly workflow: Workflow;
}

/**
 * Records findings in this incident in one commit, and sees that somebody looks at them: its execution is started, one
 * that waits for people is woken, and where the plan is fixed already a supplementary incident takes what is new. A
 * repeat changes nothing, and does all of the rest again: it may be the redelivery after a crash. Answers the incident
 * that has them: another one, where this was merged into it.
 */
export async function enter(
  incidentId: string,
  arrivals: readonly Arrival[],
  parts: EnterParts,
): Promise<Incident> {
  const incident = await record(incidentId, arrivals, parts);
  if (incident.mergedInto) return enter(incident.mergedInto, arrivals, parts);
  if (incident.status === 'working') await start(incident, 'finding', 0, parts);
  if (!incident.plan || newsSinceVerdict(incident).length === 0) return incident;
  // Read after the findings were written: whoever decides later than this has seen them.
  const latest = await parts.ledger.read(incidentId);
  if (isFixed(latest)) await supplement(latest, parts);
  else if (latest.status === 'awaiting-approval' && mustLookAgain(latest))
    await start(latest, 'look-again', entriesOf(latest, 'plan-proposed').length, parts);
  return latest;
}

function start(
  { id, generation }: Incident,
  event: 'finding' | 'look-again',
  attempt: number,
  { workflow }: EnterParts,
): Promise<void> {
  return workflow.start({ incidentId: id, generation, event, attempt });
}

async function record(
  incidentId: string,
  arrivals: readonly Arrival[],
  { ledger }: EnterParts,
): Promise<Incident> {
  const command = commandOf(arrivals);
  const incident = await ledger.append(incidentId, 'fact', command, (state) => received(state, arrivals));
  const unseen = arrivals.filter((arrival) => closedUnseen(incident, arrival));
  if (unseen.length === 0) return incident;
  // They came in while the incident was being closed, in another chain: the end did not see them.
  const generation = incident.generation + 1;
  return ledger.append(incidentId, 'fact', `${command}#after#${incident.generation}`, (state) =>
    unseen
      .filter((arrival) => closedUnseen(state, arrival))
      .map((arrival) => ({ type: 'finding-received', generation, ...arrival })),
  );
}

function commandOf(arrivals: readonly Arrival[]): string {
  const named = arrivals.map(({ finding: { finding_info, status }, sentAt = '' }) => {
    const { uid, modified_time } = finding_info;
    return { uid, modified_time, status, sentAt };
  });
  return `findings#${digest(named)}`;
}

/** The entries for what is no repeat. The first that an ended incident has to answer opens its next generation. */
function received(state: Incident, arrivals: readonly Arrival[]): EntryOf<'fact'>[] {
  if (state.mergedInto) return [];
  const known = new Map<string, Arrival>();
  for (const { entry } of state.timeline)
    if (entry.type === 'finding-received') known.set(entry.finding.finding_info.uid, entry);
  const isEmpty = state.status === 'empty';
  const hasEnded = isEmpty || state.status === 'closed' || state.status === 'escalated';
  let { generation } = state;
  return arrivals.flatMap((arrival): EntryOf<'fact'>[] => {
    const { finding } = arrival;
    if (isRepeat(arrival, known.get(finding.finding_info.uid))) return [];
    known.set(finding.finding_info.uid, arrival);
    if (hasEnded && (isEmpty || isActive(finding))) generation = state.generation + 1;
    return [{ type: 'finding-received', generation, ...arrival }];
  });
}

/** What its source has archived, resolved or suppressed asks for no answer. */
function isActive({ status }: Finding): boolean {
  return status === 'New';
}

/**
 * Older than what is known, or the same. What people change with BatchUpdateFindings leaves `UpdatedAt` as it was: of
 * two statuses at one time, the one whose event was sent later counts.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 */
export function isRepeat({ finding, sentAt }: Arrival, known: Arrival | undefined): boolean {
  if (!known) return false;
  const [before, now] = [known.finding, finding].map((one) => instant(one.finding_info.modified_time));
  if (before !== now) return (now ?? '') < (before ?? '');
  if (known.finding.status === finding.status) return true;
  return sentAt !== undefined && known.sentAt !== undefined && instant(sentAt) < instant(known.sentAt);
}

/** Comparable as text: sources write the same time with and without fractions, and `.` sorts before `Z`. */
function instant(time: string): string {
  return time.replace(/Z$/, '');
}

/** Closed, though this finding came after the last verdict. */
function closedUnseen({ status, timeline, mergedInto }: Incident, { finding }: Arrival): boolean {
  const verdict = timeline.findLastIndex(({ entry }) => entry.type === 'verdict-reached');
  return (
    status === 'closed' &&
    mergedInto === undefined &&
    isActive(finding) &&
    timeline
      .slice(verdict + 1)
      .some(
        ({ entry }) =>
          entry.type === 'finding-received' && entry.finding.finding_info.uid === finding.finding_info.uid,
      )
  );
}

/**
 * What came in after the plan was fixed is answered by an incident of its own, with its own plan, approval and lease,
 * and stays recorded in this one. All of it is told each time: a crash may have come between the two.
 */
async function supplement(incident: Incident, parts: EnterParts): Promise<void> {
  const { id, generation } = incident;
  const other = supplementOf(incident);
  const late = newsSinceVerdict(incident).map((finding) => ({ finding }));
  const taken = await enter(other, late, parts);
  await parts.ledger.append(other, 'fact', `supplements#${id}`, (state) =>
    state.status === 'empty'
      ? []
      : [{ type: 'incident-linked', generation: state.generation, incident: id, how: 'supplements' }],
  );
  await parts.ledger.append(id, 'fact', `supplemented-by#${other}`, () => [
    { type: 'incident-linked', generation, incident: taken.id, how: 'supplemented-by' },
  ]);
}

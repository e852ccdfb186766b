import { boundedText } from '../core/bounded.ts';
import { digest, sha256 } from '../core/canonical.ts';
import { wellFormed } from '../core/document.ts';
import type { EntryOf } from '../core/entry.ts';
import { FindingRejectedError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import type { Claims, Clock, Ledger, Workflow } from '../core/ports.ts';
import { CORRELATION_DAYS, joinKeys, proposedIncident } from './correlate.ts';

export interface EnterParts {
  readonly ledger: Ledger;
  readonly workflow: Workflow;
}

export interface IngestParts extends EnterParts {
  readonly claims: Pick<Claims, 'claim'>;
  readonly clock: Clock;
  /** Whether a rule of the owner's lets the finding go unanswered; it is then recorded. */
  readonly suppress: (eventId: string, finding: Finding) => Promise<boolean>;
  /** Event to findings, a bad one among others by itself; throws FindingRejectedError for an event that holds none. */
  readonly normalise: (event: unknown) => readonly (Finding | FindingRejectedError)[];
}

/** Shards of a day's intake chain: rejections come in floods, and one chain takes one writer at a time. */
const INTAKE_SHARDS = 8;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Takes one event in: every finding of it ends in an incident's ledger with its execution started, or is suppressed or
 * rejected in the intake chain. One that fails does not keep its siblings out; the event then fails, and is delivered again.
 */
export async function ingest(eventId: string, event: unknown, parts: IngestParts): Promise<void> {
  const failures: unknown[] = [];
  for (const [index, one] of normalised(event, parts).entries()) {
    try {
      if (one instanceof FindingRejectedError)
        await reject({ eventId: boundedText(eventId, 200), index }, event, one, parts);
      else await receive(eventId, one, parts);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

function normalised(event: unknown, { normalise }: IngestParts): readonly (Finding | FindingRejectedError)[] {
  try {
    return normalise(event);
  } catch (error) {
    if (error instanceof FindingRejectedError) return [error];
    throw error;
  }
}

async function receive(eventId: string, finding: Finding, parts: IngestParts): Promise<void> {
  const { claims, clock } = parts;
  if (await parts.suppress(eventId, finding)) return;
  const until = new Date(clock().getTime() + CORRELATION_DAYS * DAY);
  const incidentId = await claims.claim(joinKeys(finding), proposedIncident(finding), until);
  await enter(incidentId, finding, parts);
}

/** Records a finding in this incident, and starts its execution. A repeat changes nothing. */
export async function enter(incidentId: string, finding: Finding, parts: EnterParts): Promise<void> {
  const incident = await record(incidentId, finding, parts);
  // A repeat drops the entry, never the start: this may be the redelivery after a crash between the two.
  if (incident.status === 'working')
    await parts.workflow.start({ incidentId, generation: incident.generation, event: 'finding', attempt: 0 });
}

async function record(incidentId: string, finding: Finding, { ledger }: EnterParts): Promise<Incident> {
  const { uid, modified_time } = finding.finding_info;
  const command = `finding#${digest({ uid, modified_time })}`;
  const received = (state: Incident): EntryOf<'fact'>[] => [
    { type: 'finding-received', generation: generationFor(state), finding },
  ];
  const incident = await ledger.append(incidentId, 'fact', command, (state) =>
    isNews(state, finding) ? received(state) : [],
  );
  if (!closedUnseen(incident, uid)) return incident;
  // It came in while the incident was being closed, in another chain: the end did not see it.
  return ledger.append(incidentId, 'fact', `${command}#after#${incident.generation}`, (state) =>
    closedUnseen(state, uid) ? received(state) : [],
  );
}

/** Closed, though this finding came after the last verdict. */
function closedUnseen({ status, timeline }: Incident, uid: string): boolean {
  const verdict = timeline.findLastIndex(({ entry }) => entry.type === 'verdict-reached');
  return (
    status === 'closed' &&
    timeline
      .slice(verdict + 1)
      .some(({ entry }) => entry.type === 'finding-received' && entry.finding.finding_info.uid === uid)
  );
}

/** An update that is older than what is known, or the same, changes nothing. */
function isNews(incident: Incident, finding: Finding): boolean {
  const known = incident.findings.find((one) => one.finding_info.uid === finding.finding_info.uid);
  return (
    known === undefined ||
    instant(known.finding_info.modified_time) < instant(finding.finding_info.modified_time)
  );
}

/** Comparable as text: sources write the same time with and without fractions, and `.` sorts before `Z`. */
function instant(time: string): string {
  return time.replace(/Z$/, '');
}

function generationFor(incident: Incident): number {
  const ended =
    incident.status === 'empty' || incident.status === 'closed' || incident.status === 'escalated';
  return ended ? incident.generation + 1 : incident.generation;
}

async function reject(
  { eventId, index }: { readonly eventId: string; readonly index: number },
  event: unknown,
  error: FindingRejectedError,
  { ledger, clock }: IngestParts,
): Promise<void> {
  // Not canonical JSON: what is no finding may hold what has none, and must be recorded all the same.
  const bodyDigest = sha256(JSON.stringify(wellFormed(event ?? null)));
  const shard = Number.parseInt(bodyDigest.slice(0, 8), 16) % INTAKE_SHARDS;
  const day = clock().toISOString().slice(0, 10);
  await ledger.appendOutside<'intake'>(`intake#${day}#${shard}`, `reject#${eventId}#${bodyDigest}#${index}`, {
    type: 'finding-rejected',
    eventId,
    reason: boundedText(error.message, 2000),
    bodyDigest,
  });
}

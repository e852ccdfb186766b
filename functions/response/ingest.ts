import { digest } from '../core/canonical.ts';
import { FindingRejectedError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import type { Claims, Clock, Ledger, Workflow } from '../core/ports.ts';
import { CORRELATION_DAYS, joinKeys, proposedIncident } from './correlate.ts';

export interface IngestParts {
  readonly ledger: Ledger;
  readonly claims: Claims;
  readonly workflow: Workflow;
  readonly clock: Clock;
  /** Event to findings; throws FindingRejectedError. */
  readonly normalise: (event: unknown) => readonly Finding[];
}

/** Shards of a day's intake chain: rejections come in floods, and one chain takes one writer at a time. */
const INTAKE_SHARDS = 8;
const DAY = 24 * 60 * 60 * 1000;

/** Takes one event in: every finding of it ends in an incident's ledger with its execution started, or is rejected in the intake chain. */
export async function ingest(eventId: string, event: unknown, parts: IngestParts): Promise<void> {
  try {
    for (const finding of parts.normalise(event)) await receive(finding, parts);
  } catch (error) {
    if (!(error instanceof FindingRejectedError)) throw error;
    await reject(eventId, event, error, parts);
  }
}

async function receive(finding: Finding, { ledger, claims, workflow, clock }: IngestParts): Promise<void> {
  const until = new Date(clock().getTime() + CORRELATION_DAYS * DAY);
  const incidentId = await claims.claim(joinKeys(finding), proposedIncident(finding), until);
  const { uid, modified_time } = finding.finding_info;
  const incident = await ledger.append(
    incidentId,
    'fact',
    `finding#${digest({ uid, modified_time })}`,
    (state) =>
      isNews(state, finding) ? [{ type: 'finding-received', generation: generationFor(state), finding }] : [],
  );
  // A repeat drops the entry, never the start: this may be the redelivery after a crash between the two.
  if (incident.status === 'working')
    await workflow.start({ incidentId, generation: incident.generation, event: 'finding', attempt: 0 });
}

/** An update that is older than what is known, or the same, changes nothing. */
function isNews(incident: Incident, finding: Finding): boolean {
  const known = incident.findings.find((one) => one.finding_info.uid === finding.finding_info.uid);
  return known === undefined || known.finding_info.modified_time < finding.finding_info.modified_time;
}

function generationFor(incident: Incident): number {
  const ended =
    incident.status === 'empty' || incident.status === 'closed' || incident.status === 'escalated';
  return ended ? incident.generation + 1 : incident.generation;
}

async function reject(
  eventId: string,
  event: unknown,
  error: FindingRejectedError,
  { ledger, clock }: IngestParts,
): Promise<void> {
  const bodyDigest = digest(event ?? null);
  const shard = Number.parseInt(bodyDigest.slice(0, 8), 16) % INTAKE_SHARDS;
  const day = clock().toISOString().slice(0, 10);
  await ledger.appendOutside<'intake'>(`intake#${day}#${shard}`, `reject#${eventId}#${bodyDigest}`, {
    type: 'finding-rejected',
    eventId,
    reason: error.message.slice(0, 2000),
    bodyDigest,
  });
}

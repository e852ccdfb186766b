import { boundedText } from '../core/bounded.ts';
import { canonicalJson, sha256 } from '../core/canonical.ts';
import { wellFormed } from '../core/document.ts';
import { FindingRejectedError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { intakePartition } from '../core/intake.ts';
import type { Claims } from '../core/ports.ts';
import { claimedUntil, joinKeys, proposedIncident } from './correlate.ts';
import { type Arrival, enter } from './enter.ts';
import { type MergeParts, merge, oldestOf } from './merge.ts';

export interface IngestParts extends MergeParts {
  readonly claims: Pick<Claims, 'claim' | 'move'>;
  /** Whether a rule of the owner's lets the finding go unanswered; it is then recorded. */
  readonly suppress: (eventId: string, finding: Finding) => Promise<boolean>;
  /** Event to findings, a bad one among others by itself; throws FindingRejectedError for an event that holds none. */
  readonly normalise: (event: unknown) => readonly (Finding | FindingRejectedError)[];
}

/** One event, as the queue holds it. */
export interface Delivery {
  readonly eventId: string;
  readonly event: unknown;
}

/** What of a batch belongs to one incident. */
interface Group {
  readonly incidents: Set<string>;
  readonly arrivals: Arrival[];
  readonly deliveries: Set<Delivery>;
}

type Claimed = Awaited<ReturnType<Claims['claim']>>;

/** Takes one event in. Throws the first of its failures. */
export async function ingest(eventId: string, event: unknown, parts: IngestParts): Promise<void> {
  for (const failure of (await ingestBatch([{ eventId, event }], parts)).values()) throw failure;
}

/**
 * Takes events in: every finding ends in an incident's ledger with its execution started, the findings of one incident
 * in one commit, or is suppressed or rejected in the intake chain. Answers which events failed, and with what: they are
 * delivered again. One that fails does not keep the others out.
 */
export async function ingestBatch(
  deliveries: readonly Delivery[],
  parts: IngestParts,
): Promise<ReadonlyMap<Delivery, unknown>> {
  const failures = new Map<Delivery, unknown>();
  const groups = new Map<string, Group>();
  const claimOnce = claimingOnce(parts);
  const attempt = async (of: Iterable<Delivery>, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      for (const delivery of of) failures.set(delivery, failures.get(delivery) ?? error);
    }
  };
  for (const delivery of deliveries)
    await attempt([delivery], async () => {
      for (const [index, one] of normalised(delivery.event, parts).entries())
        await attempt([delivery], async () => {
          if (one instanceof FindingRejectedError) await reject(delivery, index, one, parts);
          else if (!(await parts.suppress(delivery.eventId, one)))
            await receive(one, delivery, groups, claimOnce);
        });
    });
  for (const group of groups.values()) await attempt(group.deliveries, () => join(group, parts));
  return failures;
}

function normalised(event: unknown, { normalise }: IngestParts): readonly (Finding | FindingRejectedError)[] {
  try {
    return normalise(event);
  } catch (error) {
    if (error instanceof FindingRejectedError) return [error];
    throw error;
  }
}

/** Finds the incident of one finding, and puts the finding to what else belongs there. */
async function receive(
  finding: Finding,
  delivery: Delivery,
  groups: Map<string, Group>,
  claimOnce: (finding: Finding) => Promise<Claimed>,
): Promise<void> {
  const claimed = await claimOnce(finding);
  const [incident] = claimed;
  const group = groups.get(incident) ?? { incidents: new Set(), arrivals: [], deliveries: new Set() };
  groups.set(incident, group);
  for (const one of claimed) group.incidents.add(one);
  group.arrivals.push({ finding, ...sentAt(delivery.event) });
  group.deliveries.add(delivery);
}

/** Findings of a batch that have the same keys are claimed for once. */
function claimingOnce({ claims, clock }: IngestParts): (finding: Finding) => Promise<Claimed> {
  const known = new Map<string, Claimed>();
  return async (finding) => {
    const keys = joinKeys(finding);
    const name = canonicalJson(keys);
    const claimed =
      known.get(name) ?? (await claims.claim(keys, proposedIncident(finding), claimedUntil(clock())));
    known.set(name, claimed);
    return claimed;
  };
}

/** Records a group in its incident; where its findings are about several, those become one or are linked. */
async function join({ incidents, arrivals }: Group, parts: IngestParts): Promise<void> {
  const [first = '', ...others] = incidents;
  const chosen = others.length > 0 ? await oldestOf([first, ...others], parts.ledger) : first;
  const { id } = await enter(chosen, arrivals, parts);
  if (others.length > 0) for (const one of incidents) await merge(one, id, parts);
}

/** EventBridge's `time`, where it is one. */
function sentAt(event: unknown): Pick<Arrival, 'sentAt'> {
  const time = typeof event === 'object' && event !== null && 'time' in event ? event.time : undefined;
  const isTime = typeof time === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(time);
  return isTime && !Number.isNaN(Date.parse(time)) ? { sentAt: time } : {};
}

async function reject(
  { eventId, event }: Delivery,
  index: number,
  error: FindingRejectedError,
  { ledger, clock }: IngestParts,
): Promise<void> {
  // Not canonical JSON: what is no finding may hold what has none, and must be recorded all the same.
  const bodyDigest = sha256(JSON.stringify(wellFormed(event ?? null)));
  const day = clock().toISOString().slice(0, 10);
  const id = boundedText(eventId, 200);
  await ledger.appendOutside<'intake'>(
    intakePartition(day, bodyDigest),
    `reject#${id}#${bodyDigest}#${index}`,
    {
      type: 'finding-rejected',
      eventId: id,
      reason: boundedText(error.message, 2000),
      bodyDigest,
    },
  );
}

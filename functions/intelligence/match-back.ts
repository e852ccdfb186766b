import type { Knowledge, Sighting } from '../core/intelligence.ts';
import { parseObservable } from '../core/observable.ts';
import type { Clock, FindingQueue, Ledger, Observations } from '../core/ports.ts';
import type { Lookup } from './lookup.ts';
import { matchFinding } from './match-finding.ts';

export interface MatchParts {
  readonly observations: Observations;
  readonly ledger: Pick<Ledger, 'read'>;
  readonly queue: FindingQueue;
  readonly clock: Clock;
}

const DAY = 24 * 60 * 60 * 1000;
/** How far back new indicators are matched. */
const MATCHED_DAYS = 30;
/** Findings that one incident gets of one compilation. */
const MOST_MATCHES = 10;

/**
 * Matches what the feeds say now, and did not say before, over what was seen in the incidents of the last 30 days. Each
 * hit is sent as a finding of our own, which joins the incident like any other. The same news sent twice is one.
 * Answers how many were sent.
 */
export async function matchBack(
  now: Lookup,
  before: Lookup | undefined,
  changedAt: Date,
  { observations, ledger, queue, clock }: MatchParts,
): Promise<number> {
  const at = clock();
  let sent = 0;
  for (const { incident, observables } of await observations.since(
    new Date(at.getTime() - MATCHED_DAYS * DAY),
  )) {
    const hits = observables.flatMap((text) => newsOf(text, now, before, at)).slice(0, MOST_MATCHES);
    if (hits.length === 0) continue;
    const state = await ledger.read(incident);
    if (state.findings.length === 0) continue;
    for (const { text, sighting } of hits) {
      await queue.send(matchFinding(state, text, sighting, changedAt));
      sent += 1;
    }
  }
  return sent;
}

interface Hit {
  readonly text: string;
  readonly sighting: Sighting;
}

/** The most confident of the indicators that are new. */
function newsOf(text: string, now: Lookup, before: Lookup | undefined, at: Date): Hit[] {
  const observable = parseObservable(text);
  if (!observable) return [];
  const known = new Set(before ? counting(before.about(observable, at)).map(nameOf) : []);
  const [sighting] = counting(now.about(observable, at))
    .filter((one) => !known.has(nameOf(one)))
    .toSorted((a, b) => b.confidence - a.confidence);
  return sighting ? [{ text, sighting }] : [];
}

/** Warning lists win. */
function counting({ indicators, warnings }: Knowledge): readonly Sighting[] {
  return warnings.length > 0 ? [] : indicators;
}

function nameOf({ feed, matched }: Sighting): string {
  return `${feed} ${matched}`;
}

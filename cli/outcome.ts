import type { EntryNamed } from '../functions/core/entry.ts';
import { entriesOf, type Incident } from '../functions/core/incident.ts';

/** What `respond` says of one finding, in text and as JSON. Durations are in milliseconds, by the ledger's own clock. */
export interface Outcome {
  readonly file: string;
  readonly finding: string;
  readonly type: string;
  /** Null for a finding that was suppressed. */
  readonly incident: string | null;
  readonly disposition: string;
  readonly severity: string;
  readonly confidence: number;
  readonly decision: string;
  readonly plan: readonly string[];
  readonly outcome: string;
  readonly reason: string;
  readonly evidenceMissing: number;
  readonly durations: { readonly toDecision: number | null; readonly toRest: number };
}

/** At rest: nothing moves by itself any more, except for a lease that ends. */
export function atRest(incident: Incident): boolean {
  return incident.status !== 'working' && incident.status !== 'empty';
}

export function outcomeOf(incident: Incident, file: string, uid: string): Outcome {
  const finding = incident.findings.find((one) => one.finding_info.uid === uid);
  const verdict = incident.verdict?.verdict;
  return {
    file,
    finding: uid,
    type: finding?.finding_info.type ?? 'unknown',
    incident: incident.id,
    disposition: verdict?.disposition ?? 'undetermined',
    severity: verdict?.severity ?? finding?.severity ?? 'Informational',
    confidence: verdict?.confidence ?? 0,
    decision: decisionOf(incident),
    plan: (incident.plan?.manifest.actions ?? []).map(({ action, target }) => `${action} ${target.id}`),
    outcome: incident.status,
    reason: incident.ending?.reason ?? '',
    evidenceMissing: incident.evidence.filter(({ status }) => status !== 'found').length,
    durations: durations(incident),
  };
}

/** What comes of a finding that a rule of the owner's leaves unanswered: nothing, and the rule says why. */
export function suppressedOutcome(
  { rule, finding }: EntryNamed<'finding-suppressed'>,
  file: string,
): Outcome {
  return {
    file,
    finding: finding.finding_info.uid,
    type: finding.finding_info.type,
    incident: null,
    disposition: 'undetermined',
    severity: finding.severity,
    confidence: 0,
    decision: 'none needed',
    plan: [],
    outcome: 'suppressed',
    reason: `by the rule ${rule.id} of ${rule.owner}, which ends on ${rule.expires}`,
    evidenceMissing: 0,
    durations: { toDecision: null, toRest: 0 },
  };
}

/** What policy said of the plan before anybody answered. */
function decisionOf(incident: Incident): string {
  const made = entriesOf(incident, 'decision-made').find(
    ({ purpose, subject }) => purpose === 'execute' && subject === incident.plan?.manifestHash,
  );
  if (!made) return 'none needed';
  const { decision } = made;
  if (decision.outcome !== 'needs-approval') return decision.outcome;
  return `needs-approval (${decision.required.map((roles) => roles.join(' + ')).join(' | ')})`;
}

function durations({ timeline }: Incident): Outcome['durations'] {
  const first = Date.parse(timeline[0]?.at ?? '');
  const decided = timeline.find(({ entry }) => entry.type === 'decision-made');
  const last = Date.parse(timeline.at(-1)?.at ?? '');
  return { toDecision: decided ? Date.parse(decided.at) - first : null, toRest: last - first };
}

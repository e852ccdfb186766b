import type { EntryNamed, EntryOf, IncidentChain } from '../core/entry.ts';
import { footholdWords } from '../core/foothold-words.ts';
import { healthWords, regressionWords } from '../core/health-words.ts';
import type { Incident, Recorded } from '../core/incident.ts';
import { printable } from '../core/printable.ts';
import { duration, inWords } from './card.ts';
import { titleOf } from './card-action.ts';
import { custodyWords } from './custody.ts';
import { readable } from './readable.ts';

/** One entry of the ledger in words. */
export interface Moment {
  readonly at: string;
  readonly chain: IncidentChain;
  readonly by: string;
  readonly title: string;
  readonly detail: string;
}

/** Everything that the ledger holds about the incident, in order, for people to read. */
export function timelineOf(incident: Incident): Moment[] {
  return incident.timeline.map(momentOf);
}

function momentOf({ entry, chain, at, by }: Recorded): Moment {
  const [title, detail = ''] = wordsOf(entry);
  return { at, chain, by: printable(by), title, detail: printable(detail, 600) };
}

/** What policy permits may have been approved before: "autonomous" would be wrong then. */
const outcomes = {
  autonomous: 'permitted',
  'needs-approval': 'needs approval',
  forbidden: 'forbidden',
} as const;

const receivedTitles = {
  New: 'Finding received',
  Archived: 'Finding archived by its source',
  Resolved: 'Finding resolved at its source',
  Suppressed: 'Finding suppressed at its source',
} as const;

const linkTitles = {
  'took-in': 'Took in another incident',
  beside: 'About the same as another incident',
  supplements: 'Came in after the plan of another incident was fixed',
  'supplemented-by': 'Later findings have their own incident',
} as const;

type Words = readonly [title: string, detail?: string];

function wordsOf(entry: EntryOf<IncidentChain>): Words {
  switch (entry.type) {
    case 'finding-received':
      return [
        receivedTitles[entry.finding.status],
        `${entry.finding.severity}: ${entry.finding.finding_info.title}`,
      ];
    case 'incident-linked':
      return [linkTitles[entry.how], entry.incident];
    case 'merged-into':
      return ['Merged', `It goes on as ${entry.incident}.`];
    case 'model-turn':
      return ['Analyst thought', `${entry.stage}, turn ${entry.turn}, ${entry.model}`];
    case 'tool-called':
      return [
        'Evidence gathered',
        `${entry.evidence.tool} about ${entry.evidence.target}: ${entry.evidence.status}`,
      ];
    case 'verdict-reached':
      return [
        'Verdict',
        `${entry.verdict.disposition}, ${entry.verdict.severity}, by ${entry.analyst}: ${entry.verdict.summary}`,
      ];
    case 'plan-proposed':
      return ['Plan proposed', planWords(entry)];
    case 'health-measured':
      return ['Health measured', healthWords(entry.signs, entry.gaps)];
    case 'health-observed':
      return [
        entry.regressions.length > 0 ? 'Health got worse' : 'Health looked at',
        entry.regressions.length > 0 ? regressionWords(entry.regressions) : healthWords(entry.signs),
      ];
    case 'footholds-found':
      return [
        entry.found.length > 0 ? 'Ways back in found' : 'No more ways back in found',
        footholdWords(entry.found, entry.gaps),
      ];
    case 'nothing-planned':
      return ['Nothing planned', entry.reason];
    case 'evidence-preserved':
    case 'evidence-unavailable':
      return custodyWords(entry);
    case 'intent-recorded':
    case 'effect-finished':
    case 'effect-verified':
    case 'effect-refused':
    case 'containment-held':
      return effectWords(entry);
    case 'decision-made':
    case 'approval-requested':
    case 'approval-given':
    case 'approval-denied':
    case 'lease-ended':
    case 'lease-reminded':
    case 'lease-renewed':
    case 'rollback-offered':
    case 'incident-closed':
    case 'incident-escalated':
      return decisionWords(entry);
  }
}

function effectWords(entry: EntryOf<'effect'>): Words {
  switch (entry.type) {
    case 'intent-recorded':
      return [entry.direction === 'execute' ? 'About to change' : 'About to undo', titleOf(entry.action)];
    case 'effect-finished':
      return entry.outcome.status === 'done'
        ? ['Change made', entry.actionId]
        : ['Change failed', `${entry.actionId}: ${entry.outcome.error}: ${entry.outcome.message}`];
    case 'effect-verified':
      return [entry.verified ? 'Verified' : 'Not verified', entry.observed];
    case 'effect-refused':
      return ['Change refused', `${entry.cause}: ${entry.message}`];
    case 'containment-held':
      return ['Contained', `until ${readable(entry.leaseEndsAt)}`];
  }
}

function decisionWords(entry: EntryOf<'decision'>): Words {
  switch (entry.type) {
    case 'decision-made':
      return [
        `Decision to ${entry.purpose}`,
        `${outcomes[entry.decision.outcome]} by ${inWords(entry.decision.policies)}`,
      ];
    case 'approval-requested':
      return ['People asked', `${inWords(entry.approvers)}, until ${readable(entry.expiresAt)}`];
    case 'approval-given':
      return [
        entry.purpose === 'execute' ? 'Approved' : 'Rollback asked for',
        `${entry.approver} (${entry.channel}): ${entry.reason || 'no reason given'}`,
      ];
    case 'approval-denied':
      return ['Denied', `${entry.approver} (${entry.channel}): ${entry.reason}`];
    case 'lease-ended':
      return ['Lease ended'];
    case 'lease-reminded':
      return ['Lease ends soon', readable(entry.leaseEndsAt)];
    case 'lease-renewed':
      return [
        entry.leaseEndsAt ? `Lease renewed until ${readable(entry.leaseEndsAt)}` : 'Made permanent',
        `${entry.approver} (${entry.channel}): ${entry.reason}`,
      ];
    case 'rollback-offered':
      return ['Rollback offered', regressionWords(entry.regressions)];
    case 'incident-closed':
      return ['Closed', entry.reason];
    case 'incident-escalated':
      return ['Escalated', entry.reason];
  }
}

function planWords({ manifest, refused = [] }: EntryNamed<'plan-proposed'>): string {
  const done = inWords(manifest.actions.map(({ action, target }) => `${action} on ${target.id}`));
  const left = refused.map(({ action, message }) => `; not ${action}: ${message}`).join('');
  return `${done}, for ${duration(manifest.leaseSeconds)}${left}`;
}

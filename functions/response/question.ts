import type { Mode } from '../core/decision.ts';
import type { EntryNamed } from '../core/entry.ts';
import { entriesOf, type Incident } from '../core/incident.ts';
import type { Consequence, PlannedAction } from '../core/plan.ts';
import type { PolicyQuestion, Vote } from '../core/ports.ts';

type Purpose = PolicyQuestion['purpose'];

/** Everything that policy is asked with is read from the ledger, apart from the mode and where we run. */
export function questionOf(
  incident: Incident,
  purpose: Purpose,
  world: { readonly mode: Mode; readonly sandbox: boolean },
  change?: { readonly action: PlannedAction; readonly withinBudget: boolean },
): PolicyQuestion {
  const reached = incident.verdict;
  const consequences = (change && incident.plan?.blastRadius[change.action.id]) ?? [];
  return {
    purpose,
    incident: incident.id,
    ...world,
    sample: incident.findings.some((finding) => finding.sample),
    disposition: reached?.verdict.disposition ?? 'undetermined',
    severity: reached?.verdict.severity ?? 'Critical',
    confidence: reached?.verdict.confidence ?? 0,
    untainted: reached?.untainted ?? 0,
    newerFinding: newerFinding(incident, purpose),
    ...(change ? { ...change, blastRadius: largest(consequences) } : {}),
    ...(purpose === 'rollback' ? { afterRegression: isAfterRegression(incident) } : {}),
    subjects: subjectsOf(incident),
  };
}

/** A finding that came after the verdict (dismissal) or after the plan (everything else) was made. */
export function newerFinding(incident: Incident, purpose: Purpose): boolean {
  const since = purpose === 'dismiss' ? 'verdict-reached' : 'plan-proposed';
  const index = incident.timeline.findLastIndex(({ entry }) => entry.type === since);
  return incident.timeline.slice(index + 1).some(({ entry }) => entry.type === 'finding-received');
}

/** Nobody asked for it, and the lease has not ended: that health got worse is the only reason that is left. */
function isAfterRegression(incident: Incident): boolean {
  const isEnded = entriesOf(incident, 'lease-ended').some(
    ({ manifestHash }) => manifestHash === incident.plan?.manifestHash,
  );
  return !isEnded && votesFor(incident, 'rollback').length === 0;
}

/** What could not be measured counts as large, and so does having measured nothing. */
function largest(consequences: readonly Consequence[]): number | null {
  if (consequences.length === 0) return null;
  return consequences.reduce<number | null>(
    (most, { count }) => (most === null || count === null ? null : Math.max(most, count)),
    0,
  );
}

/**
 * The people and principals behind the findings: they may not approve what is done about them. What an attacker can
 * write bars nobody, or a forged finding that names every approver would keep all of them from deciding.
 */
function subjectsOf(incident: Incident): string[] {
  const people = incident.entities.filter(
    ({ kind, trust }) => trust !== 'claimed' && ['user', 'role', 'root', 'access-key'].includes(kind),
  );
  return people.flatMap((entity) => [entity.id, ...(entity.arn ? [entity.arn] : [])]);
}

/** The approvals that stand for the current plan, one a person. */
export function votesFor(incident: Incident, purpose: 'execute' | 'rollback'): Vote[] {
  const standing = incident.approvals.filter(
    (approval) => approval.purpose === purpose && approval.manifestHash === incident.plan?.manifestHash,
  );
  return [...new Map(standing.map((approval) => [approval.approver, approval])).values()].map(toVote);
}

function toVote({ approver, roles }: EntryNamed<'approval-given'>): Vote {
  return { approver, roles };
}

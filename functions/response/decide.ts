import { digest } from '../core/canonical.ts';
import type { Decision } from '../core/decision.ts';
import type { EntryNamed } from '../core/entry.ts';
import type { FamilyOfAction } from '../core/family.ts';
import { entriesOf, type Incident } from '../core/incident.ts';
import type { PlaybookTerms } from '../core/playbook.ts';
import type { Clock, KillSwitch, Ledger, PolicyEngine } from '../core/ports.ts';
import { isLookDue } from '../core/watch.ts';
import { type BudgetParts, withinBudget } from './budget.ts';
import { mustLookAgain } from './late.ts';
import { isReminded, madePermanent, remindAt } from './lease.ts';
import { questionOf, votesFor } from './question.ts';
import { newRegressions, offerRollback } from './regression.ts';
import { holdStep, remediationStep } from './remediation-steps.ts';
import { endingsOf } from './settled.ts';
import { type Step, step } from './step.ts';

export interface DecideParts extends BudgetParts {
  readonly ledger: Ledger;
  readonly policy: PolicyEngine;
  readonly killSwitch: Pick<KillSwitch, 'read'>;
  readonly sandbox: boolean;
  readonly clock: Clock;
  readonly familyOfAction: FamilyOfAction;
  readonly playbookFor: (incident: Incident) => PlaybookTerms;
}

/**
 * May the plan run alone, does it need people, or is it forbidden? Asked again with every answer that came in. What the
 * verdict did not know of is investigated first: where the plan comes out the same, the approvals stand.
 */
export async function decideExecution(incidentId: string, parts: DecideParts): Promise<Step> {
  const incident = await parts.ledger.read(incidentId);
  if (incident.denial || incident.status === 'merged') return step('close');
  if (mustLookAgain(incident)) return step('investigate');
  const decided = await record(incident, 'execute', parts);
  return afterDecision(decided, parts);
}

function afterDecision(incident: Incident, { familyOfAction, playbookFor, clock }: DecideParts): Step {
  const outcome = incident.decision?.decision.outcome;
  if (outcome === 'autonomous') return remediationStep(incident, familyOfAction, clock());
  if (outcome !== 'needs-approval') return step('escalate');
  return step('await-approval', Math.round(playbookFor(incident).approvalHours * 3600));
}

/**
 * The lease is over, a person asked for the rollback, or health got worse: giving access back is an action to policy
 * like any other.
 */
export async function decideLease(incidentId: string, parts: DecideParts): Promise<Step> {
  const incident = await parts.ledger.read(incidentId);
  const asked = votesFor(incident, 'rollback').length > 0;
  const now = parts.clock();
  const ended = incident.leaseEndsAt !== undefined && Date.parse(incident.leaseEndsAt) <= now.getTime();
  if (!asked && madePermanent(incident)) return step('close');
  if (!asked && !ended) return whileHeld(incident, parts, now);
  const over = asked ? incident : await recordLeaseEnd(incident, parts);
  return (await rollBack(over, parts)).step ?? step('escalate');
}

/** Looks when a look is due; what got worse is undone where policy lets it be, and else people are told. */
async function whileHeld(incident: Incident, parts: DecideParts, now: Date): Promise<Step> {
  if (isLookDue(incident, now)) return step('watch-health');
  const regressions = newRegressions(incident);
  if (regressions.length === 0) return holdStep(await remind(incident, parts), now);
  const { decided, step: undoing } = await rollBack(incident, parts);
  return undoing ?? holdStep(await offerRollback(decided, regressions, parts), now);
}

/** Asks policy for the rollback; without a step where it needs people. */
async function rollBack(
  incident: Incident,
  parts: DecideParts,
): Promise<{ readonly decided: Incident; readonly step?: Step }> {
  const decided = await record(incident, 'rollback', parts);
  const made = entriesOf(decided, 'decision-made').findLast(({ purpose }) => purpose === 'rollback');
  if (made?.decision.outcome !== 'autonomous') return { decided };
  return { decided, step: remediationStep(decided, parts.familyOfAction, parts.clock()) };
}

/** Records that people are to be told of the end; `hold-lease` tells them. */
async function remind(incident: Incident, { ledger, clock }: DecideParts): Promise<Incident> {
  const { leaseEndsAt, plan } = incident;
  const now = clock();
  if (!leaseEndsAt || !plan || isReminded(incident) || now.getTime() < remindAt(incident, now))
    return incident;
  const { manifestHash } = plan;
  return ledger.append(incident.id, 'decision', `remind#${manifestHash}#${leaseEndsAt}`, ({ generation }) => [
    { type: 'lease-reminded', generation, manifestHash, leaseEndsAt },
  ]);
}

async function recordLeaseEnd(incident: Incident, { ledger }: DecideParts): Promise<Incident> {
  const manifestHash = incident.plan?.manifestHash;
  if (!manifestHash) return incident;
  return ledger.append(incident.id, 'decision', `lease-ended#${manifestHash}`, (state) => [
    { type: 'lease-ended', generation: state.generation, manifestHash },
  ]);
}

/** Records the engine's answer with the people who stood behind it. The same question with the same answer is recorded once. */
async function record(
  before: Incident,
  purpose: 'execute' | 'rollback',
  parts: DecideParts,
): Promise<Incident> {
  const mode = await parts.killSwitch.read();
  const votes = votesFor(before, purpose);
  const within = await withinBudget(before, purpose, before.plan?.manifest.actions ?? [], parts);
  const key = digest({
    plan: before.plan?.manifestHash ?? '',
    votes,
    mode,
    policy: parts.policy.digest,
    // What was measured may have changed under the same plan, and a rollback that failed may be asked for again.
    facts: factsThatBear(before),
    endings: endingsOf(before),
    within: [...within],
  });
  return parts.ledger.append(before, 'decision', `decide#${before.generation}#${purpose}#${key}`, (state) => {
    if (!state.plan) return [];
    const world = { mode, sandbox: parts.sandbox };
    const questions = state.plan.manifest.actions.map((action) =>
      questionOf(state, purpose, world, { action, withinBudget: within.has(action.id) }),
    );
    const decision = parts.policy.decide(questions, votes);
    return [entry(state, purpose, state.plan.manifestHash, decision, mode, votes, parts.policy.digest)];
  });
}

/** What is kept for forensics is no reason to ask again: it comes in right after the decision. */
function factsThatBear({ timeline }: Incident): number {
  const kept = ['evidence-preserved', 'evidence-unavailable'];
  return timeline.filter(({ chain, entry: { type } }) => chain === 'fact' && !kept.includes(type)).length;
}

function entry(
  { generation }: Incident,
  purpose: 'execute' | 'rollback',
  subject: string,
  decision: Decision,
  mode: EntryNamed<'decision-made'>['mode'],
  votes: ReturnType<typeof votesFor>,
  policyDigest: string,
): EntryNamed<'decision-made'> {
  const approvers = votes.map((vote) => vote.approver);
  return { type: 'decision-made', generation, purpose, subject, decision, mode, approvers, policyDigest };
}

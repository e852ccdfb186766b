import type { Action } from '../core/account.ts';
import { boundedText } from '../core/bounded.ts';
import { digest } from '../core/canonical.ts';
import { asDenial } from '../core/denial.ts';
import type { EntryNamed, EntryOf } from '../core/entry.ts';
import type { FamilyOfAction } from '../core/family.ts';
import { entriesOf, type Incident } from '../core/incident.ts';
import type { PlannedAction } from '../core/plan.ts';
import type { Clock, KillSwitch, Ledger, Locks, PolicyEngine } from '../core/ports.ts';
import { attemptNumber, attemptOf } from './attempt.ts';
import type { BudgetParts } from './budget.ts';
import { mustLookAgain } from './late.ts';
import { refusalOf } from './refusal.ts';
import { begun, remaining, remediationStep } from './remediation-steps.ts';
import { type Step, step } from './step.ts';
import { type AnyAccount, executionOf, type Work } from './work.ts';

export interface RemediateParts extends BudgetParts {
  readonly ledger: Ledger;
  readonly policy: PolicyEngine;
  readonly killSwitch: Pick<KillSwitch, 'read'>;
  readonly locks: Locks;
  readonly sandbox: boolean;
  readonly clock: Clock;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** The actions that this function carries out: those of its family. */
  readonly actions: readonly Action[];
  readonly familyOfAction: FamilyOfAction;
  /** The account through the action's own role, narrowed to what this plan names. */
  readonly assume: (action: Action, planned: PlannedAction, incident: string) => Promise<AnyAccount>;
}

/** Back-off of the reads that verify, in milliseconds: IAM takes about four seconds to agree with itself. */
const VERIFY_PAUSES = [0, 250, 1000, 2000, 4000] as const;
/** Before this pause a change that is still not seen is made again: twice is once, and whoever fights it may have undone it. */
const REASSERTED_AT = 3;

/** Carries out what remains of the plan for this function's family, one action at a time, each recorded before and after. */
export async function remediate(incidentId: string, parts: RemediateParts): Promise<Step> {
  let incident = await parts.ledger.read(incidentId);
  // It came in while this was being decided on: neither the decision nor ingest saw the other.
  if (begun(incident).length === 0 && mustLookAgain(incident)) return step('investigate');
  for (let work = workFor(incident, parts); work; work = workFor(incident, parts)) {
    const before = incident.heads.effect;
    incident = await carryOut(work, parts);
    if (incident.heads.effect === before)
      throw new Error(`no progress on ${work.planned.id} of ${work.hash}`);
  }
  const { action, direction } = remaining(incident);
  if (!action && direction === 'execute') incident = await holdContainment(incident, parts);
  return remediationStep(incident, parts.familyOfAction, parts.clock());
}

function workFor(incident: Incident, { actions }: RemediateParts): Work | undefined {
  const { direction, action: planned } = remaining(incident);
  const hash = incident.plan?.manifestHash;
  const action = actions.find((one) => one.id === planned?.action);
  if (!planned || !hash || !action) return undefined;
  const attempt = attemptNumber(incident, direction);
  return { incidentId: incident.id, hash, planned, direction, attempt, action };
}

async function carryOut(work: Work, parts: RemediateParts): Promise<Incident> {
  const { planned, incidentId } = work;
  const { arn, account: owner, kind, id } = planned.target;
  return parts.locks.hold(arn ?? `${owner}/${kind}/${id}`, incidentId, async () => {
    const account = await parts.assume(work.action, planned, incidentId);
    const incident = await parts.ledger.read(incidentId);
    const refusal = await refusalOf(work, incident, account, parts);
    if (refusal) return append(work, 'refused', parts, refusal);
    await recordIntent(work, incident, parts);
    await effect(work, account, parts);
    return verify(work, account, parts);
  });
}

async function recordIntent(work: Work, incident: Incident, parts: RemediateParts): Promise<void> {
  const made = entriesOf(incident, 'decision-made').findLast(({ purpose }) => purpose === work.direction);
  const decision = digest(made ?? incident.decision ?? {});
  await append(work, 'intent', parts, { action: work.action.id, decision });
}

async function effect(work: Work, account: AnyAccount, parts: RemediateParts): Promise<void> {
  const incident = await parts.ledger.read(work.incidentId);
  if (attemptOf(incident, work.planned.id, work.direction).finished) return;
  const outcome = await outcomeOf(work, account, incident);
  await append(work, 'finished', parts, { outcome });
}

type Outcome = EntryNamed<'effect-finished'>['outcome'];

/** Only what the action itself throws is its failure: a ledger that cannot be written says nothing about the change. */
async function outcomeOf(work: Work, account: AnyAccount, incident: Incident): Promise<Outcome> {
  const execution = executionOf(work, incident);
  try {
    await work.action[work.direction](work.planned, account, execution);
    return { status: 'done' };
  } catch (error) {
    if (isTransient(error)) throw error;
    const reason = asDenial(error, `${work.planned.target.kind} ${work.planned.target.id}`);
    const { name, message } = reason instanceof Error ? reason : new Error(String(reason));
    return { status: 'failed', error: name, message: boundedText(message, 1000) };
  }
}

/** Left to the state machine's retry: the same intent is carried out again. */
function isTransient(error: unknown): boolean {
  const trait: unknown = error instanceof Error && '$retryable' in error ? error.$retryable : undefined;
  return (
    trait !== undefined ||
    (error instanceof Error && /Throttl|TooManyRequests|RequestLimitExceeded/.test(error.name))
  );
}

async function verify(work: Work, account: AnyAccount, parts: RemediateParts): Promise<Incident> {
  const incident = await parts.ledger.read(work.incidentId);
  const { finished } = attemptOf(incident, work.planned.id, work.direction);
  if (finished?.status === 'failed') return incident;
  const wanted = work.direction === 'execute' ? 'done' : 'not-done';
  let observed = 'nothing was read back';
  for (const [index, pause] of VERIFY_PAUSES.entries()) {
    if (index === REASSERTED_AT) await reassert(work, account, incident);
    await parts.pause(pause);
    const reading = await work.action.verify(work.planned, account, executionOf(work, incident));
    observed = reading.observed;
    if (reading.status === wanted) return append(work, 'verified', parts, { verified: true, observed });
  }
  return append(work, 'verified', parts, { verified: false, observed });
}

/** What it fails with says the reading that follows: not done. */
async function reassert(work: Work, account: AnyAccount, incident: Incident): Promise<void> {
  if (work.direction === 'execute') await outcomeOf(work, account, incident);
}

const entryTypes = {
  intent: 'intent-recorded',
  finished: 'effect-finished',
  verified: 'effect-verified',
  refused: 'effect-refused',
} as const;

function append(
  work: Work,
  what: keyof typeof entryTypes,
  { ledger }: RemediateParts,
  fields: object,
): Promise<Incident> {
  const { hash, planned, direction, attempt } = work;
  const commandId = `${what}#${hash}#${planned.id}#${direction}#${attempt}`;
  return ledger.append(work.incidentId, 'effect', commandId, ({ generation }) => {
    const base = { type: entryTypes[what], generation, manifestHash: hash, actionId: planned.id, direction };
    return [{ ...base, ...fields } as EntryOf<'effect'>];
  });
}

async function holdContainment(incident: Incident, { ledger, clock }: RemediateParts): Promise<Incident> {
  const plan = incident.plan;
  if (!plan) return incident;
  const leaseEndsAt = new Date(clock().getTime() + plan.manifest.leaseSeconds * 1000).toISOString();
  return ledger.append(incident.id, 'effect', `held#${plan.manifestHash}`, ({ generation }) => [
    { type: 'containment-held', generation, manifestHash: plan.manifestHash, leaseEndsAt },
  ]);
}

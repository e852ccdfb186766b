import { boundedText } from '../core/bounded.ts';
import { digest } from '../core/canonical.ts';
import type { Mode } from '../core/decision.ts';
import type { EntryNamed } from '../core/entry.ts';
import { NotPlannableError } from '../core/errors.ts';
import { effectOf, entriesOf, type Incident } from '../core/incident.ts';
import { manifestHash } from '../core/plan.ts';
import type { KillSwitch, Ledger, PolicyEngine } from '../core/ports.ts';
import { rollbackDecided } from './attempt.ts';
import { type BudgetParts, takePlace, withinBudget } from './budget.ts';
import { questionOf, votesFor } from './question.ts';
import { type AnyAccount, executionOf, type Work } from './work.ts';

interface RefusalParts extends BudgetParts {
  readonly ledger: Pick<Ledger, 'read'>;
  readonly policy: PolicyEngine;
  readonly killSwitch: Pick<KillSwitch, 'read'>;
  readonly sandbox: boolean;
}

/** Why nothing is done. */
type Refusal = Pick<EntryNamed<'effect-refused'>, 'cause' | 'message'>;

/** Asked again right before the effect: the hash, the mode, the policy with the people who approved, the state and the budget. */
export async function refusalOf(
  work: Work,
  incident: Incident,
  account: AnyAccount,
  parts: RefusalParts,
): Promise<Refusal | undefined> {
  const { plan } = incident;
  if (!plan || manifestHash(plan.manifest) !== work.hash)
    return { cause: 'hash', message: 'the manifest no longer has the hash that was decided on' };
  const mode = await parts.killSwitch.read();
  // Undoing what failed half-way needs nobody's leave except the kill switch's.
  if (work.direction === 'rollback' && !rollbackDecided(incident))
    return mode === 'off'
      ? { cause: 'mode', message: 'the mode is off: nothing is rolled back by itself' }
      : undefined;
  const isWithin = (await withinBudget(incident, work.direction, [work.planned], parts)).has(work.planned.id);
  const refusal = policyRefusal(work, incident, mode, isWithin, parts);
  if (refusal) return refusal;
  const moved = await (work.direction === 'rollback' ? driftSince : staleness)(work, incident, account);
  if (moved && !(await begunMeanwhile(work, parts))) return moved;
  if (work.direction === 'rollback' || (await takePlace(incident, work.planned, isWithin, parts)))
    return undefined;
  // Others have just taken the last places of today's budget: what people approved takes one past them.
  const spent = policyRefusal(work, incident, mode, false, parts);
  if (!spent) await takePlace(incident, work.planned, false, parts);
  return spent && { ...spent, message: `today's budget is spent: ${spent.message}` };
}

/** A second execution of the incident, which the lock lets in, records its intent before it moves anything. */
async function begunMeanwhile({ incidentId, planned, direction }: Work, { ledger }: RefusalParts) {
  return effectOf(await ledger.read(incidentId), planned.id, direction) !== undefined;
}

function policyRefusal(
  work: Work,
  incident: Incident,
  mode: Mode,
  isWithin: boolean,
  { policy, sandbox }: RefusalParts,
): Refusal | undefined {
  const purpose = work.direction;
  const change = { action: work.planned, withinBudget: isWithin };
  const question = questionOf(incident, purpose, { mode, sandbox }, change);
  const decision = policy.decide([question], votesFor(incident, purpose));
  if (decision.outcome === 'autonomous') return undefined;
  const message =
    decision.outcome === 'forbidden' ? decision.reason : 'it needs people who have not approved';
  return { cause: mode === 'off' || mode === 'observe' ? 'mode' : 'policy', message };
}

/** The state must be the one that was approved, unless a first attempt of ours already began to change it. */
async function staleness(work: Work, incident: Incident, account: AnyAccount): Promise<Refusal | undefined> {
  if (effectOf(incident, work.planned.id, 'execute')) return undefined;
  const { target, params, before } = work.planned;
  try {
    const now = await work.action.plan(target, params, account);
    if (digest(now.before) === digest(before)) return undefined;
    return { cause: 'stale', message: `${target.id} is no longer in the state that was approved` };
  } catch (error) {
    if (error instanceof NotPlannableError) return { cause: 'stale', message: error.message };
    throw error;
  }
}

/**
 * What was contained and verified must still be as we left it: what somebody changed since is not overwritten, until a
 * person who was told of it asks for the rollback again.
 */
async function driftSince(work: Work, incident: Incident, account: AnyAccount): Promise<Refusal | undefined> {
  const { planned, action } = work;
  const isBegun = effectOf(incident, planned.id, 'rollback') !== undefined;
  if (isBegun || !effectOf(incident, planned.id, 'execute')?.verified || wasTold(work, incident))
    return undefined;
  const { status, observed } = await action.verify(planned, account, executionOf(work, incident));
  if (status === 'done') return undefined;
  const message = `somebody changed ${planned.target.id} since it was contained (${observed}), and nothing is overwritten; ask for the rollback again to put back what was saved all the same`;
  return { cause: 'stale', message: boundedText(message, 1000) };
}

function wasTold({ planned, hash }: Work, incident: Incident): boolean {
  return entriesOf(incident, 'effect-refused').some(
    ({ manifestHash: of, actionId, direction, cause }) =>
      of === hash && actionId === planned.id && direction === 'rollback' && cause === 'stale',
  );
}

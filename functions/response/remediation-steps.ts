import type { Family, FamilyOfAction } from '../core/family.ts';
import { effectOf, type Incident } from '../core/incident.ts';
import type { PlannedAction } from '../core/plan.ts';
import { nextLookAt } from '../core/watch.ts';
import { attemptOf, type Direction, rollbackDecided } from './attempt.ts';
import { mayPlanAgain } from './late.ts';
import { isReminded, leaseEnd, remindAt } from './lease.ts';
import { type Step, step } from './step.ts';

/** What remains to be done for the current plan, all of it read from the ledger; nothing when `action` is absent. */
export interface Remaining {
  readonly direction: Direction;
  readonly action: PlannedAction | undefined;
}

/**
 * Forwards until something fails, is refused, or a rollback is decided; then backwards over everything that was
 * begun, in reverse order, each once: what could not be undone is for a person, who may ask for it again. What a
 * principal made is passed over where it cannot be cut off: whoever made it can change it at the last moment, and must
 * not get back by that what he lost before.
 */
export function remaining(incident: Incident): Remaining {
  const planned = incident.plan?.manifest.actions ?? [];
  if (!mustUndo(incident)) {
    const open = planned.filter(({ id }) => !succeeded(incident, id, 'execute'));
    return { direction: 'execute', action: open.find((action) => !passedOver(incident, action)) };
  }
  const action = begun(incident).findLast(
    ({ id }) => !succeeded(incident, id, 'rollback') && !attempted(incident, id, 'rollback'),
  );
  return { direction: 'rollback', action };
}

function mustUndo(incident: Incident): boolean {
  const planned = incident.plan?.manifest.actions ?? [];
  const failed = planned.filter(({ id }) => hasFailed(incident, id));
  const stopped = failed.length === planned.length || failed.some(({ target }) => !target.madeBy);
  return (failed.length > 0 && stopped) || rollbackDecided(incident);
}

/** What the plan wanted to take from a principal that made it, and could not. */
export function passedOver(incident: Incident, { id, target }: PlannedAction): boolean {
  return target.madeBy !== undefined && hasFailed(incident, id);
}

function hasFailed(incident: Incident, actionId: string): boolean {
  return attempted(incident, actionId, 'execute') && !succeeded(incident, actionId, 'execute');
}

/** The actions of the current plan whose carrying out was begun. */
export function begun(incident: Incident): PlannedAction[] {
  const planned = incident.plan?.manifest.actions ?? [];
  return planned.filter(({ id }) => effectOf(incident, id, 'execute') !== undefined);
}

function succeeded(incident: Incident, actionId: string, direction: Direction): boolean {
  return effectOf(incident, actionId, direction)?.verified === true;
}

function attempted(incident: Incident, actionId: string, direction: Direction): boolean {
  const { finished, verified, refused } = attemptOf(incident, actionId, direction);
  return verified !== undefined || finished?.status === 'failed' || refused !== undefined;
}

/** Everything that was begun is back as it was. */
export function rolledBack(incident: Incident): boolean {
  return begun(incident).every(({ id }) => succeeded(incident, id, 'rollback'));
}

/** Where the state machine goes for what remains. */
export function remediationStep(incident: Incident, familyOfAction: FamilyOfAction, now: Date): Step {
  const { direction, action } = remaining(incident);
  if (action) return step(`remediate-${familyOf(action, familyOfAction)}`);
  if (direction === 'execute') return holdStep(incident, now);
  if (rollbackDecided(incident)) return step(rolledBack(incident) ? 'close' : 'escalate');
  return step(wentStale(incident) ? 'plan' : 'escalate');
}

/** The world moved before anything was done: plan again, unless that was done too often. */
function wentStale(incident: Incident): boolean {
  const planned = incident.plan?.manifest.actions ?? [];
  const stale = planned.some(({ id }) => attemptOf(incident, id, 'execute').refused?.cause === 'stale');
  return stale && begun(incident).length === 0 && mayPlanAgain(incident);
}

/** Holds until people are to be reminded of the lease's end, and after that until the end itself; before that, a look may be due. */
export function holdStep(incident: Incident, now: Date): Step {
  const lease = isReminded(incident) ? leaseEnd(incident, now) : remindAt(incident, now);
  const until = Math.min(lease, nextLookAt(incident) ?? lease);
  // At least one second: a state machine's time-out cannot be zero.
  return step('hold', Math.max(1, Math.ceil((until - now.getTime()) / 1000)));
}

function familyOf({ action }: PlannedAction, familyOfAction: FamilyOfAction): Family {
  const family = familyOfAction.get(action);
  if (!family) throw new Error(`the plan names ${action}, which is not in this deployment's catalogue`);
  return family;
}

import type { Incident } from '../core/incident.ts';
import { dailyLimit, type Limits } from '../core/limits.ts';
import type { PlannedAction } from '../core/plan.ts';
import type { Budgets } from '../core/ports.ts';
import type { Direction } from './attempt.ts';

export interface BudgetParts {
  readonly budgets: Budgets;
  readonly limits: Limits;
}

/** The changes of a plan, by their ids, that today's budgets still have places for; each takes one, undoing it none. */
export async function withinBudget(
  incident: Incident,
  direction: Direction,
  actions: readonly PlannedAction[],
  { budgets, limits }: BudgetParts,
): Promise<ReadonlySet<string>> {
  if (direction === 'rollback') return new Set(actions.map(({ id }) => id));
  const uses = new Map<string, Set<string>>();
  const within = new Set<string>();
  for (const planned of actions) {
    const budget = budgetOf(planned);
    const key = `${budget.account} ${budget.action}`;
    const used = uses.get(key) ?? new Set(await budgets.uses(budget));
    uses.set(key, used);
    const use = useOf(incident, planned);
    if (used.has(use) || used.size < limitOf(incident, planned, limits)) within.add(planned.id);
    used.add(use);
  }
  return within;
}

/** Takes a place for a change that is about to be made; past the limit only where people asked for it. */
export function takePlace(
  incident: Incident,
  planned: PlannedAction,
  isWithin: boolean,
  { budgets, limits }: BudgetParts,
): Promise<boolean> {
  const most = isWithin ? limitOf(incident, planned, limits) : Number.POSITIVE_INFINITY;
  return budgets.take(budgetOf(planned), useOf(incident, planned), most);
}

function budgetOf({ action, target }: PlannedAction) {
  return { account: target.account, action };
}

function useOf({ plan }: Incident, { id }: PlannedAction): string {
  return `${plan?.manifestHash}#${id}`;
}

function limitOf({ verdict }: Incident, planned: PlannedAction, limits: Limits): number {
  return dailyLimit(planned, verdict?.verdict.severity ?? 'Informational', limits);
}

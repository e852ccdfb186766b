import type { Action } from '../functions/core/account.ts';
import type { PlannedAction } from '../functions/core/plan.ts';
import { AccountUnderTest } from '../test/contract/account-under-test.ts';
import type { ActionCase } from '../test/contract/action-case.ts';
import { planCase } from '../test/contract/planning.ts';

/** An action's own words for what it would do, and how it would be undone. */
export type PlannedExample = Pick<PlannedAction, 'change' | 'undo' | 'cannotRestore'>;

/** Some plans say a date: the page must not change with the day on which it is written. */
const MOMENT = new Date('2026-11-21T12:00:00.000Z');

/** Lets every action plan, over the wire, on the first of its contract cases. Nothing is changed. */
export async function plannedExamples(
  actions: readonly Action[],
): Promise<ReadonlyMap<string, PlannedExample>> {
  const examples = new Map<string, PlannedExample>();
  for (const action of actions) examples.set(action.id, await exampleOf(action));
  return examples;
}

async function exampleOf(action: Action): Promise<PlannedExample> {
  const file = `test/contract/cases/${action.id}.ts`;
  const { cases } = (await import(`../${file}`)) as { readonly cases: readonly ActionCase[] };
  const [first] = cases;
  if (!first) throw new Error(`${file} has no case`);
  const under = await AccountUnderTest.start(first.seed, first.activity, undefined, MOMENT);
  try {
    const { change, undo, cannotRestore } = (await planCase(action, first, under)).planned;
    return { change, undo, cannotRestore };
  } finally {
    await under.close();
  }
}

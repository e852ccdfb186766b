import type { Action, Planned } from '../../functions/core/account.ts';
import type { PlannedAction } from '../../functions/core/plan.ts';
import type { AccountUnderTest } from './account-under-test.ts';
import type { ActionCase } from './action-case.ts';

/** Plans with the action's reads alone, and puts the answer into a manifest's form. */
export async function planCase(
  action: Action,
  { target, params = {} }: Pick<ActionCase, 'target' | 'params'>,
  under: Pick<AccountUnderTest, 'reader'>,
): Promise<{ readonly planned: PlannedAction; readonly answer: Planned }> {
  const answer = await action.plan(
    target,
    action.params.parse(params),
    under.reader(action.permissions, action.reads),
  );
  const { before, expected, change, undo, cannotRestore, protectedTarget, observed } = answer;
  const planned: PlannedAction = {
    id: 'a1',
    action: action.id,
    target: { ...target, ...observed, trust: 'observed' },
    params,
    danger: action.danger,
    protectedTarget,
    before,
    expected,
    change,
    undo,
    cannotRestore: [...cannotRestore],
  };
  return { planned, answer };
}

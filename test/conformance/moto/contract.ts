import type { Account, Action, AwsCommandClass, Execution } from '../../../functions/core/account.ts';
import { CannotRestoreError } from '../../../functions/core/errors.ts';
import type { PlannedAction } from '../../../functions/core/plan.ts';
import type { AccountState } from '../../../sandbox/account/state.ts';
import type { ActionCase } from '../../contract/action-case.ts';
import { executionOf } from '../../contract/execution.ts';
import { planCase } from '../../contract/planning.ts';
import { expectAlike, UnlikeError } from './comparison.ts';
import type { MotoAccount } from './moto-account.ts';
import { expectSeeded } from './seeded.ts';

/** What is asked of a case, in this order: the contract of `test/contract/actions.test.ts` without crashes and trespasses. */
type Step =
  | 'the seed arrives'
  | 'it plans'
  | 'planning changes nothing'
  | 'it plans the same again'
  | 'nothing is done before'
  | 'it executes'
  | 'it is done after'
  | 'what is innocent stays'
  | 'it executes twice'
  | 'twice is once'
  | 'it rolls back'
  | 'everything is as before'
  | 'nothing is done after the rollback'
  | 'it rolls back twice'
  | 'everything is as before still';

export interface Trial {
  readonly action: Action;
  readonly one: ActionCase;
  readonly account: MotoAccount;
  /** The same seed in the laptop cloud. */
  readonly sandbox: AccountState;
}

/** Asks the whole contract of one case, and answers what differed from the laptop cloud, by step and place. A call that fails ends it; a comparison does not. */
export async function differencesOf(trial: Trial): Promise<readonly string[]> {
  const shown: string[] = [];
  const step: Stepper = async (name, work) => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Halt) throw error;
      if (error instanceof UnlikeError) {
        for (const place of error.places) shown.push(`${name}: ${place}`);
        return undefined as never;
      }
      shown.push(`${name}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
      throw new Halt();
    }
  };
  await contract(trial, step).catch((error: unknown) => {
    if (!(error instanceof Halt)) throw error;
  });
  return shown;
}

class Halt extends Error {
  override readonly name = 'Halt';
}

type Stepper = <Result>(step: Step, work: () => Promise<Result>) => Promise<Result>;

async function contract(trial: Trial, step: Stepper): Promise<void> {
  const { action, one, account, sandbox } = trial;
  const before = await account.state();
  await step('the seed arrives', async () => expectSeeded(before, sandbox, Object.keys(one.seed)));

  const planned = await step('it plans', () => plan(trial));
  await step('planning changes nothing', async () => expectAlike(await account.state(), before));
  await step('it plans the same again', async () => expectAlike(await plan(trial), planned));

  const execution = executionOf(planned);
  const session = account.open([...action.reads, ...action.writes], 'write');
  const status = async () => (await action.verify(planned, session, execution)).status;
  await step('nothing is done before', async () => expectAlike(await status(), 'not-done'));
  await step('it executes', () => action.execute(planned, session, execution));
  await step('it is done after', async () => expectAlike(await status(), 'done'));
  const after = await account.state();
  await step('what is innocent stays', async () => expectAlike(one.innocent(after), one.innocent(before)));

  await step('it executes twice', () => action.execute(planned, session, execution));
  await step('twice is once', async () => expectAlike(await account.state(), after));

  const restorable = one.restorable ?? ((state: AccountState) => state);
  const expectRestored = async () => expectAlike(restorable(await account.state()), restorable(before));
  await step('it rolls back', () => undo(trial, planned, session, execution));
  await step('everything is as before', expectRestored);
  await step('nothing is done after the rollback', async () => expectAlike(await status(), 'not-done'));
  await step('it rolls back twice', () => action.rollback(planned, session, execution));
  await step('everything is as before still', expectRestored);
}

async function plan({ action, one, account }: Trial): Promise<PlannedAction> {
  const reader = account.open(action.reads, 'read');
  return (await planCase(action, one, { reader: () => reader })).planned;
}

/** As in the contract test: where rollback refuses as the plan said, a person does what is left. */
async function undo(
  { action, one, account }: Trial,
  planned: PlannedAction,
  session: Account<readonly AwsCommandClass[]>,
  execution: Execution,
): Promise<void> {
  try {
    await action.rollback(planned, session, execution);
    if (!one.byHand) return;
    throw new UnlikeError(['rolled back alone what the plan says that only a person can']);
  } catch (error) {
    if (!(error instanceof CannotRestoreError) || !one.byHand) throw error;
  }
  await account.byHand(one.byHand);
  await action.rollback(planned, session, execution);
}

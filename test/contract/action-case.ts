import type { Params, PlannedAction, Target } from '../../functions/core/plan.ts';
import type { AccountState } from '../../sandbox/account/state.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
/** The account that the deployment under test gives evidence to. */
export const FORENSICS = '999988887777';

/** One situation in which an action must keep its contract. */
export interface ActionCase {
  readonly name: string;
  readonly target: Target;
  /** `account.json` of the sandbox, without account and region. */
  readonly seed: Readonly<Record<string, object>>;
  readonly activity?: readonly object[];
  /** The part of the account that is none of the action's business, and must stay as it is. */
  readonly innocent: (account: AccountState) => unknown;
  /** What a person does in the account to give back what the plan's `cannotRestore` declares; rollback refuses until then. */
  readonly byHand?: (account: AccountState) => void;
  /**
   * What a rollback must put back, where the plan's `cannotRestore` names the rest; the whole account when absent.
   */
  readonly restorable?: (account: AccountState) => unknown;
  readonly params?: Params;
  /** Commands on what is innocent, each of which the action's own session must be refused. */
  readonly trespasses: (planned: PlannedAction) => readonly object[];
}

export function target(kind: Target['kind'], id: string): Target {
  return { handle: 'e1', kind, id, account: ACCOUNT, region: REGION, trust: 'asserted' };
}

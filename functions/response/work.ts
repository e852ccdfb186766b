import type { Account, Action, AwsCommandClass } from '../core/account.ts';
import type { PlannedAction } from '../core/plan.ts';
import type { Direction } from './attempt.ts';

export type AnyAccount = Account<readonly AwsCommandClass[]>;

/** One action of the plan that is to be carried out or undone now. */
export interface Work {
  readonly incidentId: string;
  /** Of the manifest that it belongs to. */
  readonly hash: string;
  readonly planned: PlannedAction;
  readonly direction: Direction;
  readonly attempt: number;
  readonly action: Action;
}

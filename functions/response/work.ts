import type { Account, Action, AwsCommandClass, Execution } from '../core/account.ts';
import { effectOf, type Incident } from '../core/incident.ts';
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

/** The recorded time of the intent, the same on every retry, so that a retry writes the same bytes. */
export function executionOf(work: Work, incident: Incident): Execution {
  const intentAt = effectOf(incident, work.planned.id, 'execute')?.intentAt;
  if (!intentAt)
    throw new Error(`${work.planned.id} of ${work.hash} has no recorded intent: nothing may be done`);
  return { intentAt: new Date(intentAt), incident: work.incidentId, manifestHash: work.hash };
}

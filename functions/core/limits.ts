import * as z from 'zod';
import type { Severity } from './finding.ts';
import { isNamedBy } from './named-by.ts';
import { Danger, type PlannedAction, type Target } from './plan.ts';

const Daily = z.int().min(0).max(1000);

/** `policies/limits.yaml`: how much may be changed in a day, and what is never changed without a person. */
export const Limits = z.strictObject({
  daily: z.record(Danger, Daily),
  /** The share of each number that only incidents of severity Critical may use. */
  reserve: z.number().min(0).max(1),
  actions: z.record(z.string(), Daily),
  protected: z.array(z.strictObject({ match: z.string().min(3), because: z.string().min(3) })),
});
export type Limits = z.infer<typeof Limits>;

/** How many changes of this action may be made in one account in one day for an incident of this severity. */
export function dailyLimit(
  { action, danger }: Pick<PlannedAction, 'action' | 'danger'>,
  severity: Severity,
  { daily, reserve, actions }: Limits,
): number {
  const most = Object.hasOwn(actions, action) ? (actions[action] ?? 0) : daily[danger];
  return severity === 'Critical' ? most : Math.floor(most * (1 - reserve));
}

/** Whether the owner listed this target as one that needs a person. */
export function isListed({ id, arn }: Target, limits: Limits): boolean {
  return limits.protected.some(({ match }) => isNamedBy(match, { id, arn }));
}

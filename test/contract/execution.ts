import type { Execution } from '../../functions/core/account.ts';
import { manifestHash, type PlannedAction } from '../../functions/core/plan.ts';
import { INCIDENT } from './account-under-test.ts';

const intentAt = new Date('2026-11-21T03:04:05.678Z');

/** The execution of a manifest with one action, the same on every run. */
export function executionOf(planned: PlannedAction): Execution {
  return {
    incident: INCIDENT,
    intentAt,
    manifestHash: manifestHash({
      version: 1,
      incident: INCIDENT,
      generation: 1,
      actions: [planned],
      leaseSeconds: 3600,
    }),
  };
}

import { SallyportError } from '../core/errors.ts';
import type { Clock, Locks } from '../core/ports.ts';
import { type CoordinationTable, seconds } from './coordination-table.ts';

/** Longer than a task may take (design, section 3: function time-out < task time-out < lock TTL). */
const LOCK_SECONDS = 30 * 60;

/** Somebody else changes this resource at the moment: the workflow tries again. */
export class LockedError extends SallyportError {
  override readonly name = 'LockedError';

  constructor(resource: string, owner: string) {
    super(`${resource} is being changed by ${owner}; try again when it is done`);
  }
}

export function locks(table: CoordinationTable, clock: Clock): Locks {
  return {
    async hold(resource, owner, work) {
      const pk = `lock#${resource}`;
      const now = clock();
      const fields = { owner, expires: seconds(new Date(now.getTime() + LOCK_SECONDS * 1000)) };
      const free =
        (await table.put(pk, '-', fields, { unless: 'exists', lapsedBy: now })) ||
        // The owner's own lock: this is a retry after a crash.
        (await table.put(pk, '-', fields, { only: { owner } }));
      if (!free) throw new LockedError(resource, String((await table.get(pk))?.owner ?? 'somebody'));
      try {
        return await work();
      } finally {
        await table.remove(pk, '-', { only: { owner } });
      }
    },
  };
}

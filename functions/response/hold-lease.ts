import type { Incident } from '../core/incident.ts';
import type { Doorbells, Ledger } from '../core/ports.ts';
import { rollbackDecided } from './attempt.ts';
import { votesFor } from './question.ts';

/**
 * Hangs up the lease's bell. A rollback that a person asked for before it hung is heard at once. `isFirst`: nothing
 * happened since the containment began, so people are still to be told of it.
 */
export async function holdLease(
  incidentId: string,
  taskToken: string,
  { ledger, doorbells }: { readonly ledger: Ledger; readonly doorbells: Doorbells },
): Promise<{ incident: Incident; isFirst: boolean }> {
  await doorbells.hang(incidentId, 'lease', taskToken);
  const incident = await ledger.read(incidentId);
  const asked = votesFor(incident, 'rollback').length > 0;
  if (asked && !rollbackDecided(incident)) await doorbells.ring(incidentId, 'lease');
  return { incident, isFirst: incident.timeline.at(-1)?.entry.type === 'containment-held' };
}

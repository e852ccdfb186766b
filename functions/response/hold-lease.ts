import type { Incident } from '../core/incident.ts';
import type { Doorbells, Ledger } from '../core/ports.ts';
import { rollbackDecided } from './attempt.ts';
import { votesFor } from './question.ts';

const NEWS: readonly string[] = ['containment-held', 'lease-reminded', 'lease-renewed'];

/**
 * Hangs up the lease's bell. A rollback that a person asked for before it hung is heard at once. `isNews`: the last that
 * happened is what people are to be told of, and they were not told yet.
 */
export async function holdLease(
  incidentId: string,
  taskToken: string,
  { ledger, doorbells }: { readonly ledger: Ledger; readonly doorbells: Doorbells },
): Promise<{ incident: Incident; isNews: boolean }> {
  await doorbells.hang(incidentId, 'lease', taskToken);
  const incident = await ledger.read(incidentId);
  const asked = votesFor(incident, 'rollback').length > 0;
  if (asked && !rollbackDecided(incident)) await doorbells.ring(incidentId, 'lease');
  const last = incident.timeline.at(-1)?.entry.type ?? '';
  return { incident, isNews: NEWS.includes(last) };
}

import type { Incident } from '../core/incident.ts';
import type { Doorbells, Ledger } from '../core/ports.ts';
import { rollbackDecided } from './attempt.ts';
import { madePermanent } from './lease.ts';
import { votesFor } from './question.ts';

const NEWS: readonly string[] = ['containment-held', 'lease-reminded', 'lease-renewed', 'rollback-offered'];

/**
 * Hangs up the lease's bell. What a person said before it hung is heard at once: that the change is to be undone, or is
 * to stand for good. `isNews`: the last that happened is what people are to be told of, and they were not told yet.
 */
export async function holdLease(
  incidentId: string,
  taskToken: string,
  { ledger, doorbells }: { readonly ledger: Ledger; readonly doorbells: Pick<Doorbells, 'hang'> },
): Promise<{ incident: Incident; isNews: boolean }> {
  const bell = await doorbells.hang(incidentId, 'lease', taskToken);
  const incident = await ledger.read(incidentId);
  const isAsked = votesFor(incident, 'rollback').length > 0;
  if (isAsked ? !rollbackDecided(incident) : madePermanent(incident)) await bell.ring();
  const last = incident.timeline.at(-1)?.entry.type ?? '';
  return { incident, isNews: NEWS.includes(last) };
}

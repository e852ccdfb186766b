import type { Doorbells, Ledger } from '../core/ports.ts';
import { mustLookAgain } from './late.ts';

/**
 * Wakes an incident that waits for people, where something came in that is to be looked at first. Whoever hangs the bell
 * later than this looks for himself (request-approval).
 */
export async function wake(
  incidentId: string,
  {
    ledger,
    doorbells,
  }: { readonly ledger: Pick<Ledger, 'read'>; readonly doorbells: Pick<Doorbells, 'ring'> },
): Promise<void> {
  const incident = await ledger.read(incidentId);
  if (incident.status === 'awaiting-approval' && mustLookAgain(incident))
    await doorbells.ring(incidentId, 'approval');
}

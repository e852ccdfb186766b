import { setTimeout as pause } from 'node:timers/promises';
import type { EntryNamed } from '../functions/core/entry.ts';
import type { Finding } from '../functions/core/finding.ts';
import type { Session } from './session.ts';
import { suppressionOf } from './suppressions.ts';

const PATIENCE_MS = 120_000;

/** Where a finding came to: an incident, or no answer, by a rule of the owner's. */
type Arrival = { readonly incident: string } | { readonly suppressed: EntryNamed<'finding-suppressed'> };

/** Waits until a finding stands in the ledger: in that of an incident, or as one that was suppressed. */
export async function arrival(session: Session, finding: Finding): Promise<Arrival> {
  const { uid } = finding.finding_info;
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const incident = await session.incidentOf(finding);
    if (incident) return { incident: incident.id };
    const suppressed = await suppressionOf(finding, session);
    if (suppressed) return { suppressed };
    await pause(50);
  }
  throw new Error(
    `finding ${uid} was not taken in within two minutes; see the logs in the laptop cloud's folder`,
  );
}

/** The incident that a finding came to. Throws where a rule left it unanswered. */
export async function arrivalInIncident(session: Session, finding: Finding): Promise<string> {
  const arrived = await arrival(session, finding);
  if ('incident' in arrived) return arrived.incident;
  throw new Error(
    `finding ${finding.finding_info.uid} was suppressed by the rule ${arrived.suppressed.rule.id}`,
  );
}

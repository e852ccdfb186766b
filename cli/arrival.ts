import { setTimeout as pause } from 'node:timers/promises';
import type { Finding } from '../functions/core/finding.ts';
import type { Session } from './session.ts';

const PATIENCE_MS = 120_000;

/** Waits until a finding stands in an incident's ledger. Answers the incident. */
export async function arrival(session: Session, finding: Finding): Promise<string> {
  const { uid } = finding.finding_info;
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const incident = await session.incidentOf(finding);
    if (incident) return incident.id;
    await pause(50);
  }
  throw new Error(
    `finding ${uid} was not taken in within two minutes; see the logs in the laptop cloud's folder`,
  );
}

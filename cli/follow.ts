import { setTimeout as pause } from 'node:timers/promises';
import type { Incident } from '../functions/core/incident.ts';
import { narrate } from './narrate.ts';
import { atRest } from './outcome.ts';
import type { Printer } from './print.ts';
import type { Session } from './session.ts';

/** Looked at often while entries come, and ever less often while nothing does: each look asks for three chains. */
const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 400;

/**
 * Tells an incident's entries as they come until a condition holds. What was told is returned as the number of
 * entries, so that the story can be taken up again. A response that does not come to rest is an error.
 */
export async function follow(
  session: Session,
  incidentId: string,
  printer: Printer,
  {
    from = 0,
    until = atRest,
    timeoutMs = 120_000,
  }: { from?: number; until?: (incident: Incident) => boolean; timeoutMs?: number } = {},
): Promise<{ incident: Incident; told: number }> {
  const deadline = performance.now() + timeoutMs;
  let told = from;
  let wait = SHORTEST_PAUSE_MS;
  for (;;) {
    const incident = await session.ledger.read(incidentId);
    wait = incident.timeline.length > told ? SHORTEST_PAUSE_MS : Math.min(wait * 1.3, LONGEST_PAUSE_MS);
    tell(incident, told, printer);
    told = incident.timeline.length;
    if (until(incident)) return { incident, told };
    if (performance.now() > deadline)
      throw new Error(
        `${incidentId} did not come to rest in ${timeoutMs / 1000} s; its status is ${incident.status}`,
      );
    await pause(wait);
  }
}

function tell(incident: Incident, from: number, printer: Printer): void {
  incident.timeline.slice(from).forEach((recorded, index) => {
    const before = incident.timeline[from + index - 1];
    const took = before ? Date.parse(recorded.at) - Date.parse(before.at) : undefined;
    const [first, ...rest] = narrate(recorded, incident);
    if (first) printer.line(first, took);
    for (const line of rest) printer.line(line);
  });
}

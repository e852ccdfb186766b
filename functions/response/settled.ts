import type { EntryOf, IncidentChain } from '../core/entry.ts';
import { entriesOf, type Incident } from '../core/incident.ts';

/** Ended, and nothing was decided or done since. A rollback that was asked for after the end ends by itself. */
export function isSettled({ ending, timeline }: Incident): boolean {
  const end = timeline.findLastIndex(({ entry }) => isEnding(entry));
  return ending !== undefined && timeline.slice(end + 1).every(({ chain }) => chain === 'fact');
}

/** Names the next ending of this generation: the same for a retry that finds none yet. */
export function endingCommand(incident: Incident): string {
  return `end#${incident.generation}#${endingsOf(incident)}`;
}

/** How often this generation has ended. */
export function endingsOf(incident: Incident): number {
  return entriesOf(incident, 'incident-closed').length + entriesOf(incident, 'incident-escalated').length;
}

function isEnding({ type }: EntryOf<IncidentChain>): boolean {
  return type === 'incident-closed' || type === 'incident-escalated';
}

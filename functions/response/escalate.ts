import { boundedText } from '../core/bounded.ts';
import { entriesOf, type Incident } from '../core/incident.ts';
import type { Clock, Ledger } from '../core/ports.ts';
import { attemptOf, rollbackDecided } from './attempt.ts';
import { endingCommand, isSettled } from './settled.ts';

/** Why the state machine gave up, as it says itself. */
export interface WorkflowError {
  readonly Error?: string | undefined;
  readonly Cause?: string | undefined;
}

/** Hands an incident to people, saying why. One that has ended, or goes on as another one, stays so. */
export async function escalate(
  incidentId: string,
  error: WorkflowError | undefined,
  parts: { ledger: Ledger; clock: Clock },
): Promise<Incident> {
  const command = endingCommand(await parts.ledger.read(incidentId));
  return parts.ledger.append(incidentId, 'decision', command, (incident) => {
    if (incident.status === 'empty' || incident.status === 'merged' || isSettled(incident)) return [];
    const reason = error ? failure(error) : reasonOf(incident, parts.clock());
    return [
      { type: 'incident-escalated', generation: incident.generation, reason: boundedText(reason, 2000) },
    ];
  });
}

function failure({ Error: name = 'an error', Cause: cause = '' }: WorkflowError): string {
  if (name === 'States.Timeout') return 'nobody decided in time';
  return `the response stopped: ${name}${cause ? `: ${messageIn(cause).slice(0, 500)}` : ''}`;
}

/** Lambda puts its error object as JSON into the cause. */
function messageIn(cause: string): string {
  try {
    const parsed: unknown = JSON.parse(cause);
    const message =
      typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed ? parsed.errorMessage : cause;
    return String(message);
  } catch {
    return cause;
  }
}

/** The first of the reasons that the ledger holds, the latest stage first. */
function reasonOf(incident: Incident, now: Date): string {
  return (
    effectReason(incident) ??
    leaseReason(incident, now) ??
    decisionReason(incident) ??
    entriesOf(incident, 'nothing-planned').at(-1)?.reason ??
    'the response could not go on'
  );
}

function effectReason(incident: Incident): string | undefined {
  const direction = rollbackDecided(incident) ? 'rollback' : 'execute';
  const { plan, generation } = incident;
  if (!plan || (plan.generation !== generation && direction === 'execute')) return undefined;
  for (const { id, action, target } of plan.manifest.actions) {
    const what = `${direction === 'rollback' ? 'undoing ' : ''}${action} on ${target.id}`;
    const { finished, verified, refused } = attemptOf(incident, id, direction);
    if (finished?.status === 'failed') return `${what} failed: ${finished.error}: ${finished.message}`;
    if (verified === false) return `${what} could not be verified`;
    if (refused) return `${what} was refused: ${refused.message}`;
  }
  return undefined;
}

function leaseReason(incident: Incident, now: Date): string | undefined {
  const held = entriesOf(incident, 'containment-held').at(-1);
  return held && Date.parse(held.leaseEndsAt) <= now.getTime()
    ? 'the lease has ended; giving access back needs a person, so the containment stands'
    : undefined;
}

function decisionReason({ decision }: Incident): string | undefined {
  if (decision?.decision.outcome === 'forbidden') return `forbidden: ${decision.decision.reason}`;
  return decision?.decision.outcome === 'needs-approval' ? 'nobody decided in time' : undefined;
}

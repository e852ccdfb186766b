import { entriesOf, type Incident } from '../core/incident.ts';
import type { Clock, Ledger } from '../core/ports.ts';
import { refusal, rollbackDecided } from './remediation-steps.ts';

/** Why the state machine gave up, as it says itself. */
export interface WorkflowError {
  readonly Error?: string | undefined;
  readonly Cause?: string | undefined;
}

/** Hands an incident to people, saying why. One that has ended stays ended. */
export async function escalate(
  incidentId: string,
  error: WorkflowError | undefined,
  parts: { ledger: Ledger; clock: Clock },
): Promise<Incident> {
  const { generation, ending } = await parts.ledger.read(incidentId);
  // A rollback that was asked for after the end, and failed, is a matter of its own.
  const commandId = ending ? `end#${generation}#again` : `end#${generation}`;
  return parts.ledger.append(incidentId, 'decision', commandId, (incident) => {
    if (incident.status === 'empty' || incident.ending) return [];
    const reason = error ? failure(error) : reasonOf(incident, parts.clock());
    return [{ type: 'incident-escalated', generation: incident.generation, reason: reason.slice(0, 2000) }];
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
  for (const { id, action, target } of incident.plan?.manifest.actions ?? []) {
    const what = `${action} on ${target.id}`;
    const effect = incident.effects.find((one) => one.actionId === id && one.direction === direction);
    if (effect?.finished?.status === 'failed')
      return `${what} failed: ${effect.finished.error}: ${effect.finished.message}`;
    if (effect?.verified === false) return `${what} could not be verified`;
    const refused = refusal(incident, id, direction);
    if (refused) return `${what} was refused: ${refused.message}`;
  }
  return undefined;
}

function leaseReason({ leaseEndsAt }: Incident, now: Date): string | undefined {
  const ended = leaseEndsAt !== undefined && Date.parse(leaseEndsAt) <= now.getTime();
  return ended
    ? 'the lease has ended; giving access back needs a person, so the containment stands'
    : undefined;
}

function decisionReason({ decision }: Incident): string | undefined {
  if (decision?.decision.outcome === 'forbidden') return `forbidden: ${decision.decision.reason}`;
  return decision?.decision.outcome === 'needs-approval' ? 'nobody decided in time' : undefined;
}

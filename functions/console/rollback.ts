import type { Approver } from '../core/decision.ts';
import { effectOf, type Incident } from '../core/incident.ts';
import type { Doorbells, Ledger, Workflow } from '../core/ports.ts';
import { isSubject } from './subjects.ts';

interface RollbackParts {
  readonly ledger: Ledger;
  readonly doorbells: Pick<Doorbells, 'ring'>;
  readonly workflow: Workflow;
}

interface RollbackRequest {
  readonly incident: string;
  readonly manifestHash: string;
  readonly approver: Approver;
  readonly reason: string;
  readonly channel: 'page' | 'cli';
}

type RollbackOutcome =
  | { readonly status: 'requested'; readonly how: 'lease-ended' | 'started' }
  | {
      readonly status: 'refused';
      readonly cause: 'plan-changed' | 'nothing-to-undo' | 'still-changing' | 'self-approval';
      readonly message: string;
    };
type Refused = Extract<RollbackOutcome, { status: 'refused' }>;

/**
 * A person's word that what was done shall be undone. Works in every mode: the kill switch must not lock a wrong
 * containment in. Policy still decides whether this person suffices; it is asked when the execution goes on.
 */
export async function requestRollback(
  request: RollbackRequest,
  { ledger, doorbells, workflow }: RollbackParts,
): Promise<RollbackOutcome> {
  let refusal: Refused | undefined;
  // After another rest the same person may ask again: the first rollback may have failed.
  const attempt = attemptOf(await ledger.read(request.incident));
  const command = `rollback#${attempt}#${request.manifestHash}#${request.approver.id}`;
  const incident = await ledger.append(request.incident, 'decision', command, (state) => {
    refusal = refusalOf(state, request);
    if (refusal) return [];
    const { manifestHash, approver, reason, channel } = request;
    const given = { manifestHash, approver: approver.id, roles: [...approver.roles], reason, channel };
    return [{ type: 'approval-given', generation: state.generation, purpose: 'rollback', ...given }];
  });
  refusal ??= refusalOf(incident, request);
  if (refusal) return refusal;
  if ((await doorbells.ring(request.incident, 'lease')) === 'rung')
    return { status: 'requested', how: 'lease-ended' };
  const { id: incidentId, generation } = incident;
  await workflow.start({ incidentId, generation, event: 'rollback', attempt: attemptOf(incident) });
  return { status: 'requested', how: 'started' };
}

function refusalOf(incident: Incident, request: RollbackRequest): Refused | undefined {
  if (incident.plan && incident.plan.manifestHash !== request.manifestHash)
    return refused('plan-changed', 'The plan has changed since you looked. Look again and ask again.');
  if (!hasSomethingToUndo(incident))
    return refused('nothing-to-undo', 'Nothing of this plan is in force, so nothing is to be undone.');
  if (isSubject(request.approver, incident))
    return refused('self-approval', 'The finding is about you; somebody else must ask for the rollback.');
  if (incident.status === 'working' || incident.status === 'awaiting-approval')
    return refused('still-changing', 'A change is under way. Ask again when the incident has come to rest.');
  return undefined;
}

/** Something was begun whose undoing was not verified. */
function hasSomethingToUndo(incident: Incident): boolean {
  return (incident.plan?.manifest.actions ?? []).some(
    ({ id }) =>
      effectOf(incident, id, 'execute') !== undefined &&
      effectOf(incident, id, 'rollback')?.verified !== true,
  );
}

/** The same for a double click, another after each time that the incident came to rest: a failed rollback may be asked for again. */
function attemptOf(incident: Incident): number {
  const ends = incident.timeline.filter(
    ({ entry }) => entry.type === 'incident-closed' || entry.type === 'incident-escalated',
  );
  return ends.length + 1;
}

function refused(cause: Refused['cause'], message: string): Refused {
  return { status: 'refused', cause, message };
}

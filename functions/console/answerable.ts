import { seatsOf } from '../adapters/cedar-seats.ts';
import type { Approver, Mode } from '../core/decision.ts';
import type { Incident } from '../core/incident.ts';
import { inWords } from './card.ts';
import { readable } from './readable.ts';
import { isSubject } from './subjects.ts';

type RefusalCause =
  | 'plan-changed'
  | 'not-awaiting'
  | 'already-decided'
  | 'expired'
  | 'self-approval'
  | 'not-asked'
  | 'mode';

/** Why an answer was not taken, in words for the person who gave it. Nothing was recorded. */
export interface Refusal {
  readonly status: 'refused';
  readonly cause: RefusalCause;
  readonly message: string;
}

export interface Answer {
  readonly manifestHash: string;
  readonly approver: Approver;
  readonly outcome: 'approve' | 'deny';
}

/** May this answer be taken from this person now? Nothing when it may. Judged at the very head that it is recorded on. */
export function refusalOf(incident: Incident, answer: Answer, now: Date, mode: Mode): Refusal | undefined {
  const { plan, request, decision, ending, denial } = incident;
  if (!plan) return refused('not-awaiting', 'There is no plan to decide on.');
  if (plan.manifestHash !== answer.manifestHash)
    return refused('plan-changed', 'The plan has changed since you were asked. Your answer was not taken.');
  if (denial) return refused('already-decided', 'This plan was denied already.');
  if (ending) return refused('not-awaiting', `The incident was ${ending.how} already.`);
  if (decision?.decision.outcome !== 'needs-approval')
    return refused(
      decision ? 'already-decided' : 'not-awaiting',
      decision ? 'This plan was decided already.' : 'Nobody has been asked to decide on this plan yet.',
    );
  if (isAnswered(incident))
    return refused('already-decided', 'Enough people have approved this plan already.');
  if (!request) return refused('not-awaiting', 'Nobody has been asked to decide on this plan yet.');
  if (Date.parse(request.expiresAt) <= now.getTime())
    return refused(
      'expired',
      `The time to decide ended at ${readable(request.expiresAt)}. The incident was handed on to people.`,
    );
  return refusalOfPerson(incident, answer, mode);
}

function refusalOfPerson(incident: Incident, { approver, outcome }: Answer, mode: Mode): Refusal | undefined {
  if (isSubject(approver, incident))
    return refused('self-approval', 'The finding is about you; somebody else must decide.');
  const required = requiredRoles(incident);
  if (!required.flat().some((role) => approver.roles.includes(role)))
    return refused('not-asked', `This needs ${inWords(required.map(inSeats), 'or')}.`);
  if (outcome === 'approve' && (mode === 'off' || mode === 'observe'))
    return refused('mode', `The mode is ${mode}: no change is made, so nothing can be approved.`);
  return undefined;
}

/** Has policy decided with what was said, or do the approvals that stand fill a combination that it asked for? */
export function isAnswered(incident: Incident): boolean {
  const { decision } = incident;
  if (decision && decision.decision.outcome !== 'needs-approval') return true;
  const seats = seatsOf(approvalsOf(incident));
  return requiredRoles(incident).some((roles) => seats.includes([...roles].sort().join('+')));
}

/** The approvals of the current plan. One that named an older plan, and lost the race with it, is none. */
export function approvalsOf({ approvals, plan }: Incident): Incident['approvals'] {
  return approvals.filter(
    ({ purpose, manifestHash }) => purpose === 'execute' && manifestHash === plan?.manifestHash,
  );
}

/** Can anybody's answer still count? */
export function isAwaiting({ plan, request, decision, ending, denial }: Incident, now: Date): boolean {
  return (
    plan !== undefined &&
    request !== undefined &&
    Date.parse(request.expiresAt) > now.getTime() &&
    decision?.decision.outcome === 'needs-approval' &&
    ending === undefined &&
    denial === undefined
  );
}

function inSeats(roles: readonly string[]): string {
  return roles.join(' and ');
}

function requiredRoles({ decision }: Incident) {
  return decision?.decision.outcome === 'needs-approval' ? decision.decision.required : [];
}

function refused(cause: RefusalCause, message: string): Refusal {
  return { status: 'refused', cause, message };
}

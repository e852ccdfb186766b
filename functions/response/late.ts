import { entriesOf, type Incident, isOpen } from '../core/incident.ts';
import { newsSinceVerdict } from '../core/news.ts';

/** After so many plans in one generation the card freezes, so that noise cannot prevent a decision (design, section 3). */
export const MOST_PLANS = 4;

/** What came in since the verdict is to be looked at before anything is decided or done. */
export function mustLookAgain(incident: Incident): boolean {
  return mayPlanAgain(incident) && newsSinceVerdict(incident).length > 0;
}

export function mayPlanAgain(incident: Incident): boolean {
  return entriesOf(incident, 'plan-proposed').length < MOST_PLANS;
}

/**
 * Findings change nothing about its plan any more: people were asked about it for the last time or have denied it,
 * policy let it go, or it is carried out. What comes in then is for a supplementary plan.
 */
export function isFixed(incident: Incident): boolean {
  if (incident.status === 'contained') return true;
  if (!isOpen(incident) || incident.plan?.generation !== incident.generation) return false;
  const { denial, decision, request } = incident;
  const isSettled = denial !== undefined || decision?.decision.outcome === 'autonomous';
  return isSettled || (request !== undefined && !mayPlanAgain(incident));
}

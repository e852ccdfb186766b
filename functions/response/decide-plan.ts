import type { ApproverRole, Decision, Mode } from '../core/decision.ts';
import type { Incident } from '../core/incident.ts';
import type { PlannedAction } from '../core/plan.ts';
import type { PolicyEngine, Vote } from '../core/ports.ts';
import { questionOf } from './question.ts';

export interface World {
  readonly mode: Mode;
  readonly sandbox: boolean;
}

type Required = Extract<Decision, { outcome: 'needs-approval' }>['required'];
type Roles = Required[number];

/** The most people that a policy may ask for (design, idea 3). */
const MOST_PEOPLE = 3;

/**
 * Decides on a whole plan: forbidden if one action is; else it needs the smallest sets of people that satisfy
 * every action at once; else it may run alone. Each answer was given by the policy engine, per action.
 */
export function decidePlan(
  incident: Incident,
  actions: readonly PlannedAction[],
  purpose: 'execute' | 'rollback',
  votes: readonly Vote[],
  world: World,
  policy: PolicyEngine,
): Decision {
  const ask = (action: PlannedAction, voters: readonly Vote[]) =>
    policy.decide(questionOf(incident, purpose, world, action), voters);
  const answers = actions.map((action) => ask(action, votes));
  const policies = [...new Set(answers.flatMap((answer) => answer.policies))];
  const forbidden = answers.find((answer) => answer.outcome === 'forbidden');
  if (forbidden || answers.length === 0)
    return { outcome: 'forbidden', policies, reason: forbidden?.reason ?? 'there is nothing to decide on' };
  const wanted = answers.flatMap((answer) => (answer.outcome === 'needs-approval' ? [answer.required] : []));
  if (wanted.length === 0) return { outcome: 'autonomous', policies };

  const suffices = (roles: Roles) =>
    actions.every((action, index) => {
      const answer = answers[index];
      // Another approval never turns a yes into a no (test/policies), and what an action asks for, the engine has tried.
      if (answer?.outcome === 'autonomous') return true;
      if (answer?.outcome === 'needs-approval' && holds(answer.required, roles)) return true;
      return ask(action, roles.map(asVoter)).outcome === 'autonomous';
    });
  const required = smallest(combined(wanted), suffices);
  if (required.length > 0) return { outcome: 'needs-approval', policies, required };
  return {
    outcome: 'forbidden',
    policies,
    reason: 'no three people could approve every action of this plan',
  };
}

/** The sets, of up to three people, that hold one of the sets that each action asks for; each once. */
function combined(wanted: readonly Required[]): Required {
  return wanted.reduce<Required>(
    (sets, required) => {
      const together = sets.flatMap((set) => required.map((roles) => united(set, roles)));
      const few = together.filter((roles) => roles.length <= MOST_PEOPLE);
      return [...new Map(few.map((roles) => [nameOf(roles), roles])).values()];
    },
    [[]],
  );
}

/** Whoever sits in a seat for one action sits in it for the other as well. */
function united(some: Roles, others: Roles): ApproverRole[] {
  const missing = [...others];
  for (const role of some) {
    const seat = missing.indexOf(role);
    if (seat >= 0) missing.splice(seat, 1);
  }
  return [...some, ...missing];
}

/** The sets that suffice, of the smallest size at which any does: larger ones are not even asked about. */
function smallest(sets: Required, suffices: (roles: Roles) => boolean): Required {
  for (let size = 1; size <= MOST_PEOPLE; size += 1) {
    const sufficient = sets.filter((roles) => roles.length === size && suffices(roles));
    if (sufficient.length > 0) return sufficient;
  }
  return [];
}

function holds(sets: Required, roles: Roles): boolean {
  return sets.some((one) => nameOf(one) === nameOf(roles));
}

function nameOf(roles: Roles): string {
  return roles.toSorted().join();
}

function asVoter(role: ApproverRole, index: number): Vote {
  return { approver: `?${index}`, roles: [role] };
}

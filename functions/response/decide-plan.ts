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
  const ask = (voters: readonly Vote[]) =>
    actions.map((action) => policy.decide(questionOf(incident, purpose, world, action), voters));
  const answers = ask(votes);
  const policies = [...new Set(answers.flatMap((answer) => answer.policies))];
  const forbidden = answers.find((answer) => answer.outcome === 'forbidden');
  if (forbidden || answers.length === 0)
    return { outcome: 'forbidden', policies, reason: forbidden?.reason ?? 'there is nothing to decide on' };
  const wanted = answers.flatMap((answer) => (answer.outcome === 'needs-approval' ? [answer.required] : []));
  if (wanted.length === 0) return { outcome: 'autonomous', policies };

  const sufficient = combined(wanted).filter((roles) =>
    ask(roles.map(asVoter)).every((answer) => answer.outcome === 'autonomous'),
  );
  if (sufficient.length === 0)
    return {
      outcome: 'forbidden',
      policies,
      reason: 'no three people could approve every action of this plan',
    };
  return { outcome: 'needs-approval', policies, required: smallest(sufficient) };
}

/** Every set that one action asks for, and every two of different actions together, of up to three people. */
function combined(wanted: readonly Required[]): Required {
  const each = wanted.flat();
  const together = each.flatMap((one) => each.map((other) => [...one, ...other]));
  return [...each, ...together].filter((roles) => roles.length <= 3);
}

function asVoter(role: ApproverRole, index: number): Vote {
  return { approver: `?${index}`, roles: [role] };
}

function smallest(sets: Required): Required {
  const size = Math.min(...sets.map((roles) => roles.length));
  const distinct = new Map(sets.map((roles) => [roles.toSorted().join(), roles]));
  return [...distinct.values()].filter((roles) => roles.length === size);
}

import { digest } from '../core/canonical.ts';
import { type Approver, type ApproverRole, type Decision, Mode } from '../core/decision.ts';
import type { PolicyEngine, Vote } from '../core/ports.ts';
import { type Answer, cedarAuthorizer } from './cedar-authorizer.ts';
import type { PolicySources } from './cedar-policies.ts';
import { modeRequestOf, requestOf } from './cedar-request.ts';
import { combinations, distinctPeople, everybody, imagined } from './cedar-seats.ts';

export { describePolicies, policySentences } from './cedar-policies.ts';

/** May this person move the kill switch; and if not, why. Never throws: an error is a no. */
export interface ModeGate {
  mayChangeMode(person: Approver, from: Mode, to: Mode, signIn: boolean): Answer;
}

/**
 * The policy engine over Cedar (design, idea 3). Default deny; any error, and any diagnostic, is a deny. Policies are
 * parsed at the first question; sources that do not parse make every decision `forbidden`.
 */
export function cedarEngine(sources: PolicySources, schema: string): PolicyEngine & ModeGate {
  const ask = cedarAuthorizer(sources, schema);
  return {
    digest: digest({ sources, schema }),
    decide(question, votes) {
      const people = distinctPeople(votes, question.subjects);
      const now = ask(() => requestOf(question, people), 'against-schema');
      if (now.allowed) return { outcome: 'autonomous', policies: [...now.policies] };
      return whatIsMissing((others) => ask(() => requestOf(question, others)), now);
    },
    mayChangeMode(person, from, to, signIn) {
      const rank = (mode: Mode) => Mode.options.indexOf(mode);
      const direction = rank(to) > rank(from) ? 'raise' : 'lower';
      return ask(() => modeRequestOf(person, direction, to, signIn), 'against-schema');
    },
  };
}

type Asking = (people: readonly Vote[]) => Answer;

/**
 * The smallest combinations of roles that would permit, counted from nobody; what is forbidden to everybody together
 * is forbidden. The policies named are those that stopped it now and those that would let it through.
 */
function whatIsMissing(ask: Asking, now: Answer): Decision {
  const alone = permittingSets(ask, 1);
  if (alone.length > 0) return needsApproval(now, alone);
  // Asked before the many combinations of two and three, which are in vain where everybody together is refused.
  const atMost = ask(everybody);
  if (!atMost.allowed) return { outcome: 'forbidden', policies: [...atMost.policies], reason: atMost.reason };
  for (const size of [2, 3]) {
    const permitting = permittingSets(ask, size);
    if (permitting.length > 0) return needsApproval(now, permitting);
  }
  return { outcome: 'forbidden', policies: [], reason: 'no three people could approve this' };
}

interface Permitting {
  readonly roles: ApproverRole[];
  readonly policies: readonly string[];
}

function permittingSets(ask: Asking, size: number): Permitting[] {
  return combinations
    .filter((roles) => roles.length === size)
    .map((roles) => ({ roles: [...roles], answer: ask(imagined(roles)) }))
    .filter(({ answer }) => answer.allowed)
    .map(({ roles, answer }) => ({ roles, policies: answer.policies }));
}

function needsApproval(now: Answer, permitting: readonly Permitting[]): Decision {
  const policies = new Set([...now.policies, ...permitting.flatMap((one) => one.policies)]);
  return {
    outcome: 'needs-approval',
    policies: [...policies],
    required: permitting.map(({ roles }) => roles),
  };
}

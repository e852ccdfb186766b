import { digest } from '../core/canonical.ts';
import { type Approver, type ApproverRole, type Decision, Mode } from '../core/decision.ts';
import type { PolicyEngine, PolicyQuestion, Vote } from '../core/ports.ts';
import { type Answer, type Authorizer, cedarAuthorizer } from './cedar-authorizer.ts';
import type { PolicySources } from './cedar-policies.ts';
import { leaseRequestOf, modeRequestOf, requestOf } from './cedar-request.ts';
import { combinations, distinctPeople, everybody, imagined } from './cedar-seats.ts';

export { describePolicies, policySentences } from './cedar-policies.ts';

/** May this person move the kill switch; and if not, why. Never throws: an error is a no. */
export interface ModeGate {
  mayChangeMode(person: Approver, from: Mode, to: Mode, signIn: boolean): Answer;
}

/** May this person keep a containment past its lease, for some hours or for good. Never throws: an error is a no. */
export interface LeaseGate {
  mayKeep(person: Approver, incident: string, isForever: boolean): Answer;
}

/**
 * The policy engine over Cedar (design, idea 3). Default deny; any error, and any diagnostic, is a deny. Policies are
 * parsed at the first question; sources that do not parse make every decision `forbidden`.
 */
export function cedarEngine(sources: PolicySources, schema: string): PolicyEngine & ModeGate & LeaseGate {
  const ask = cedarAuthorizer(sources, schema);
  return {
    digest: digest({ sources, schema }),
    decide(questions, votes) {
      const answers = questions.map((one) =>
        ask(() => requestOf(one, distinctPeople(votes, one.subjects)), 'against-schema'),
      );
      const now = all(answers);
      if (now.allowed) return { outcome: 'autonomous', policies: [...now.policies] };
      // Another approval never turns a yes into a no (test/policies): what needs nobody is not asked about again.
      const open = votes.length > 0 ? questions : questions.filter((_, index) => !answers[index]?.allowed);
      return whatIsMissing((people) => all(untilRefused(open, people, ask)), now);
    },
    mayKeep(person, incident, isForever) {
      return ask(() => leaseRequestOf(person, incident, isForever), 'against-schema');
    },
    mayChangeMode(person, from, to, signIn) {
      const rank = (mode: Mode) => Mode.options.indexOf(mode);
      const direction = rank(to) > rank(from) ? 'raise' : 'lower';
      return ask(() => modeRequestOf(person, direction, to, signIn), 'against-schema');
    },
  };
}

type Asking = (people: readonly Vote[]) => Answer;

/** The first no says enough about people who are only imagined. */
function untilRefused(
  questions: readonly PolicyQuestion[],
  people: readonly Vote[],
  ask: Authorizer,
): Answer[] {
  const answers: Answer[] = [];
  for (const question of questions) {
    const answer = ask(() => requestOf(question, people));
    answers.push(answer);
    if (!answer.allowed) break;
  }
  return answers;
}

/** Yes if every answer is; else the first reason, with the policies behind every no. Nothing asked is nothing permitted. */
function all(answers: readonly Answer[]): Answer {
  const refused = answers.filter((answer) => !answer.allowed);
  const policies = (said: readonly Answer[]) => [...new Set(said.flatMap((answer) => answer.policies))];
  const [first] = refused;
  if (first) return { ...first, policies: policies(refused) };
  if (answers.length === 0) return { allowed: false, policies: [], reason: 'there is nothing to decide on' };
  return { allowed: true, policies: policies(answers) };
}

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
  return { outcome: 'forbidden', policies: [], reason: 'no three people could approve all of this' };
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

import { ApproverRole } from '../core/decision.ts';
import type { Vote } from '../core/ports.ts';

/** The most people that a policy may ask for (design, idea 3). */
const MOST_SEATS = 3;

/**
 * The distinct people among the votes, without those whom the finding is about: nobody approves his own case.
 * Ids are compared without regard to case. One person under two ids cannot be told apart here; whoever configures
 * the approvers must not list anybody twice.
 */
export function distinctPeople(votes: readonly Vote[], subjects: readonly string[]): Vote[] {
  const barred = new Set(subjects.map((subject) => subject.toLowerCase()));
  const people = new Map<string, Vote>();
  for (const vote of votes) {
    const id = vote.approver.toLowerCase();
    if (barred.has(id)) continue;
    const roles = new Set([...(people.get(id)?.roles ?? []), ...vote.roles]);
    people.set(id, { approver: id, roles: [...roles] });
  }
  return [...people.values()];
}

/**
 * Every combination of up to three roles that these people can fill, one each: `owner`, `owner+responder`.
 * Cedar cannot match people with roles itself, since it has no loops. Another person only ever adds to the answer.
 */
export function seatsOf(people: readonly Vote[]): string[] {
  const combinations = new Map<string, readonly ApproverRole[]>([['', []]]);
  for (const person of people) {
    for (const filled of [...combinations.values()]) {
      if (filled.length === MOST_SEATS) continue;
      for (const role of person.roles) {
        const more = [...filled, role].sort();
        combinations.set(more.join('+'), more);
      }
    }
  }
  combinations.delete('');
  return [...combinations.keys()].sort();
}

/** A meeting at which every seat is filled: what it may not do, nobody may. */
export const everybody: readonly Vote[] = Array.from({ length: MOST_SEATS }, (_, index) => ({
  approver: `anybody-${index + 1}`,
  roles: ApproverRole.options,
}));

/** One imagined person for each role. */
export function imagined(roles: readonly ApproverRole[]): Vote[] {
  return roles.map((role, index) => ({ approver: `anybody-${index + 1}`, roles: [role] }));
}

/** Every combination that could be asked for, the smallest first. */
export const combinations: readonly (readonly ApproverRole[])[] = seatsOf(everybody)
  .map((seats) => seats.split('+').map((role) => ApproverRole.parse(role)))
  .sort((left, right) => left.length - right.length);

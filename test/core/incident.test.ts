import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Commit, verifyChain } from '../../functions/core/commit.ts';
import { type Entity, Trust } from '../../functions/core/entity.ts';
import { LedgerCorruptError } from '../../functions/core/errors.ts';
import { foldIncident } from '../../functions/core/fold.ts';
import { effectOf, type Incident } from '../../functions/core/incident.ts';
import {
  approved,
  chainOf,
  closed,
  denied,
  entity,
  hash,
  INCIDENT,
  intent,
  merged,
  planned,
  received,
  requested,
  stillNeedsTwo,
} from './entries.ts';

interface Chains {
  readonly fact?: readonly Commit[];
  readonly decision?: readonly Commit[];
  readonly effect?: readonly Commit[];
}

function fold({ fact = [], decision = [], effect = [] }: Chains): Incident {
  return foldIncident(INCIDENT, {
    fact: verifyChain('fact', fact),
    decision: verifyChain('decision', decision),
    effect: verifyChain('effect', effect),
  });
}
const typesOf = ({ timeline }: Incident) => timeline.map(({ entry }) => entry.type);

describe('the fold', () => {
  test('orders what the chains saw of one another', () => {
    const incident = fold({
      fact: chainOf('fact', [
        { entries: [received('a')] },
        { entries: [planned()] },
        { seen: { decision: 2 }, entries: [received('b')] },
      ]),
      decision: chainOf('decision', [
        { seen: { fact: 2 }, entries: [requested] },
        { seen: { fact: 2 }, entries: [approved] },
      ]),
      effect: chainOf('effect', [{ seen: { fact: 2, decision: 2 }, entries: [intent] }]),
    });
    expect(typesOf(incident)).toEqual([
      'finding-received',
      'plan-proposed',
      'approval-requested',
      'approval-given',
      'finding-received',
      'intent-recorded',
    ]);
    expect(incident.heads).toEqual({ fact: 3, decision: 2, effect: 1 });
    expect(effectOf(incident, 'a1', 'execute')?.intentAt).toBe('2026-11-21T12:00:00.000Z');
  });

  test("keeps each chain's own order, and never puts a commit before what it saw", () => {
    const seen = fc.array(fc.tuple(fc.constantFrom('fact', 'decision', 'effect'), fc.boolean()), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(seen, (steps) => {
        // A history in which each commit saw either all or nothing new of the others.
        const commits = { fact: [] as unknown[], decision: [] as unknown[], effect: [] as unknown[] };
        const last = { fact: {}, decision: {}, effect: {} } as Record<string, object>;
        const entries = { fact: received('a'), decision: closed, effect: intent } as const;
        for (const [name, sees] of steps as [keyof typeof commits, boolean][]) {
          if (sees)
            last[name] = {
              fact: commits.fact.length,
              decision: commits.decision.length,
              effect: commits.effect.length,
            };
          commits[name].push({ seen: last[name], entries: [entries[name]] });
        }
        const incident = fold({
          fact: chainOf('fact', commits.fact as never),
          decision: chainOf('decision', commits.decision as never),
          effect: chainOf('effect', commits.effect as never),
        });
        expect(incident.timeline).toHaveLength(steps.length);
        const so = { fact: 0, decision: 0, effect: 0 };
        for (const { chain, sequence } of incident.timeline) {
          expect(sequence).toBe(so[chain] + 1);
          so[chain] = sequence;
          const commit = commits[chain][sequence - 1] as { seen?: Partial<typeof so> };
          for (const other of ['fact', 'decision', 'effect'] as const)
            if (other !== chain) expect(so[other]).toBeGreaterThanOrEqual(commit.seen?.[other] ?? 0);
        }
      }),
    );
  });

  test('refuses a commit that saw one which is missing', () => {
    const decision = chainOf('decision', [{ seen: { fact: 2 }, entries: [approved] }]);
    expect(() => fold({ fact: chainOf('fact', [{ entries: [received('a')] }]), decision })).toThrow(
      LedgerCorruptError,
    );
  });

  test('an approval stands while the plan is the same, and falls with it', () => {
    const decision = chainOf('decision', [{ seen: { fact: 2 }, entries: [requested, approved] }]);
    const replanned = (second: ReturnType<typeof planned>) =>
      fold({
        fact: chainOf('fact', [
          { entries: [received('a')] },
          { entries: [planned()] },
          { seen: { decision: 1 }, entries: [second] },
        ]),
        decision,
      });
    expect(replanned(planned()).approvals).toHaveLength(1);
    expect(replanned(planned(7200)).approvals).toHaveLength(0);
    expect(replanned(planned(7200)).plan?.manifestHash).not.toBe(hash);
  });

  test('one approval of two leaves the incident waiting', () => {
    const incident = fold({
      fact: chainOf('fact', [{ entries: [received('a')] }, { entries: [planned()] }]),
      decision: chainOf('decision', [{ seen: { fact: 2 }, entries: [requested, approved, stillNeedsTwo] }]),
    });
    expect(incident.status).toBe('awaiting-approval');
  });

  test('what was answered in one generation is not an answer in the next', () => {
    const incident = fold({
      fact: chainOf('fact', [
        { entries: [received('a')] },
        { entries: [planned()] },
        { seen: { decision: 1 }, entries: [received('b', [entity()], 2)] },
      ]),
      decision: chainOf('decision', [{ seen: { fact: 2 }, entries: [requested, approved, denied, closed] }]),
    });
    expect(incident).toMatchObject({ generation: 2, status: 'working', approvals: [] });
    expect(incident.denial ?? incident.request ?? incident.decision).toBeUndefined();
  });

  test('a merge and a decision that saw nothing of each other come to the same, whichever was first: the decision stands', () => {
    const fact = (seen: object) =>
      chainOf('fact', [{ entries: [received('a')] }, { entries: [planned()] }, { seen, entries: [merged] }]);
    for (const entry of [requested, approved, denied, stillNeedsTwo]) {
      const decision = chainOf('decision', [{ seen: { fact: 2 }, entries: [entry] }]);
      const raced = fold({ fact: fact({}), decision });
      const seenBefore = fold({ fact: fact({ decision: 1 }), decision });
      for (const incident of [raced, seenBefore]) {
        expect(incident.mergedInto).toBeUndefined();
        expect(incident.status).not.toBe('merged');
      }
    }
    const effect = chainOf('effect', [{ seen: { fact: 2 }, entries: [intent] }]);
    expect(fold({ fact: fact({}), effect })).toMatchObject({ status: 'working' });
    expect(fold({ fact: fact({}) })).toMatchObject({ status: 'merged', mergedInto: 'INC-FEDCBA9876543210' });
  });

  test('an end that did not see the merge ends it all the same, and findings still go to the other', () => {
    const fact = chainOf('fact', [{ entries: [received('a')] }, { entries: [merged] }]);
    const decision = chainOf('decision', [{ seen: { fact: 1 }, entries: [closed] }]);
    expect(fold({ fact, decision })).toMatchObject({ status: 'closed', mergedInto: 'INC-FEDCBA9876543210' });
  });

  test('a finding after the end opens the next generation', () => {
    const incident = fold({
      fact: chainOf('fact', [
        { entries: [received('a')] },
        { seen: { decision: 1 }, entries: [received('b', [entity()], 2)] },
      ]),
      decision: chainOf('decision', [{ seen: { fact: 1 }, entries: [closed] }]),
    });
    expect(incident).toMatchObject({ generation: 2, status: 'working' });
    expect(incident.ending).toBeUndefined();
  });
});

const anyEntity = fc.record({
  kind: fc.constantFrom('instance', 'role', 'address'),
  id: fc.constantFrom('x', 'y', 'z'),
  trust: fc.constantFrom('claimed', 'recorded', 'asserted', 'observed'),
  made: fc.option(
    fc.constantFrom('call-1', 'call-2').map((event) => ({
      by: 'user:111122223333:dana',
      calls: [{ call: 'CreateUser', at: '2026-11-21T11:00:00Z', event }],
    })),
    { nil: undefined },
  ),
  part: fc.constantFrom('target', 'actor'),
}) as fc.Arbitrary<Partial<Entity>>;

describe('handles', () => {
  test('stay what they were, and trust never falls, whatever else arrives', () => {
    const findings = fc.array(fc.array(anyEntity, { maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(findings, (mentions) => {
        const commits = mentions.map((all, index) => ({ entries: [received(`f${index}`, all.map(entity))] }));
        const states = commits.map((_, index) =>
          fold({ fact: chainOf('fact', commits.slice(0, index + 1)) }),
        );
        for (const [index, { entities }] of states.entries()) {
          expect(entities.map(({ handle }) => handle)).toEqual(entities.map((_, at) => `e${at + 1}`));
          for (const [at, earlier] of (states[index - 1]?.entities ?? []).entries()) {
            const now = entities[at];
            expect(now).toMatchObject({ handle: earlier.handle, kind: earlier.kind, id: earlier.id });
            const ranks = [now, earlier].map((one) => Trust.options.indexOf(one?.trust ?? 'claimed'));
            expect(ranks[0]).toBeLessThanOrEqual(ranks[1] ?? 0);
            const events = now?.made?.calls.map(({ event }) => event) ?? [];
            expect(events).toEqual(
              expect.arrayContaining(earlier.made?.calls.map(({ event }) => event) ?? []),
            );
            expect(new Set(events).size).toBe(events.length);
          }
        }
      }),
    );
  });

  test('a claim that is asserted later becomes more than a claim', () => {
    const incident = fold({
      fact: chainOf('fact', [
        { entries: [received('a', [entity({ trust: 'claimed' })])] },
        { entries: [received('b', [entity()])] },
        { entries: [received('c', [entity({ trust: 'claimed' })])] },
      ]),
    });
    expect(incident.entities).toMatchObject([{ handle: 'e1', trust: 'asserted' }]);
  });
});

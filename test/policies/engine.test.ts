import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cedarEngine } from '../../functions/adapters/cedar.ts';
import { seatsOf } from '../../functions/adapters/cedar-seats.ts';
import { ApproverRole, type Decision, Mode } from '../../functions/core/decision.ts';
import { Trust } from '../../functions/core/entity.ts';
import { Severity } from '../../functions/core/finding.ts';
import { Danger, Undoing } from '../../functions/core/plan.ts';
import type { PolicyQuestion, Vote } from '../../functions/core/ports.ts';
import { Disposition } from '../../functions/core/verdict.ts';
import { policies, schema } from './guardrails.ts';

const engine = cedarEngine(policies, schema);
const owner: Vote = { approver: 'omar', roles: ['owner'] };
const responder: Vote = { approver: 'rosa', roles: ['responder'] };

function isolate(change: Partial<PolicyQuestion> = {}): PolicyQuestion {
  return {
    purpose: 'execute',
    incident: 'INC-0123456789ABCDEF',
    mode: 'act',
    sandbox: false,
    sample: false,
    disposition: 'true-positive',
    severity: 'High',
    confidence: 0.95,
    untainted: 2,
    newerFinding: false,
    blastRadius: 3,
    withinBudget: true,
    subjects: [],
    action: {
      id: 'a1',
      action: 'isolate-instance',
      target: {
        handle: 'e1',
        kind: 'instance',
        id: 'i-0abc1234def567890',
        account: '111122223333',
        region: 'eu-west-1',
        trust: 'observed',
      },
      params: {},
      danger: 'high',
      protectedTarget: false,
      before: {},
      expected: {},
      change: 'what changes',
      undo: 'how it is undone',
      cannotRestore: [],
    },
    ...change,
  };
}

const question: fc.Arbitrary<PolicyQuestion> = fc
  .record({
    purpose: fc.constantFrom('execute', 'rollback', 'dismiss'),
    mode: fc.constantFrom(...Mode.options),
    sandbox: fc.boolean(),
    sample: fc.boolean(),
    disposition: fc.constantFrom(...Disposition.options),
    severity: fc.constantFrom(...Severity.options),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    untainted: fc.nat(3),
    newerFinding: fc.boolean(),
    blastRadius: fc.option(fc.nat(200)),
    withinBudget: fc.boolean(),
    afterRegression: fc.boolean(),
    undoing: fc.constantFrom(...Undoing.options, undefined),
    danger: fc.constantFrom(...Danger.options),
    protectedTarget: fc.boolean(),
    crownJewel: fc.boolean(),
    trust: fc.constantFrom(...Trust.options, 'observed' as const),
    cannotRestore: fc.subarray(['the public address']),
  } as const)
  .map(({ danger, protectedTarget, crownJewel, trust, cannotRestore, purpose, undoing, ...rest }) => {
    const { action, ...base } = isolate({ ...rest, purpose });
    if (!action || purpose === 'dismiss') return base;
    const target = { ...action.target, trust };
    const jewel = crownJewel ? { protectedTarget: true, crownJewel: 'every order' } : { protectedTarget };
    const traits = { danger, ...(undoing ? { undoing } : {}), ...jewel, cannotRestore };
    return { ...base, action: { ...action, ...traits, target } };
  });
const vote: fc.Arbitrary<Vote> = fc.record({
  approver: fc.constantFrom('ann', 'ben', 'cleo', 'dan'),
  roles: fc.uniqueArray(fc.constantFrom(...ApproverRole.options), { minLength: 1 }),
});

describe('the policy engine', () => {
  it('never turns a yes into a no because one more person approves', () => {
    fc.assert(
      fc.property(question, fc.array(vote, { maxLength: 4 }), vote, (asked, votes, one) => {
        fc.pre(engine.decide([asked], votes).outcome === 'autonomous');
        expect(engine.decide([asked], [...votes, one]).outcome).toBe('autonomous');
      }),
      { numRuns: 300 },
    );
  });

  it('permits with the people that it asked for, and with none of them fewer', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const decision = engine.decide([asked], []);
        fc.pre(decision.outcome === 'needs-approval');
        if (decision.outcome !== 'needs-approval') return;
        for (const roles of decision.required) {
          const votes = roles.map((role, index) => ({ approver: `p${index}`, roles: [role] }));
          expect(engine.decide([asked], votes).outcome).toBe('autonomous');
          expect(engine.decide([asked], votes.slice(1)).outcome).toBe('needs-approval');
        }
      }),
      { numRuns: 100 },
    );
  });

  it('gives nothing back alone because health got worse, whatever else is the case', () => {
    fc.assert(
      fc.property(question, (asked) => {
        fc.pre(asked.purpose === 'rollback' && asked.action?.undoing !== 'harmless');
        expect(engine.decide([{ ...asked, afterRegression: true }], []).outcome).not.toBe('autonomous');
      }),
      { numRuns: 100 },
    );
  });

  it('changes a crown jewel with two people, or at low danger with one, and never alone', () => {
    fc.assert(
      fc.property(question, vote, (asked, one) => {
        fc.pre(asked.purpose === 'execute' && asked.action?.crownJewel !== undefined);
        expect(engine.decide([asked], []).outcome).not.toBe('autonomous');
        fc.pre(asked.action?.danger !== 'low');
        expect(engine.decide([asked], [one]).outcome).not.toBe('autonomous');
      }),
      { numRuns: 100 },
    );
  });

  it('is the same for every order of the votes', () => {
    fc.assert(
      fc.property(question, fc.array(vote, { maxLength: 3 }), (asked, votes) => {
        expect(engine.decide([asked], votes.toReversed())).toEqual(engine.decide([asked], votes));
      }),
      { numRuns: 50 },
    );
  });

  it('asks for an owner or a lead, and names the policies', () => {
    expect(engine.decide([isolate()], [])).toEqual({
      outcome: 'needs-approval',
      policies: ['owner-or-lead-approves-change'],
      required: [['lead'], ['owner']],
    } satisfies Decision);
  });

  it('names what stopped it from acting alone', () => {
    const decision = engine.decide([isolate({ mode: 'propose', blastRadius: null })], []);
    expect(decision.policies).toEqual([
      'propose-needs-a-person',
      'wide-reach-needs-a-person',
      'owner-or-lead-approves-change',
    ]);
  });

  it('says in words why something is forbidden to everybody', () => {
    expect(engine.decide([isolate({ mode: 'off' })], [owner])).toEqual({
      outcome: 'forbidden',
      policies: ['no-change-while-off-or-observing'],
      reason: 'In the modes off and observe no change is made, whoever approves it.',
    } satisfies Decision);
  });

  it('does not count a person whom the finding is about, however the name is written', () => {
    expect(engine.decide([isolate({ subjects: ['Omar'] })], [owner]).outcome).toBe('needs-approval');
  });

  it('does not count a second vote of the same person as a second person', () => {
    const action = isolate().action;
    const hard = isolate(action ? { action: { ...action, protectedTarget: true } } : {});
    const twice = [owner, { approver: 'OMAR', roles: ['responder' as const] }];
    expect(engine.decide([hard], twice).outcome).toBe('needs-approval');
    expect(engine.decide([hard], [owner, responder]).outcome).toBe('autonomous');
  });

  it('denies a change that names no action', () => {
    const { action: _, ...without } = isolate();
    expect(engine.decide([without], [owner])).toMatchObject({ outcome: 'forbidden', policies: [] });
  });

  it('denies when a value has not the type that the policies expect', () => {
    const wrong = isolate({ confidence: Number.NaN, mode: 'act' });
    expect(engine.decide([wrong], [owner]).outcome).toBe('forbidden');
  });
});

describe('a broken set of policies', () => {
  it('forbids everything when a policy errs while it is evaluated, instead of skipping it', () => {
    const errs = `@id("errs") @says("Errs.") forbid (principal, action, resource) when { context.absent };`;
    const decision = cedarEngine({ ...policies, 'errs.cedar': errs }, schema).decide([isolate()], [owner]);
    expect(decision).toMatchObject({ outcome: 'forbidden', policies: ['errs'] });
  });

  it('forbids everything when a policy does not parse', () => {
    const decision = cedarEngine({ 'bad.cedar': 'permit (' }, schema).decide([isolate()], [owner]);
    expect(decision).toMatchObject({ outcome: 'forbidden' });
  });

  it('forbids what the schema does not know, even where a policy permits everything', () => {
    const open = { 'open.cedar': '@id("open") @says("All.") permit (principal, action, resource);' };
    expect(cedarEngine(open, schema).decide([isolate()], []).outcome).toBe('autonomous');
    expect(cedarEngine(open, 'namespace Sallyport {}').decide([isolate()], [])).not.toMatchObject({
      outcome: 'autonomous',
    });
  });

  it('forbids when there is no policy at all', () => {
    expect(cedarEngine({}, schema).decide([isolate()], [owner])).toMatchObject({
      outcome: 'forbidden',
      reason: 'no policy permits this',
    });
  });
});

describe('seats', () => {
  it('are filled by distinct people, one role each', () => {
    const both: Vote = { approver: 'demo', roles: ['responder', 'owner'] };
    expect(seatsOf([both])).toEqual(['owner', 'responder']);
    expect(seatsOf([both, responder])).toEqual([
      'owner',
      'owner+responder',
      'responder',
      'responder+responder',
    ]);
  });
});

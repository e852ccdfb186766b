import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cedarEngine } from '../../functions/adapters/cedar.ts';
import { ApproverRole, type Decision, type Mode } from '../../functions/core/decision.ts';
import type { Incident } from '../../functions/core/incident.ts';
import type { PolicyEngine, Vote } from '../../functions/core/ports.ts';
import { guardrails } from '../../functions/generated/policies.gen.ts';
import { questionOf } from '../../functions/response/question.ts';
import { everything, finding, open, policy, propose, thing, things, verdict, World } from './world.ts';

const lead: Vote = { approver: 'lena', roles: ['lead'] };
const responder: Vote = { approver: 'tim', roles: ['responder'] };
const owner: Vote = { approver: 'olga', roles: ['owner'] };

interface Case {
  readonly proposals: Parameters<World['investigated']>[0];
  readonly states?: Record<string, string>;
  readonly votes?: readonly Vote[];
  readonly mode?: Mode;
  readonly purpose?: 'execute' | 'rollback';
  readonly engine?: PolicyEngine;
  readonly changes?: Parameters<typeof verdict>[0];
}

async function decided({
  proposals = [],
  states = open,
  votes = [],
  mode = 'act',
  ...rest
}: Case): Promise<Decision> {
  const world = await new World(states).investigated(proposals);
  if (rest.changes) await world.tell('fact', verdict({ proposals: [...proposals], ...rest.changes }));
  await world.plan();
  return decide(await world.read(), votes, { ...rest, mode });
}

/** Asks about the whole plan at once, as the deciding step does. */
function decide(
  incident: Incident,
  votes: readonly Vote[],
  { mode = 'act', purpose = 'execute', engine = policy }: Omit<Case, 'proposals'> = {},
): Decision {
  const actions = incident.plan?.manifest.actions ?? [];
  const at = { mode, sandbox: false };
  return engine.decide(
    actions.map((action) => questionOf(incident, purpose, at, { action, withinBudget: true })),
    votes,
  );
}

const evidence = propose('copy-disk', 'e1');
const key = propose('cut-key', 'e2');
const host = propose('isolate', 'e4');
const one = { outcome: 'needs-approval' };

describe('with the guardrails that are deployed', () => {
  it('evidence for a clear, serious case is taken alone', async () => {
    expect(await decided({ proposals: [evidence] })).toMatchObject({ outcome: 'autonomous' });
  });

  it.each([
    ['a case that is not clear', { confidence: 0.89 }],
    ['a case that rests on what an attacker can write', { untainted: 0 }],
    ['a case that is not serious', { severity: 'Medium' as const }],
  ])('the same for %s needs a person', async (_, changes) => {
    expect(await decided({ proposals: [evidence], changes })).toMatchObject(one);
  });

  it('a change of medium danger needs any one person of a role', async () => {
    expect(await decided({ proposals: [key] })).toMatchObject({
      ...one,
      required: expect.arrayContaining([['responder'], ['owner'], ['lead']]),
    });
  });

  it('a change of high danger needs an owner or a lead', async () => {
    const decision = await decided({ proposals: [host] });
    expect('required' in decision && decision.required.toSorted()).toEqual([['lead'], ['owner']]);
  });

  it('a plan needs the people of its strictest action', async () => {
    const decision = await decided({ proposals: everything });
    expect(decision).toMatchObject(one);
    expect('required' in decision && decision.required.toSorted()).toEqual([['lead'], ['owner']]);
    expect(decision.policies).toContain('owner-or-lead-approves-change');
  });

  it('a high-danger change on a protected target needs two, one of them an owner or a lead', async () => {
    const decision = await decided({ proposals: [key, host], states: { ...open, 'i-1': 'protected' } });
    expect(decision).toMatchObject(one);
    if (!('required' in decision)) throw new Error('no roles');
    expect(decision.required.every((roles) => roles.length === 2)).toBe(true);
    expect(decision.required.every((roles) => roles.some((role) => role !== 'responder'))).toBe(true);
  });

  it('goes ahead with the people that it asked for, and not with others', async () => {
    const outcome = async (votes: readonly Vote[]) =>
      (await decided({ proposals: [key, host], votes })).outcome;
    expect(await outcome([lead])).toBe('autonomous');
    expect(await outcome([owner])).toBe('autonomous');
    expect(await outcome([responder])).toBe('needs-approval');
    expect(await outcome([{ ...lead, approver: 'ci-deploy' }])).toBe('needs-approval');
  });

  it('two votes of one person are one', async () => {
    const states = { ...open, 'i-1': 'protected' };
    expect(await decided({ proposals: [host], states, votes: [lead, lead] })).toMatchObject(one);
    expect(await decided({ proposals: [host], states, votes: [lead, owner] })).toMatchObject({
      outcome: 'autonomous',
    });
  });

  it.each(['off', 'observe'] as const)('nothing is allowed in the mode %s, whoever voted', async (mode) => {
    const decision = await decided({ proposals: [evidence], votes: [lead, owner, responder], mode });
    expect(decision).toMatchObject({ outcome: 'forbidden', policies: ['no-change-while-off-or-observing'] });
  });

  it('one action that is forbidden forbids the plan, with the reason', async () => {
    const decision = await decided({
      proposals: everything,
      changes: { disposition: 'undetermined' },
      mode: 'observe',
    });
    expect(decision).toMatchObject({
      outcome: 'forbidden',
      reason: expect.stringContaining('off and observe'),
    });
  });

  it('every change and every rollback needs a person in propose', async () => {
    for (const purpose of ['execute', 'rollback'] as const)
      expect(await decided({ proposals: [evidence], mode: 'propose', purpose })).toMatchObject(one);
  });

  it('one more vote never turns a yes into a no', async () => {
    const votes = fc.array(
      fc.record({
        approver: fc.constantFrom('a', 'b', 'c', 'd'),
        roles: fc.subarray([...ApproverRole.options], { minLength: 1 }),
      }),
      { maxLength: 4 },
    );
    const world = await new World({ ...open, 'i-1': 'protected' }).investigated(everything);
    await world.plan();
    const incident = await world.read();
    const ask = (given: readonly Vote[]) => decide(incident, given).outcome;
    fc.assert(
      fc.property(votes, votes, (some, more) => {
        if (ask(some) === 'autonomous') expect(ask([...some, ...more])).toBe('autonomous');
      }),
      { numRuns: 40 },
    );
  });

  it('what it says is needed suffices, and no part of it does', async () => {
    const world = await new World({ ...open, 'i-1': 'protected' }).investigated(everything);
    await world.plan();
    const incident = await world.read();
    const ask = (roles: readonly ApproverRole[]) => {
      const votes = roles.map((role, index): Vote => ({ approver: `p${index}`, roles: [role] }));
      return decide(incident, votes);
    };
    const decision = ask([]);
    if (decision.outcome !== 'needs-approval') throw new Error(decision.outcome);
    for (const roles of decision.required) {
      expect(ask(roles).outcome).toBe('autonomous');
      for (const [index] of roles.entries())
        expect(ask(roles.toSpliced(index, 1)).outcome).not.toBe('autonomous');
    }
  });
});

describe('whatever the policies are', () => {
  /** Policies that want certain roles for each action, each from another person; what they do not name, nobody may. */
  function wanting(wanted: Readonly<Record<string, readonly ApproverRole[][]>>): PolicyEngine {
    const permits = Object.entries(wanted).map(([action, sets]) => {
      const seats = JSON.stringify(sets.map((roles) => roles.toSorted().join('+')));
      const text = `@id("${action}") @says("-") permit (principal, action, resource)
        when { context.change.action == "${action}" && context.approval.seats.containsAny(${seats}) };`;
      return [`${action}.cedar`, text];
    });
    return cedarEngine(Object.fromEntries(permits), guardrails.schema);
  }
  const three = [evidence, key, host];

  it('three actions that each want another role need three people', async () => {
    const engine = wanting({ 'copy-disk': [['responder']], 'cut-key': [['owner']], isolate: [['lead']] });
    const decision = await decided({ proposals: three, engine });
    expect('required' in decision && decision.required.map((roles) => roles.toSorted())).toEqual([
      ['lead', 'owner', 'responder'],
    ]);
  });

  it('people are counted once for all actions that they suffice for', async () => {
    const engine = wanting({
      'copy-disk': [['owner']],
      'cut-key': [['owner', 'responder']],
      isolate: [['lead'], ['owner']],
    });
    const decision = await decided({ proposals: three, engine });
    expect('required' in decision && decision.required.map((roles) => roles.toSorted())).toEqual([
      ['owner', 'responder'],
    ]);
  });

  it('a plan for which more than three people would be needed is forbidden', async () => {
    const engine = wanting({
      'copy-disk': [['owner', 'owner']],
      'cut-key': [['lead', 'lead']],
      isolate: [['responder']],
    });
    expect(await decided({ proposals: three, engine })).toMatchObject({
      outcome: 'forbidden',
      reason: 'no three people could approve all of this',
    });
  });

  it('a plan with an action that nobody may approve is forbidden, as that action is', async () => {
    const engine = wanting({ 'copy-disk': [['owner']] });
    expect(await decided({ proposals: three, engine })).toMatchObject({
      outcome: 'forbidden',
      reason: 'no policy permits this',
    });
  });

  it('nothing asked is nothing permitted', () => {
    expect(policy.decide([], [lead])).toMatchObject({ outcome: 'forbidden' });
  });
});

describe('the question to policy', () => {
  const at = { mode: 'act', sandbox: false } as const;

  it('counts as large what was not measured, or not in full', async () => {
    const world = await new World().investigated([key]);
    await world.plan();
    const incident = await world.read();
    const action = incident.plan?.manifest.actions[0];
    const { plan } = incident;
    if (!plan || !action) throw new Error('no plan');
    const reach = (counts: (number | null)[]) => {
      const measured = counts.map((count) => ({ what: 'callers', count, evidence: '' }));
      return questionOf({ ...incident, plan: { ...plan, blastRadius: { a1: measured } } }, 'execute', at, {
        action,
        withinBudget: true,
      }).blastRadius;
    };
    expect([reach([]), reach([3, null]), reach([null, 3]), reach([3, 7, 5])]).toEqual([null, null, null, 7]);
  });

  it('assumes the worst while there is no verdict', async () => {
    const world = new World();
    await world.tell('fact', { type: 'finding-received', generation: 1, finding: finding() });
    expect(questionOf(await world.read(), 'dismiss', at)).toMatchObject({
      disposition: 'undetermined',
      severity: 'Critical',
      confidence: 0,
      untainted: 0,
      newerFinding: true,
    });
  });

  it('bars the people whom the findings are about, under every name that they have', async () => {
    const arn = 'arn:aws:iam::111122223333:user/rosa';
    const entities = [thing('user', 'rosa', { arn }), thing('instance', 'i-1')];
    const world = await new World().investigated([], finding('f-1', { entities }));
    expect(questionOf(await world.read(), 'execute', at).subjects).toEqual(['rosa', arn]);
  });

  it('bars nobody whom somebody only claims to be involved: a forged finding could else bar every approver', async () => {
    const entities = [thing('user', 'lena', { trust: 'claimed' }), thing('user', 'ci-deploy')];
    const world = await new World().investigated([], finding('f-1', { entities }));
    expect(questionOf(await world.read(), 'execute', at).subjects).toEqual(['ci-deploy']);
  });

  it('is about a sample when any finding is one', async () => {
    const world = await new World().investigated([], finding('f-1', { sample: true, entities: things }));
    expect(questionOf(await world.read(), 'execute', at).sample).toBe(true);
    expect((await decided({ proposals: [key] })).outcome).toBe('needs-approval');
  });
});

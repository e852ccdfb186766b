import { describe, expect, it } from 'vitest';
import type { Incident } from '../../functions/core/incident.ts';
import { escalate, type WorkflowError } from '../../functions/response/escalate.ts';
import { entries, finding, INCIDENT, open, propose, verdict, World } from './world.ts';

const key = [propose('cut-key', 'e2')];

const ends = (world: World): Promise<Incident> => world.close();

const handsOn = (world: World, error?: WorkflowError) =>
  escalate(INCIDENT, error, { ledger: world.ledger, clock: () => world.now });

const reason = async (world: World, error?: WorkflowError) => (await handsOn(world, error)).ending?.reason;

describe('closing', () => {
  const benign = async (changes: Parameters<typeof verdict>[0] = {}) => {
    const world = await new World().investigated([]);
    await world.tell('fact', verdict({ disposition: 'benign', ...changes }));
    return world;
  };

  it('dismisses what policy lets be dismissed alone, and says why', async () => {
    const incident = await ends(await benign());
    expect(incident).toMatchObject({
      status: 'closed',
      ending: { how: 'closed', reason: 'benign: It is what it looks like.' },
    });
    expect(entries(incident, 'decision-made')).toMatchObject([
      { purpose: 'dismiss', decision: { outcome: 'autonomous', policies: ['dismiss-alone'] } },
    ]);
  });

  it.each([
    ['a verdict that is not sure enough', { confidence: 0.79 }],
    ['a critical case', { severity: 'Critical' as const }],
    ['a verdict that rests on nothing untainted', { untainted: 0 }],
    ['a case that is no harmless one', { disposition: 'true-positive' as const }],
  ])('escalates %s instead', async (_, changes) => {
    const incident = await ends(await benign(changes));
    expect(incident.status).toBe('escalated');
    expect(incident.ending?.reason).toMatch(/^policy does not let this be dismissed alone; /);
  });

  it('escalates when a finding came after the verdict', async () => {
    const world = await benign();
    await world.tell('fact', { type: 'finding-received', generation: 1, finding: finding('f-2') });
    expect((await ends(world)).status).toBe('escalated');
  });

  it('escalates without a verdict', async () => {
    const world = new World();
    await world.tell('fact', { type: 'finding-received', generation: 1, finding: finding() });
    expect((await ends(world)).ending?.reason).toContain('no verdict was reached');
  });

  it('takes a person’s word that denied the plan', async () => {
    const world = await new World().investigated(key);
    await world.plan();
    await world.deny();
    expect((await ends(world)).ending).toEqual({ how: 'closed', reason: 'denied by lena: a drill' });
  });

  it('does not take a denial for the next generation, which policy judges anew', async () => {
    const world = await new World().investigated(key);
    await world.plan();
    await world.deny();
    await ends(world);
    await world.tell('fact', { type: 'finding-received', generation: 2, finding: finding('f-2') });
    await world.tell('fact', verdict({ disposition: 'benign', severity: 'Critical', generation: 2 }));
    expect(await ends(world)).toMatchObject({ status: 'escalated', generation: 2 });
  });

  it('happens after everything was rolled back', async () => {
    const world = await new World().contained(key);
    await world.vote('rollback');
    await world.decideLease();
    await world.remediate();
    expect((await ends(world)).ending).toEqual({ how: 'closed', reason: 'the containment was rolled back' });
  });

  it('does not say so while something is still in force', async () => {
    const world = await new World().contained(key);
    world.resources.beforeCall = (call) => {
      if (call === 'write AKIA1=active') throw new Error('AccessDenied');
    };
    await world.vote('rollback');
    await world.decideLease();
    await world.remediate();
    expect((await ends(world)).status).toBe('escalated');
  });

  it('does not take a rollback for an answer to what came after it', async () => {
    const world = await new World().contained(key);
    await world.vote('rollback');
    await world.decideLease();
    await world.remediate();
    await ends(world);
    await world.tell('fact', { type: 'finding-received', generation: 2, finding: finding('f-2') });
    await world.tell('fact', verdict({ disposition: 'benign', severity: 'Critical', generation: 2 }));
    expect(await ends(world)).toMatchObject({ status: 'escalated', generation: 2 });
  });

  it('happens once', async () => {
    const world = await benign();
    const first = await ends(world);
    expect(await ends(world)).toEqual(first);
    expect(await handsOn(world)).toEqual(first);
  });
});

describe('an incident that was rolled back after it was escalated', () => {
  const rolledBack = async () => {
    const world = await new World().contained(key);
    world.now = new Date(world.now.getTime() + 25 * 3_600_000);
    await world.decideLease();
    await handsOn(world);
    await world.vote('rollback');
    expect((await world.decideLease()).next).toBe('remediate-compute');
    return world;
  };

  it('is closed, and not left as if it were still worked on', async () => {
    const world = await rolledBack();
    expect((await world.remediate()).next).toBe('close');
    expect(await ends(world)).toMatchObject({ status: 'closed', ending: { how: 'closed' } });
    expect(world.states()).toEqual(open);
    await ends(world);
    expect(entries(await world.read(), 'incident-closed')).toHaveLength(1);
  });

  it('is escalated again when that fails, so that people hear of it', async () => {
    const world = await rolledBack();
    world.resources.beforeCall = (call) => {
      if (call === 'write AKIA1=active') throw new Error('AccessDenied');
    };
    expect((await world.remediate()).next).toBe('escalate');
    expect(await handsOn(world)).toMatchObject({
      status: 'escalated',
      ending: { reason: 'undoing cut-key on AKIA1 failed: Error: AccessDenied' },
    });
    await handsOn(world);
    expect(entries(await world.read(), 'incident-escalated')).toHaveLength(2);
  });
});

describe('escalating', () => {
  it('says what the state machine said', async () => {
    const at = () => new World().investigated(key);
    expect(await reason(await at(), { Error: 'States.Timeout' })).toBe('nobody decided in time');
    const cause = JSON.stringify({ errorType: 'NoApproverError', errorMessage: 'nobody is configured' });
    expect(await reason(await at(), { Error: 'NoApproverError', Cause: cause })).toBe(
      'the response stopped: NoApproverError: nobody is configured',
    );
    expect(await reason(await at(), { Error: 'Runtime.ExitError', Cause: 'no JSON' })).toBe(
      'the response stopped: Runtime.ExitError: no JSON',
    );
    expect(await reason(await at(), { Error: 'X', Cause: '' })).toBe('the response stopped: X');
    expect(await reason(await at(), {})).toBe('the response stopped: an error');
  });

  it('never fails on what an error says, and cuts it', async () => {
    const world = await new World().investigated(key);
    const said = await reason(world, { Error: 'E', Cause: `${'x'.repeat(499)}😀` });
    expect(said?.isWellFormed()).toBe(true);
    expect(said?.length).toBeLessThan(600);
  });

  it('says which change failed, was not verified or was refused', async () => {
    const failed = await new World().approved(key);
    failed.resources.beforeCall = (call) => {
      if (call === 'write AKIA1=cut') throw new Error('AccessDenied');
    };
    await failed.remediate();
    expect(await reason(failed)).toBe('cut-key on AKIA1 failed: Error: AccessDenied');

    const kept = await new World().approved(key);
    kept.resources.beforeCall = (call) => {
      if (call !== 'write AKIA1=cut') return;
      const said =
        'not authorized to perform: iam:UpdateAccessKey with an explicit deny in a service control policy';
      throw Object.assign(new Error(said), { name: 'AccessDenied' });
    };
    await kept.remediate();
    expect(await reason(kept)).toMatch(
      /failed: CallDeniedError: AWS refuses iam:UpdateAccessKey on access-key AKIA1: a service control policy denies it/,
    );

    const refused = await new World().approved(key);
    refused.mode = 'observe';
    await refused.remediate();
    expect(await reason(refused)).toMatch(/^cut-key on AKIA1 was refused: /);

    const unverified = await new World().approved(key);
    unverified.resources.beforeCall = (call) => {
      if (call === 'read AKIA1' && unverified.states().AKIA1 === 'cut')
        unverified.resources.states.set('AKIA1', 'x');
    };
    await unverified.remediate();
    expect(await reason(unverified)).toBe('cut-key on AKIA1 could not be verified');
  });

  it('says that the lease has ended', async () => {
    const world = await new World().contained(key);
    world.now = new Date(world.now.getTime() + 25 * 3_600_000);
    expect(await reason(world)).toMatch(/^the lease has ended; giving access back needs a person/);
  });

  it('says that it was forbidden, that nobody decided, or that nothing could be planned', async () => {
    const forbidden = await new World().investigated(key);
    await forbidden.plan();
    forbidden.mode = 'observe';
    await forbidden.decide();
    expect(await reason(forbidden)).toMatch(/^forbidden: In the modes off and observe/);

    const waiting = await new World().investigated(key);
    await waiting.plan();
    await waiting.decide();
    expect(await reason(waiting)).toBe('nobody decided in time');

    const empty = await new World().investigated([]);
    await empty.plan();
    expect(await reason(empty)).toMatch(/^no action was proposed/);

    expect(await reason(await new World().investigated(key))).toBe('the response could not go on');
  });

  it('does not give the reasons of an earlier generation', async () => {
    const world = await new World().contained(key);
    world.now = new Date(world.now.getTime() + 25 * 3_600_000);
    await world.decideLease();
    await handsOn(world);
    await world.tell('fact', { type: 'finding-received', generation: 2, finding: finding('f-2') });
    await world.tell('fact', verdict({ generation: 2, proposals: [] }));
    await world.plan();
    expect(await reason(world)).toMatch(/^no action was proposed/);
  });

  it('never overwrites an ending', async () => {
    const world = await new World().investigated([]);
    await world.tell('fact', verdict({ disposition: 'benign' }));
    const closed = await ends(world);
    expect(await handsOn(world, { Error: 'States.Timeout' })).toEqual(closed);
    await world.tell('fact', { type: 'finding-received', generation: 1, finding: finding('f-late') });
    expect((await handsOn(world)).status).toBe('closed');
  });

  it('of an incident that does not exist does nothing', async () => {
    expect(await handsOn(new World())).toMatchObject({ status: 'empty', heads: { decision: 0 } });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entity } from '../../functions/core/entity.ts';
import { FootholdCall } from '../../functions/core/foothold-call.ts';
import { watchHealth } from '../../functions/response/watch-health.ts';
import { Crash, crashing, crashPoints } from '../adapters/crashing.ts';
import { entries, finding, INCIDENT, open, propose, thing, verdict, World } from './world.ts';

const MINUTE_MS = 60_000;
const cutKey = propose('cut-key', 'e2');

/** A thing that the stolen key made by these calls. */
function made(kind: Entity['kind'], id: string, ...calls: FootholdCall[]): Entity {
  return thing(kind, id, {
    part: 'related',
    trust: 'recorded',
    made: {
      by: 'access-key:111122223333:AKIA1',
      calls: calls.map((call) => ({ call, at: '2026-11-21T11:30:00Z', event: `${call} ${id}` })),
    },
  });
}
const secondKey = made('access-key', 'AKIA2', 'CreateAccessKey');
const newUser = made('user', 'helper', 'CreateUser');

/** The account with what was made in it; an investigation found the entities, as e5 and on. */
async function investigated(found: readonly Entity[], states: Record<string, string> = {}): Promise<World> {
  const world = new World({ ...open, AKIA2: 'active', helper: 'allowed', ...states });
  const proposals = found.map(({ kind }, index) =>
    propose(kind === 'user' ? 'deny-user' : 'cut-key', `e${5 + index}`),
  );
  await world.investigated([...proposals, cutKey], finding('f-1'));
  await world.tell('fact', {
    type: 'tool-called',
    generation: 1,
    stage: 'investigate',
    turn: 1,
    toolUseId: 'use-1',
    evidence: {
      id: 'ev-000000000000',
      tool: 'principal-footholds',
      target: 'e2',
      status: 'found',
      output: {},
      tainted: [],
      truncated: false,
      found: [...found],
    },
  });
  return world;
}

async function contained(world: World): Promise<World> {
  await world.plan();
  await world.vote();
  await world.decide();
  await world.remediateAll();
  return world;
}

const actionsOf = async (world: World) =>
  (await world.read()).plan?.manifest.actions.map(({ action, target }) => `${action} ${target.id}`);

describe('what a principal made', () => {
  it('is in the same plan, after the principal, says who made it, and waits for people', async () => {
    const world = await investigated([secondKey, newUser]);
    await world.plan();
    expect(await actionsOf(world)).toEqual(['cut-key AKIA1', 'cut-key AKIA2', 'deny-user helper']);
    const targets = (await world.read()).plan?.manifest.actions.map(({ target }) => target.madeBy);
    expect(targets).toEqual([undefined, 'access-key:111122223333:AKIA1', 'access-key:111122223333:AKIA1']);
    await world.decide();
    const decided = entries(await world.read(), 'decision-made').at(-1)?.decision;
    expect(decided).toMatchObject({ outcome: 'needs-approval' });
  });

  it('is cut off with the principal, and given back with it', async () => {
    const world = await contained(await investigated([secondKey, newUser]));
    expect(world.states()).toMatchObject({ AKIA1: 'cut', AKIA2: 'cut', helper: 'denied' });
    await world.vote('rollback');
    await world.decideLease();
    await world.remediateAll();
    expect(world.states()).toMatchObject({ AKIA1: 'active', AKIA2: 'active', helper: 'allowed' });
  });

  it('never makes a target of an innocent whose key or login was touched', async () => {
    const innocent = made('user', 'dana', 'CreateLoginProfile', 'UpdateLoginProfile');
    const world = await investigated([innocent], { dana: 'allowed' });
    await world.plan();
    expect(await actionsOf(world)).toEqual(['cut-key AKIA1']);
  });

  it('is cut off by nothing but what answers one of the calls', async () => {
    const calls = fc.uniqueArray(fc.constantFrom(...FootholdCall.options), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(calls, async (some) => {
        const world = await investigated([made('user', 'helper', ...some)]);
        await world.plan();
        const planned = (await actionsOf(world)) ?? [];
        expect(planned.includes('deny-user helper')).toBe(some.includes('CreateUser'));
      }),
      { numRuns: 30 },
    );
  });

  it('is left alone where nobody cuts off who made it', async () => {
    const world = await investigated([secondKey, made('user', 'helper', 'CreateUser')]);
    await world.tell('fact', verdict({ proposals: [propose('cut-key', 'e5'), propose('deny-user', 'e6')] }));
    await world.plan();
    expect(await actionsOf(world)).toBeUndefined();
    const [nothing] = entries(await world.read(), 'nothing-planned');
    expect(nothing?.reason).toContain('AKIA2 is taken away only together with access-key:111122223333:AKIA1');
  });

  it('by what was made goes with what made it', async () => {
    const byHelper = {
      ...secondKey,
      made: { by: 'user:111122223333:helper', calls: secondKey.made?.calls ?? [] },
    };
    const world = await investigated([byHelper, newUser]);
    await world.plan();
    expect(await actionsOf(world)).toEqual(['cut-key AKIA1', 'cut-key AKIA2', 'deny-user helper']);
    await world.tell('fact', verdict({ proposals: [propose('cut-key', 'e5'), propose('cut-key', 'e2')] }));
    await world.tell('fact', { type: 'finding-received', generation: 1, finding: finding('f-2') });
    await world.plan();
    expect(await actionsOf(world)).toEqual(['cut-key AKIA1']);
  });

  it('bars nobody from deciding, whoever it was made for', async () => {
    const world = await investigated([made('user', 'lena', 'CreateLoginProfile'), secondKey]);
    await contained(world);
    expect(world.states()).toMatchObject({ AKIA1: 'cut', AKIA2: 'cut' });
  });

  it('gives nobody back what he lost when he changes it at the last moment', async () => {
    const world = await investigated([secondKey, newUser]);
    await world.plan();
    await world.vote();
    await world.decide();
    world.resources.states.set('AKIA2', 'changed');
    expect((await world.remediateAll()).next).toBe('hold');
    expect(world.states()).toMatchObject({ AKIA1: 'cut', AKIA2: 'changed', helper: 'denied' });
    expect((await world.read()).status).toBe('contained');
  });

  it('stops a plan of which nothing could be done', async () => {
    const world = new World({ ...open, AKIA2: 'active' });
    await world.tell('fact', {
      type: 'finding-received',
      generation: 1,
      finding: finding('f-1', { entities: [secondKey, thing('access-key', 'AKIA1', { trust: 'observed' })] }),
    });
    await world.tell('fact', verdict({ proposals: [propose('cut-key', 'e1')] }));
    await world.plan();
    await world.vote();
    await world.decide();
    world.resources.states.delete('AKIA2');
    expect((await world.remediateAll()).next).toBe('plan');
    expect((await world.read()).status).not.toBe('contained');
  });
});

describe('the look after a containment', () => {
  const swept = async (found: readonly Entity[] = [secondKey]) => {
    const world = await investigated([]);
    world.sweepMinutes = 30;
    await contained(world);
    world.made = found;
    return world;
  };
  async function lookAfter(world: World, minutes: number) {
    world.now = new Date(world.now.getTime() + minutes * MINUTE_MS);
    expect((await world.decideLease()).next).toBe('watch-health');
    await world.watch();
    return world.decideLease();
  }
  const found = async (world: World) => entries(await world.read(), 'footholds-found');

  it('comes twice, asks about what was cut off, and then leaves the lease alone', async () => {
    const world = await swept([]);
    const first = await world.decideLease();
    expect(first.timeoutSeconds).toBeLessThanOrEqual(15 * 60);
    expect((await lookAfter(world, 16)).timeoutSeconds).toBeLessThanOrEqual(15 * 60);
    expect((await lookAfter(world, 15)).timeoutSeconds).toBeGreaterThan(19 * 3600);
    expect(world.askedAbout).toEqual(['AKIA1', 'AKIA1']);
    expect((await found(world)).map(({ look }) => look)).toEqual([1, 2]);
    expect(world.started).toEqual([]);
  });

  it('opens one incident of its own for what it finds, and the containment stands', async () => {
    const world = await swept();
    expect((await lookAfter(world, 16)).next).toBe('hold');
    await lookAfter(world, 15);
    expect(await found(world)).toMatchObject([{ found: [secondKey] }, { found: [] }]);
    expect(world.started).toHaveLength(1);
    const [id = ''] = world.started;
    const opened = await world.ledger.read(id);
    expect(id).not.toBe(INCIDENT);
    expect(opened.findings).toMatchObject([
      { finding_info: { type: 'Sallyport:IAM/FootholdFound' }, severity: 'High' },
    ]);
    expect(opened.entities).toMatchObject([
      { id: 'AKIA2', trust: 'recorded', part: 'target' },
      { id: 'AKIA1', trust: 'observed', part: 'related' },
    ]);
    expect((await world.read()).status).toBe('contained');
  });

  it('tells nothing of what the plan took away', async () => {
    const world = await investigated([secondKey]);
    world.sweepMinutes = 30;
    await contained(world);
    world.made = [secondKey, newUser];
    await lookAfter(world, 16);
    expect(await found(world)).toMatchObject([{ found: [newUser] }]);
  });

  it('tells of what the plan could not take away', async () => {
    const world = await investigated([secondKey]);
    world.sweepMinutes = 30;
    await world.plan();
    await world.vote();
    await world.decide();
    world.resources.states.set('AKIA2', 'changed');
    await world.remediateAll();
    world.made = [secondKey];
    await lookAfter(world, 16);
    expect(await found(world)).toMatchObject([{ found: [secondKey] }]);
  });

  it('says what it could not read, and opens nothing', async () => {
    const world = await swept([]);
    world.gaps = ['account 111122223333: ThrottlingException'];
    await lookAfter(world, 16);
    expect(await found(world)).toMatchObject([{ found: [], gaps: world.gaps }]);
    expect(world.started).toEqual([]);
  });

  it('is not made where nobody was cut off, nor where the playbook wants none', async () => {
    const disks = await new World().contained([propose('copy-disk', 'e1')]);
    const none = await new World().contained([cutKey]);
    for (const world of [disks, none])
      expect((await world.decideLease()).timeoutSeconds).toBeGreaterThan(19 * 3600);
  });

  it('is recorded once and opens one incident, wherever the function is killed', async () => {
    for (const point of crashPoints(8)) {
      const world = await swept();
      world.now = new Date(world.now.getTime() + 16 * MINUTE_MS);
      const dying = crashing(world.ledger, point);
      await watchHealth(INCIDENT, world.watchParts(dying.port)).catch((error: unknown) =>
        expect(error).toBeInstanceOf(Crash),
      );
      await world.watch();
      expect(await found(world)).toMatchObject([{ look: 1, found: [secondKey] }]);
      expect(new Set(world.started).size).toBe(1);
    }
  });
});

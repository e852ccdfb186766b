import { describe, expect, it } from 'vitest';
import type { Sign } from '../../functions/core/health.ts';
import { decideLease } from '../../functions/response/decide.ts';
import { holdLease } from '../../functions/response/hold-lease.ts';
import { watchHealth } from '../../functions/response/watch-health.ts';
import { Crash, crashing, crashPoints } from '../adapters/crashing.ts';
import { entries, HOUR_MS, INCIDENT, open, propose, World } from './world.ts';

const MINUTE_MS = 60_000;
const alarm = 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:web-5xx';
const cutKey = [propose('cut-key', 'e2')];
const copyDisk = [propose('copy-disk', 'e1')];
const guardDisk = [propose('guard-disk', 'e1')];

function ok(): Sign {
  return { kind: 'alarm', of: alarm, value: 'ok', since: '2026-11-20T12:00:00.000Z', note: '' };
}

function wentOff(world: World): Sign {
  return { kind: 'alarm', of: alarm, value: 'alarm', since: world.now.toISOString(), note: '' };
}

async function watched(proposals: Parameters<World['contained']>[0] = cutKey): Promise<World> {
  const world = new World();
  world.signs = [ok()];
  return world.contained(proposals);
}

function wait(world: World, minutes: number): void {
  world.now = new Date(world.now.getTime() + minutes * MINUTE_MS);
}

/** Comes back after so many minutes, and looks if it is sent to. */
async function lookAfter(world: World, minutes: number) {
  wait(world, minutes);
  expect((await world.decideLease()).next).toBe('watch-health');
  await world.watch();
  return world.decideLease();
}

const types = async (world: World) => (await world.read()).timeline.map(({ entry }) => entry.type);

describe('the baseline', () => {
  it('is recorded with the plan, before anything is done', async () => {
    const world = await watched();
    const [recorded] = entries(await world.read(), 'health-measured');
    expect(recorded).toMatchObject({ watchSeconds: 1800, signs: [ok()], gaps: [] });
    const all = await types(world);
    expect(all.indexOf('health-measured')).toBe(all.indexOf('plan-proposed') + 1);
  });

  it('of what nothing measures is no entry, and nobody is woken up for it', async () => {
    const world = await new World().contained(cutKey);
    expect(await types(world)).not.toContain('health-measured');
    const { next, timeoutSeconds } = await world.decideLease();
    expect(next).toBe('hold');
    expect(timeoutSeconds).toBeGreaterThan(19 * 3600);
  });

  it('that could not be read says so, and nobody is woken up for it', async () => {
    const world = new World();
    world.gaps = ['alarms: AccessDeniedException'];
    await world.contained(cutKey);
    expect(entries(await world.read(), 'health-measured')).toMatchObject([{ gaps: world.gaps, signs: [] }]);
    expect((await world.decideLease()).timeoutSeconds).toBeGreaterThan(19 * 3600);
  });
});

describe('the watch', () => {
  it('looks four times, less and less often, and then leaves the lease alone', async () => {
    const world = await watched();
    const steps = [await lookAfter(world, 3), await lookAfter(world, 5), await lookAfter(world, 8)];
    for (const { next } of steps) expect(next).toBe('hold');
    expect(steps[0]?.timeoutSeconds).toBeLessThan(5 * 60);
    expect((await lookAfter(world, 15)).timeoutSeconds).toBeGreaterThan(19 * 3600);
    expect(entries(await world.read(), 'health-observed').map(({ look }) => look)).toEqual([1, 2, 3, 4]);
  });

  it('does not make up for looks that were missed', async () => {
    const world = await watched();
    await lookAfter(world, 100);
    expect(entries(await world.read(), 'health-observed').map(({ look }) => look)).toEqual([4]);
    expect((await world.decideLease()).next).toBe('hold');
  });

  it('records each look once, however often the function is called', async () => {
    const world = await watched();
    wait(world, 3);
    await world.watch();
    await world.watch();
    expect(entries(await world.read(), 'health-observed')).toHaveLength(1);
  });

  it('takes what is not available for neither health nor a regression', async () => {
    const world = await watched();
    world.signs = [{ kind: 'alarm', of: alarm, value: null, since: null, note: 'Throttling' }];
    expect((await lookAfter(world, 3)).next).toBe('hold');
    expect(entries(await world.read(), 'health-observed')).toMatchObject([
      { signs: world.signs, regressions: [] },
    ]);
    expect(await types(world)).not.toContain('rollback-offered');
  });
});

describe('a regression', () => {
  it('of what gives access back tells people once, and the containment stands', async () => {
    const world = await watched();
    world.signs = [wentOff(world)];
    expect((await lookAfter(world, 3)).next).toBe('hold');
    expect((await lookAfter(world, 5)).next).toBe('hold');
    expect(world.states()).toMatchObject({ AKIA1: 'cut' });
    const incident = await world.read();
    expect(incident.status).toBe('contained');
    expect(entries(incident, 'rollback-offered')).toMatchObject([{ regressions: [{ of: alarm }] }]);
    const decided = entries(incident, 'decision-made').filter(({ purpose }) => purpose === 'rollback');
    expect(decided).toMatchObject([
      {
        decision: {
          outcome: 'needs-approval',
          policies: expect.arrayContaining(['regression-gives-nothing-back-alone']),
        },
      },
    ]);
  });

  it('is news for people right after it was recorded, and not again after the next look', async () => {
    const world = await watched();
    const isNews = async () => {
      const doorbells = { hang: async () => ({ ring: async () => undefined }) };
      return (await holdLease(INCIDENT, 'a token', { ledger: world.ledger, doorbells })).isNews;
    };
    world.signs = [wentOff(world)];
    await lookAfter(world, 3);
    expect(await isNews()).toBe(true);
    await lookAfter(world, 5);
    expect(await isNews()).toBe(false);
  });

  it('is undone by the person who was offered to', async () => {
    const world = await watched();
    world.signs = [wentOff(world)];
    await lookAfter(world, 3);
    await world.vote('rollback');
    expect((await world.decideLease()).next).toBe('remediate-compute');
    expect((await world.remediate()).next).toBe('close');
    expect((await world.close()).ending?.reason).toBe('the containment was rolled back');
    expect(world.states()).toEqual(open);
  });

  it('undoes alone what gives nothing back, and says why', async () => {
    const world = await watched(guardDisk);
    world.signs = [wentOff(world)];
    expect((await lookAfter(world, 3)).next).toBe('remediate-compute');
    expect((await world.remediate()).next).toBe('close');
    const closed = await world.close();
    expect(closed.ending?.reason).toContain('since health got worse: the alarm went off after the change');
    expect(world.states()).toEqual(open);
    expect(await types(world)).not.toContain('rollback-offered');
  });

  it('never destroys evidence alone, which the end of the lease may', async () => {
    const world = await watched(copyDisk);
    world.signs = [wentOff(world)];
    expect((await lookAfter(world, 3)).next).toBe('hold');
    expect(world.states()).toMatchObject({ 'vol-1': 'copied' });
    world.now = new Date(world.now.getTime() + 25 * HOUR_MS);
    await world.watch();
    expect((await world.decideLease()).next).toBe('remediate-compute');
  });

  it('undoes nothing alone where one action of the plan gives access back', async () => {
    const world = await watched([...guardDisk, ...cutKey]);
    world.signs = [wentOff(world)];
    expect((await lookAfter(world, 3)).next).toBe('hold');
    expect(world.states()).toMatchObject({ AKIA1: 'cut', 'vol-1': 'guarded' });
  });

  it.each(['off', 'observe', 'propose'] as const)('undoes nothing alone in the mode %s', async (mode) => {
    const world = await watched(guardDisk);
    world.mode = mode;
    world.signs = [wentOff(world)];
    expect((await lookAfter(world, 3)).next).toBe('hold');
    expect(world.states()).toMatchObject({ 'vol-1': 'guarded' });
    expect(await types(world)).toContain('rollback-offered');
  });

  it('is not undone alone once the mode was lowered in between', async () => {
    const world = await watched(guardDisk);
    world.signs = [wentOff(world)];
    await lookAfter(world, 3);
    world.mode = 'propose';
    expect((await world.remediate()).next).toBe('escalate');
    expect(world.states()).toMatchObject({ 'vol-1': 'guarded' });
  });

  it('that went off before the change is none', async () => {
    const world = await watched();
    const before = new Date('2026-11-21T12:00:01.000Z').toISOString();
    world.signs = [{ kind: 'alarm', of: alarm, value: 'alarm', since: before, note: '' }];
    expect((await lookAfter(world, 3)).next).toBe('hold');
    expect(await types(world)).not.toContain('rollback-offered');
  });
});

describe('a function that is killed before or after any call of the ledger', () => {
  const due = async (proposals: Parameters<World['contained']>[0]) => {
    const world = await watched(proposals);
    world.signs = [wentOff(world)];
    wait(world, 3);
    return world;
  };

  it('while it looks, looks again, and records one look', async () => {
    for (const point of crashPoints(4)) {
      const world = await due(cutKey);
      const dying = crashing(world.ledger, point);
      const parts = { ledger: dying.port, health: world.health, clock: () => world.now };
      await watchHealth(INCIDENT, parts).catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      await world.watch();
      expect(entries(await world.read(), 'health-observed')).toHaveLength(1);
    }
  });

  it.each([
    ['offers the rollback once', cutKey, 'hold', 1],
    ['decides once to roll back alone', guardDisk, 'remediate-compute', 0],
  ] as const)('while it answers a regression, %s', async (_, proposals, next, offers) => {
    for (const point of crashPoints(8)) {
      const world = await due(proposals);
      await world.watch();
      const dying = crashing(world.ledger, point);
      await decideLease(INCIDENT, world.decideParts(dying.port)).catch((error: unknown) =>
        expect(error).toBeInstanceOf(Crash),
      );
      expect((await world.decideLease()).next).toBe(next);
      const incident = await world.read();
      expect(entries(incident, 'rollback-offered')).toHaveLength(offers);
      const decided = entries(incident, 'decision-made').filter(({ purpose }) => purpose === 'rollback');
      expect(decided).toHaveLength(1);
    }
  });
});

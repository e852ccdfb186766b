import { describe, expect, it, vi } from 'vitest';
import type { Locks } from '../../functions/core/ports.ts';
import { escalate } from '../../functions/response/escalate.ts';
import { remediate } from '../../functions/response/remediate.ts';
import type { Step } from '../../functions/response/step.ts';
import { entries, INCIDENT, open, propose, World } from './world.ts';

const keyAndHost = [propose('cut-key', 'e2'), propose('isolate', 'e4')];
const justKey = [propose('cut-key', 'e2')];

/** The incident's own lock lets it in twice: an execution goes all the way while another is about to do the same. */
function overtaken(world: World): Promise<Step> {
  const locks: Locks = { hold: (_resource, _owner, work) => work() };
  const parts = { ...world.remediateParts(), locks };
  let isFirst = true;
  const read = async () => {
    if (isFirst) {
      isFirst = false;
      await remediate(INCIDENT, parts);
    }
    return world.mode;
  };
  return remediate(INCIDENT, { ...parts, killSwitch: { read } });
}

it('a state that a second execution of the incident has just changed is not taken for stale', async () => {
  const world = await new World().approved(keyAndHost);
  expect((await overtaken(world)).next).toBe('hold');
  expect(entries(await world.read(), 'effect-refused')).toEqual([]);
});

describe('the mode, lowered between two actions,', () => {
  const lowered = async (mode: 'observe' | 'off' | 'propose') => {
    const world = await new World().approved(keyAndHost);
    world.resources.beforeCall = (call) => {
      if (call === 'write AKIA1=cut') world.mode = mode;
    };
    const step = await world.remediate();
    return { world, step };
  };

  it('to observe stops and undoes what was done', async () => {
    const { world, step } = await lowered('observe');
    expect(step.next).toBe('escalate');
    expect(world.states()).toEqual(open);
  });

  it('to off stops, and undoes nothing by itself', async () => {
    const { world, step } = await lowered('off');
    expect(step.next).toBe('escalate');
    expect(world.states()).toMatchObject({ AKIA1: 'cut', 'i-1': 'connected' });
    expect(entries(await world.read(), 'effect-refused')).toMatchObject([
      { actionId: 'a2', direction: 'execute', cause: 'mode' },
      { actionId: 'a1', direction: 'rollback', cause: 'mode' },
    ]);
  });

  it('to propose goes on, for people have approved', async () => {
    const { world, step } = await lowered('propose');
    expect(step.next).toBe('hold');
    expect(world.states()).toMatchObject({ AKIA1: 'cut', 'i-1': 'isolated' });
  });

  it('to off does not keep a person from undoing what the automaton might not', async () => {
    const { world } = await lowered('off');
    await world.vote('rollback');
    expect((await world.decideLease()).next).toBe('remediate-compute');
    expect((await world.remediate()).next).toBe('close');
    expect(world.states()).toEqual(open);
  });
});

describe('a rollback', () => {
  it('that a person asked for works in every mode, across both functions, in reverse order', async () => {
    for (const mode of ['off', 'observe', 'propose', 'act'] as const) {
      const world = await new World().contained();
      world.mode = mode;
      await world.vote('rollback');
      expect((await world.decideLease()).next).toBe('remediate-compute');
      expect((await world.remediateAll()).next).toBe('close');
      expect(world.states()).toEqual(open);
      expect(world.resources.changes.slice(-4).map((change) => change.split('=')[0])).toEqual([
        'i-1',
        'AKIA1',
        'ci-deploy',
        'vol-1',
      ]);
    }
  });

  it('that fails escalates and is not tried again by itself', async () => {
    const world = await new World().contained(justKey);
    const failing = vi.fn((call: string) => {
      if (call === 'write AKIA1=active') throw new Error('AccessDenied');
    });
    world.resources.beforeCall = failing;
    await world.vote('rollback');
    await world.decideLease();
    expect((await world.remediate()).next).toBe('escalate');
    expect((await world.remediate()).next).toBe('escalate');
    expect(failing.mock.calls.filter(([call]) => call === 'write AKIA1=active')).toHaveLength(1);
  });

  it('that failed may be asked for again, and is then carried out anew', async () => {
    const world = await new World().contained(justKey);
    world.resources.beforeCall = (call) => {
      if (call === 'write AKIA1=active') throw new Error('AccessDenied');
    };
    await world.vote('rollback');
    await world.decideLease();
    await world.remediate();
    await escalate(INCIDENT, undefined, { ledger: world.ledger, clock: () => world.now });
    world.resources.beforeCall = () => undefined;
    // The console starts another execution; the vote stands in the ledger already.
    expect((await world.decideLease()).next).toBe('remediate-compute');
    expect((await world.remediate()).next).toBe('close');
    expect(world.states()).toEqual(open);
  });

  it('of one action that fails does not keep the others from being undone', async () => {
    const world = await new World().contained();
    world.resources.beforeCall = (call) => {
      if (call === 'write AKIA1=active') throw new Error('AccessDenied');
    };
    await world.vote('rollback');
    await world.decideLease();
    expect((await world.remediateAll()).next).toBe('escalate');
    expect(world.states()).toEqual({ ...open, AKIA1: 'cut' });
  });

  it('of what was never begun does nothing', async () => {
    const world = await new World().approved(justKey);
    world.mode = 'observe';
    await world.remediate();
    expect(world.resources.changes).toEqual([]);
    expect((await world.effects()).filter((effect) => effect.endsWith('rollback'))).toEqual([]);
  });
});

describe('what somebody changed since it was contained', () => {
  const drifted = async () => {
    const world = await new World().contained(keyAndHost);
    world.resources.states.set('AKIA1', 'rotated');
    await world.vote('rollback');
    await world.decideLease();
    return world;
  };

  it('is not overwritten: the rest is rolled back, and a person is told', async () => {
    const world = await drifted();
    expect((await world.remediate()).next).toBe('escalate');
    expect(world.states()).toMatchObject({ AKIA1: 'rotated', 'i-1': 'connected' });
    expect(entries(await world.read(), 'effect-refused')).toMatchObject([
      { actionId: 'a1', direction: 'rollback', cause: 'stale', message: expect.stringContaining('rotated') },
    ]);
  });

  it('is put back once a person who was told of it asks again', async () => {
    const world = await drifted();
    await world.remediate();
    await world.vote('rollback', 'olga', ['owner']);
    expect((await world.decideLease()).next).toBe('remediate-compute');
    expect((await world.remediate()).next).toBe('close');
    expect(world.states()).toEqual(open);
  });

  it('is not what a second execution of the incident has just put back', async () => {
    const world = await new World().contained(keyAndHost);
    await world.vote('rollback');
    await world.decideLease();
    expect((await overtaken(world)).next).toBe('close');
    expect(entries(await world.read(), 'effect-refused')).toEqual([]);
    expect(world.states()).toEqual(open);
  });

  it('is no question where a rollback was begun already', async () => {
    const world = await new World().contained(justKey);
    await world.vote('rollback');
    await world.decideLease();
    world.resources.beforeCall = (call) => {
      if (call === 'write AKIA1=active') throw Object.assign(new Error('try later'), { $retryable: {} });
    };
    await expect(world.remediate()).rejects.toThrow('try later');
    world.resources.beforeCall = () => {};
    world.resources.states.set('AKIA1', 'active');
    expect((await world.remediate()).next).toBe('close');
  });
});

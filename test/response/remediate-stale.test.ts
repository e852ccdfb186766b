import { describe, expect, it } from 'vitest';
import { MOST_PLANS } from '../../functions/response/late.ts';
import { entries, finding, propose, thing, World } from './world.ts';

const keyAndHost = [propose('cut-key', 'e2'), propose('isolate', 'e4')];
const justKey = [propose('cut-key', 'e2')];

describe('a finding that came in while the plan was being decided on', () => {
  const news = finding('f-2', { entities: [thing('bucket', 'b')] });
  const received = { type: 'finding-received', generation: 1, finding: news } as const;

  it('is looked at before the first change', async () => {
    const world = await new World().approved(justKey);
    await world.tell('fact', received);
    expect((await world.remediate()).next).toBe('investigate');
    expect(world.resources.changes).toEqual([]);
  });

  it('stops nothing once a change was begun', async () => {
    const world = await new World().approved(keyAndHost);
    world.resources.beforeCall = (call) => {
      if (call === 'write AKIA1=cut') void world.tell('fact', received);
    };
    expect((await world.remediate()).next).toBe('hold');
    expect((await world.read()).status).toBe('contained');
  });
});

describe('a state that is no longer the one that was approved', () => {
  it('is refused, and planned and decided on again', async () => {
    const world = await new World().approved(justKey);
    const first = (await world.read()).plan?.manifestHash;
    world.resources.states.set('AKIA1', 'inactive');
    expect((await world.remediate()).next).toBe('plan');
    expect(world.resources.changes).toEqual([]);
    expect((await world.plan()).next).toBe('decide');
    const incident = await world.read();
    expect(incident.plan?.manifestHash).not.toBe(first);
    expect(incident.approvals).toEqual([]);
    expect((await world.decide()).next).toBe('await-approval');
  });

  it('after something was done undoes that and is for a person', async () => {
    const world = await new World().approved(keyAndHost);
    world.resources.beforeCall = (call) => {
      if (call === 'write AKIA1=cut') world.resources.states.set('i-1', 'stopped');
    };
    expect((await world.remediate()).next).toBe('escalate');
    expect(world.states()).toMatchObject({ AKIA1: 'active', 'i-1': 'stopped' });
  });

  it('that is gone is refused as well, and what was done before is undone', async () => {
    const world = await new World().approved(keyAndHost);
    world.resources.beforeCall = (call) => {
      if (call === 'write AKIA1=cut') world.resources.states.delete('i-1');
    };
    expect((await world.remediate()).next).toBe('escalate');
    expect(world.states().AKIA1).toBe('active');
    expect(entries(await world.read(), 'effect-refused')).toMatchObject([
      { cause: 'stale', message: 'i-1 does not exist, or no longer does' },
    ]);
  });

  it('that flips between planning and doing ends with a person, not in a loop', async () => {
    const world = await new World().approved(justKey);
    let plans = 1;
    for (let turn = 0; turn < 20; turn += 1) {
      world.resources.states.set('AKIA1', 'inactive');
      const { next } = await world.remediate();
      if (next === 'escalate') break;
      expect(next).toBe('plan');
      world.resources.states.set('AKIA1', 'active');
      await world.plan();
      await world.vote();
      await world.decide();
      plans += 1;
    }
    expect(plans).toBe(MOST_PLANS);
    expect(world.resources.changes).toEqual([]);
  });

  it('that came back is carried out under the plan that was made anew', async () => {
    const world = await new World().approved(justKey);
    world.resources.states.set('AKIA1', 'inactive');
    await world.remediate();
    world.resources.states.set('AKIA1', 'active');
    await world.plan();
    await world.decide();
    expect((await world.remediate()).next).toBe('hold');
    expect(world.states().AKIA1).toBe('cut');
  });
});

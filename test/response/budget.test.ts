import { describe, expect, it } from 'vitest';
import { entries, open, propose, World } from './world.ts';

const disk = [propose('copy-disk', 'e1')];
const key = [propose('cut-key', 'e2')];

async function planned(proposals: Parameters<World['investigated']>[0], most: number): Promise<World> {
  const world = await new World(open).investigated(proposals);
  world.limits = { ...world.limits, daily: { low: most, medium: most, high: most }, reserve: 0 };
  await world.plan();
  return world;
}

const use = (world: World, action: string, name: string) =>
  world.budgets.take({ account: '111122223333', action }, name, Number.POSITIVE_INFINITY);

describe('a budget that is spent', () => {
  it('makes people decide on what could else run alone, and says which policy did', async () => {
    const world = await planned(disk, 1);
    await use(world, 'copy-disk', 'another#a1');
    expect((await world.decide()).next).toBe('await-approval');
    const { decision } = await world.read();
    expect(decision?.decision.policies).toContain('spent-budget-needs-a-person');
    await world.vote('execute', 'tim', ['responder']);
    expect((await world.decide()).next).toBe('remediate-compute');
    expect((await world.remediate()).next).toBe('hold');
    expect(await world.budgets.uses({ account: '111122223333', action: 'copy-disk' })).toHaveLength(2);
  });

  it('between decision and effect refuses the effect, and nothing is changed', async () => {
    const world = await planned(disk, 1);
    expect((await world.decide()).next).toBe('remediate-compute');
    await use(world, 'copy-disk', 'another#a1');
    expect((await world.remediate()).next).toBe('escalate');
    expect(world.resources.changes).toEqual([]);
    expect(entries(await world.read(), 'effect-refused')).toMatchObject([{ cause: 'policy' }]);
  });

  it('by another at the same moment refuses the effect as well', async () => {
    const world = await planned(disk, 1);
    await world.decide();
    const { budgets } = world;
    const slow = { ...budgets, uses: async () => [] };
    await use(world, 'copy-disk', 'another#a1');
    world.budgets = slow;
    expect((await world.remediate()).next).toBe('escalate');
    expect(entries(await world.read(), 'effect-refused')).toMatchObject([
      { cause: 'policy', message: expect.stringContaining('budget') },
    ]);
  });

  it('by another at the same moment is no matter to what people approved', async () => {
    const world = await planned(key, 1);
    await world.vote();
    await world.decide();
    await use(world, 'cut-key', 'another#a1');
    world.budgets = { ...world.budgets, uses: async () => [] };
    expect((await world.remediate()).next).toBe('hold');
  });

  it('is no matter to what people approved anyway, nor to giving it back', async () => {
    const world = await planned(key, 0);
    await world.vote();
    expect((await world.decide()).next).toBe('remediate-compute');
    expect((await world.remediate()).next).toBe('hold');
    await world.vote('rollback');
    expect((await world.decideLease()).next).toBe('remediate-compute');
    expect((await world.remediate()).next).toBe('close');
    expect(world.states()).toEqual(open);
  });
});

describe('a target that the owner listed as protected', () => {
  it('is planned as protected, so that a person decides on it', async () => {
    const world = await new World(open).investigated(disk);
    world.limits = { ...world.limits, protected: [{ match: 'vol-*', because: 'a drill' }] };
    await world.plan();
    expect((await world.read()).plan?.manifest.actions[0]?.protectedTarget).toBe(true);
    expect((await world.decide()).next).toBe('await-approval');
  });
});

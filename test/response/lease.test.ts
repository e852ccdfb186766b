import { describe, expect, it } from 'vitest';
import { entries, HOUR_MS, open, propose, World } from './world.ts';

const justKey = [propose('cut-key', 'e2')];

async function heldFor(hours: number): Promise<World> {
  const world = await new World().contained(justKey);
  wait(world, hours);
  return world;
}

function wait(world: World, hours: number): void {
  world.now = new Date(world.now.getTime() + hours * HOUR_MS);
}

describe('the end of a lease', () => {
  it('is announced once, four hours before', async () => {
    const world = await heldFor(19.9);
    await world.decideLease();
    expect(entries(await world.read(), 'lease-reminded')).toEqual([]);
    wait(world, 0.2);
    const { next, timeoutSeconds } = await world.decideLease();
    expect(next).toBe('hold');
    expect(timeoutSeconds).toBeLessThanOrEqual(4 * 3600);
    await world.decideLease();
    expect(entries(await world.read(), 'lease-reminded')).toHaveLength(1);
  });

  it('moves with a renewal, and is announced anew', async () => {
    const world = await heldFor(21);
    await world.decideLease();
    await world.renew(48);
    wait(world, 4);
    expect((await world.decideLease()).next).toBe('hold');
    wait(world, 41);
    expect((await world.decideLease()).next).toBe('hold');
    expect(entries(await world.read(), 'lease-reminded')).toHaveLength(2);
    wait(world, 4);
    expect((await world.decideLease()).next).toBe('escalate');
    expect(world.states()).toMatchObject({ AKIA1: 'cut' });
  });

  it('never comes once it was made permanent: the incident closes, and the change stands', async () => {
    const world = await heldFor(1);
    await world.renew(null);
    wait(world, 100);
    expect((await world.decideLease()).next).toBe('close');
    await world.close();
    expect((await world.read()).ending).toEqual({
      how: 'closed',
      reason: 'made permanent by olga: still looking',
    });
    expect(world.states()).toMatchObject({ AKIA1: 'cut' });
  });

  it('still gives way to a person who asks for the rollback of what was made permanent', async () => {
    const world = await heldFor(1);
    await world.renew(null);
    await world.vote('rollback');
    expect((await world.decideLease()).next).toBe('remediate-compute');
    expect((await world.remediate()).next).toBe('close');
    expect((await world.close()).ending?.reason).toBe('the containment was rolled back');
    expect(world.states()).toEqual(open);
  });
});

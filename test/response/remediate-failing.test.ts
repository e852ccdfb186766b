import { describe, expect, it } from 'vitest';
import type { Execution } from '../../functions/core/account.ts';
import { entries, open, propose, World } from './world.ts';

const justKey = [propose('cut-key', 'e2')];

describe('a change that fails', () => {
  it('is undone in reverse order, the half-done one too, and escalates', async () => {
    const world = await new World().approved();
    world.resources.beforeCall = (call) => {
      if (call === 'write i-1=isolated') throw new Error('the interface is in use');
    };
    expect((await world.remediateAll()).next).toBe('escalate');
    expect(world.states()).toEqual(open);
    expect(world.resources.changes.slice(-4)).toEqual([
      'i-1=connected',
      'AKIA1=active',
      'ci-deploy=allowed',
      'vol-1=bare',
    ]);
    expect(await world.read()).toMatchObject({ status: 'working' });
    expect(entries(await world.read(), 'containment-held')).toEqual([]);
    const failed = entries(await world.read(), 'effect-finished').find(
      ({ outcome }) => outcome.status === 'failed',
    );
    expect(failed).toMatchObject({
      actionId: 'a4',
      outcome: { error: 'Error', message: 'the interface is in use' },
    });
  });

  it('that cannot be verified is undone and escalates', async () => {
    const world = await new World().approved(justKey);
    world.resources.beforeCall = (call) => {
      // Somebody sets it active again as soon as it is read back.
      if (call === 'read AKIA1' && world.states().AKIA1 === 'cut')
        world.resources.states.set('AKIA1', 'active');
    };
    expect((await world.remediate()).next).toBe('escalate');
    expect(world.states()).toMatchObject({ AKIA1: 'active' });
    expect(entries(await world.read(), 'effect-verified')).toMatchObject([
      { direction: 'execute', verified: false, observed: 'active' },
      { direction: 'rollback', verified: true },
    ]);
    expect(world.pauses.slice(0, 5)).toEqual([0, 250, 1000, 2000, 4000]);
  });

  it('for a moment is left to the retry, which finds its own intent and writes the same bytes', async () => {
    const world = new World();
    const executions: Execution[] = [];
    world.actions = world.actions.map((action) => ({
      ...action,
      execute(planned, account, execution) {
        executions.push(execution);
        return action.execute(planned, account, execution);
      },
    }));
    await world.approved(justKey);
    const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    world.resources.beforeCall = (call) => {
      if (call === 'write AKIA1=cut') throw throttled;
    };
    await expect(world.remediate()).rejects.toBe(throttled);
    world.resources.beforeCall = () => undefined;
    world.now = new Date('2026-11-21T13:00:00.000Z');
    expect((await world.remediate()).next).toBe('hold');
    expect(executions).toHaveLength(2);
    expect(executions[1]).toEqual(executions[0]);
    expect((await world.effects()).filter((effect) => effect.startsWith('intent'))).toHaveLength(1);
  });

  it('is not what a ledger is that cannot be written: the change stands and is recorded by the retry', async () => {
    const world = await new World().approved(justKey);
    world.ledger.beforeAppend = (command) => {
      if (!command.startsWith('finished#')) return;
      world.ledger.beforeAppend = () => undefined;
      throw new Error('the table is throttled');
    };
    await expect(world.remediate()).rejects.toThrow('the table is throttled');
    expect(world.states().AKIA1).toBe('cut');
    expect((await world.remediate()).next).toBe('hold');
    expect(entries(await world.read(), 'effect-finished')).toMatchObject([{ outcome: { status: 'done' } }]);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { LockedError } from '../../functions/adapters/locks.ts';
import type { Execution } from '../../functions/core/account.ts';
import { manifestHash } from '../../functions/core/plan.ts';
import { remediate } from '../../functions/response/remediate.ts';
import { MOST_PLANS } from '../../functions/response/remediation-steps.ts';
import { Crash, crashing, crashPoints } from '../adapters/crashing.ts';
import { entries, INCIDENT, open, propose, World } from './world.ts';

const keyAndHost = [propose('cut-key', 'e2'), propose('isolate', 'e4')];
const justKey = [propose('cut-key', 'e2')];

describe('an approved plan', () => {
  it('is carried out in order, and held under its lease', async () => {
    const world = await new World().approved();
    const step = await world.remediateAll();
    expect(world.states()).toEqual({
      'vol-1': 'copied',
      AKIA1: 'cut',
      'ci-deploy': 'denied',
      'i-1': 'isolated',
    });
    expect(world.resources.changes).toEqual([
      'vol-1=copied-half',
      'vol-1=copied',
      'ci-deploy=denied-half',
      'ci-deploy=denied',
      'AKIA1=cut-half',
      'AKIA1=cut',
      'i-1=isolated-half',
      'i-1=isolated',
    ]);
    const incident = await world.read();
    expect(incident.status).toBe('contained');
    expect(step.next).toBe('hold');
    expect(step.timeoutSeconds).toBeGreaterThan(86_390);
    expect(step.timeoutSeconds).toBeLessThanOrEqual(86_400);
  });

  it('is recorded: the intent before the effect, its outcome and its verification after', async () => {
    const world = await new World().approved(justKey);
    const atWrite: string[][] = [];
    world.resources.beforeCall = (call) => {
      if (!call.startsWith('write')) return;
      const chain = world.ledger.commits.get(`${INCIDENT}#effect`) ?? [];
      atWrite.push(
        chain.flatMap(({ entries: all }) => (Array.isArray(all) ? all.map(({ type }) => type) : [])),
      );
    };
    await world.remediate();
    expect(atWrite).toEqual([['intent-recorded'], ['intent-recorded']]);
    expect(await world.effects()).toEqual([
      'intent-recorded a1 execute',
      'effect-finished a1 execute',
      'effect-verified a1 execute',
    ]);
  });

  it('is carried out once: a second call changes nothing', async () => {
    const world = await new World().contained();
    const before = [world.resources.changes.length, (await world.read()).heads.effect];
    await world.remediateAll();
    expect([world.resources.changes.length, (await world.read()).heads.effect]).toEqual(before);
  });

  it('passes from one function to the other with the family of each action', async () => {
    const world = await new World().approved();
    expect((await world.remediate('policy')).next).toBe('remediate');
    expect(world.resources.changes).toEqual([]);
    expect((await world.remediate('resource')).next).toBe('remediate-policy');
    expect(world.resources.changes).toEqual(['vol-1=copied-half', 'vol-1=copied']);
    expect((await world.remediate('policy')).next).toBe('remediate');
    expect((await world.remediate('resource')).next).toBe('hold');
  });

  it('verifies again with pauses, since IAM takes its time to agree with itself', async () => {
    const world = new World();
    let readings = 0;
    world.actions = world.actions.map((action) => ({
      ...action,
      async verify(...parameters) {
        readings += 1;
        return readings < 3 ? { status: 'not-done', observed: 'still active' } : action.verify(...parameters);
      },
    }));
    await world.approved(justKey);
    expect((await world.remediate()).next).toBe('hold');
    expect(world.pauses).toEqual([0, 250, 1000]);
  });
});

describe('a plan that may not be carried out', () => {
  it('is refused without approvals, and nothing is touched', async () => {
    const world = await new World().investigated(justKey);
    await world.plan();
    expect((await world.remediate()).next).toBe('escalate');
    expect(world.resources.changes).toEqual([]);
    expect(entries(await world.read(), 'effect-refused')).toMatchObject([
      { cause: 'policy', message: 'it needs people who have not approved' },
    ]);
  });

  it.each([
    ['a responder, where the danger asks for an owner', 'tim', ['responder']],
    ['the person whom the finding is about', 'ci-deploy', ['lead']],
  ] as const)('is refused when it was approved by %s', async (_, approver, roles) => {
    const world = await new World().investigated([propose('isolate', 'e4')]);
    await world.plan();
    await world.vote('execute', approver, [...roles]);
    await world.remediate();
    expect(world.states()).toEqual(open);
    expect(entries(await world.read(), 'effect-refused')).toMatchObject([{ cause: 'policy' }]);
  });

  it('is refused when the manifest is not the one that was hashed', async () => {
    const world = await new World().approved(justKey);
    const { plan } = await world.read();
    if (!plan) throw new Error('no plan');
    const [planned] = plan.manifest.actions;
    const forged = {
      ...plan.manifest,
      actions: [{ ...(planned as typeof planned & object), change: 'harmless' }],
    };
    expect(manifestHash(forged)).not.toBe(plan.manifestHash);
    await world.tell('fact', { ...plan, manifest: forged });
    expect((await world.remediate()).next).toBe('escalate');
    expect(world.states()).toEqual(open);
    expect(entries(await world.read(), 'effect-refused')).toMatchObject([{ cause: 'hash' }]);
  });

  it.each(['observe', 'off'] as const)('is refused in the mode %s, whoever approved it', async (mode) => {
    const world = await new World().approved(justKey);
    world.mode = mode;
    expect((await world.remediate()).next).toBe('escalate');
    expect(world.states()).toEqual(open);
    expect(entries(await world.read(), 'effect-refused')).toMatchObject([{ cause: 'mode' }]);
  });

  it('waits for whoever changes the same resource', async () => {
    const world = await new World().approved(justKey);
    const parts = world.remediateParts();
    const hold = () => Promise.reject(new LockedError('AKIA1', 'INC-other'));
    await expect(remediate(INCIDENT, { ...parts, locks: { hold } })).rejects.toThrow(LockedError);
    expect(world.resources.changes).toEqual([]);
    expect(await world.effects()).toEqual([]);
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
    expect((await world.decideLease()).next).toBe('remediate');
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
      expect((await world.decideLease()).next).toBe('remediate');
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
    const { escalate } = await import('../../functions/response/escalate.ts');
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
    expect((await world.decideLease()).next).toBe('remediate');
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

describe('a function that is killed', () => {
  it('before or after any call of the ledger heals on retry', async () => {
    for (const point of crashPoints(16)) {
      const world = await new World().approved(keyAndHost);
      const dying = crashing(world.ledger, point);
      await expectDeathOrEnd(remediate(INCIDENT, world.remediateParts('resource', dying.port)), dying);
      await expectContained(world);
    }
  });

  it('before or after any call to the account heals on retry', async () => {
    for (const point of crashPoints(9)) {
      const world = await new World().approved(keyAndHost);
      let calls = 0;
      let dead = false;
      const die = () => {
        dead = true;
        throw new Crash('killed');
      };
      const send = world.resources.send.bind(world.resources);
      world.resources.send = async (command) => {
        calls += 1;
        const dies = calls === point.call;
        if (dies && point.when === 'before') die();
        const answer = await send(command);
        if (dies) die();
        return answer;
      };
      // A process that is gone records nothing of how it went.
      world.ledger.beforeAppend = () => {
        if (dead) throw new Crash('dead already');
      };
      const outcome = await world.remediate().catch((error: unknown) => error);
      if (dead) expect(outcome).toBeInstanceOf(Crash);
      dead = false;
      await expectContained(world);
    }
  });

  async function expectDeathOrEnd(run: Promise<unknown>, dying: { survived: () => boolean }): Promise<void> {
    const outcome = await run.catch((error: unknown) => error);
    if (!dying.survived()) expect(outcome).toBeInstanceOf(Crash);
  }

  async function expectContained(world: World): Promise<void> {
    expect((await world.remediate()).next).toBe('hold');
    expect(world.states()).toEqual({ ...open, AKIA1: 'cut', 'i-1': 'isolated' });
    expect(await world.effects()).toEqual(
      ['a1', 'a2'].flatMap((id) =>
        ['intent-recorded', 'effect-finished', 'effect-verified'].map((type) => `${type} ${id} execute`),
      ),
    );
  }
});

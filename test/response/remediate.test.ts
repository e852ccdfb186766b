import { describe, expect, it } from 'vitest';
import { LockedError } from '../../functions/adapters/locks.ts';
import { verifyChain } from '../../functions/core/commit.ts';
import { manifestHash } from '../../functions/core/plan.ts';
import { remediate } from '../../functions/response/remediate.ts';
import { entries, INCIDENT, open, propose, World } from './world.ts';

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
    expect(step.timeoutSeconds).toBeGreaterThan(71_990);
    expect(step.timeoutSeconds).toBeLessThanOrEqual(72_000);
  });

  it('is recorded: the intent before the effect, its outcome and its verification after', async () => {
    const world = await new World().approved(justKey);
    const atWrite: string[][] = [];
    world.resources.beforeCall = (call) => {
      if (!call.startsWith('write')) return;
      const chain = world.ledger.commits.get(`${INCIDENT}#effect`) ?? [];
      atWrite.push(verifyChain('effect', chain).flatMap(({ entries }) => entries.map(({ type }) => type)));
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
    expect((await world.remediate('policy')).next).toBe('remediate-compute');
    expect(world.resources.changes).toEqual([]);
    expect((await world.remediate('compute')).next).toBe('remediate-policy');
    expect(world.resources.changes).toEqual(['vol-1=copied-half', 'vol-1=copied']);
    expect((await world.remediate('policy')).next).toBe('remediate-compute');
    expect((await world.remediate('compute')).next).toBe('hold');
  });

  it('is asserted again where somebody undid it before it was read back', async () => {
    const world = await new World().approved(justKey);
    const parts = world.remediateParts();
    let undone = 0;
    const pause = async () => {
      if (undone < 1) world.resources.states.set('AKIA1', 'active');
      undone += 1;
    };
    expect((await remediate(INCIDENT, { ...parts, pause })).next).toBe('hold');
    expect(world.states()).toMatchObject({ AKIA1: 'cut' });
    expect(await world.effects()).toEqual([
      'intent-recorded a1 execute',
      'effect-finished a1 execute',
      'effect-verified a1 execute',
    ]);
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

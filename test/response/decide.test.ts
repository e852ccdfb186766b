import { describe, expect, it } from 'vitest';
import { MOST_PLANS } from '../../functions/response/late.ts';
import { entries, finding, open, propose, thing, verdict, World } from './world.ts';

const key = [propose('cut-key', 'e2')];
const disk = [propose('copy-disk', 'e1')];

async function planned(proposals = key): Promise<World> {
  const world = await new World().investigated(proposals);
  await world.plan();
  return world;
}

const received = (world: World, uid: string, changes: Parameters<typeof finding>[1] = {}) =>
  world.tell('fact', { type: 'finding-received', generation: 1, finding: finding(uid, changes) });

/** Of something that no finding named before. */
const news = (world: World, uid: string) => received(world, uid, { entities: [thing('bucket', uid)] });

/** Investigated again, and planned on the new verdict. */
async function lookedAtAgain(world: World, proposals = key): Promise<void> {
  expect((await world.decide()).next).toBe('investigate');
  await world.tell('fact', verdict({ proposals: [...proposals] }));
  await world.plan();
}

describe('a decision on a plan', () => {
  it('that may run alone goes to the function of its first action', async () => {
    const world = await planned(disk);
    expect(await world.decide()).toEqual({ next: 'remediate-compute', timeoutSeconds: 0 });
    const user = await planned([propose('deny-user', 'e3')]);
    await user.vote();
    expect((await user.decide()).next).toBe('remediate-policy');
  });

  it('that needs people waits for them as long as the playbook says', async () => {
    expect(await (await planned()).decide()).toEqual({ next: 'await-approval', timeoutSeconds: 4 * 3600 });
  });

  it('that is forbidden escalates', async () => {
    const world = await planned();
    world.mode = 'observe';
    expect((await world.decide()).next).toBe('escalate');
  });

  it('is recorded with the policies, the mode, the people and the hash that it is about', async () => {
    const world = await planned();
    await world.vote('execute', 'tim', ['responder']);
    await world.decide();
    const incident = await world.read();
    expect(entries(incident, 'decision-made')).toEqual([
      {
        type: 'decision-made',
        generation: 1,
        purpose: 'execute',
        subject: incident.plan?.manifestHash,
        decision: {
          outcome: 'autonomous',
          policies: expect.arrayContaining(['responder-approves-ordinary-change']),
        },
        mode: 'act',
        approvers: ['tim'],
        policyDigest: world.policy.digest,
      },
    ]);
  });

  it('is not asked for again because evidence was kept meanwhile', async () => {
    const world = await planned();
    await world.decide();
    const plan = (await world.read()).plan?.manifestHash ?? '';
    const reason = 'not available';
    const occasion = 'before-change';
    await world.tell('fact', { type: 'evidence-unavailable', generation: 1, occasion, plan, reason });
    await world.decide();
    expect(entries(await world.read(), 'decision-made')).toHaveLength(1);
  });

  it('is recorded once for the same question, and again for another', async () => {
    const world = await planned();
    await world.decide();
    await world.decide();
    expect(entries(await world.read(), 'decision-made')).toHaveLength(1);
    await world.vote();
    await world.decide();
    world.mode = 'off';
    await world.decide();
    expect(entries(await world.read(), 'decision-made').map(({ decision }) => decision.outcome)).toEqual([
      'needs-approval',
      'autonomous',
      'forbidden',
    ]);
  });
});

describe('an answer', () => {
  it('that denies closes, whatever else was said', async () => {
    const world = await planned();
    await world.ask();
    await world.vote();
    await world.deny();
    expect((await world.decide()).next).toBe('close');
  });

  it('of somebody whose role does not suffice goes on waiting', async () => {
    const world = await planned([propose('isolate', 'e4')]);
    await world.ask();
    await world.vote('execute', 'tim', ['responder']);
    expect((await world.decide()).next).toBe('await-approval');
    await world.vote('execute', 'lena', ['lead']);
    expect((await world.decide()).next).toBe('remediate-compute');
  });

  it('that names another plan counts for nothing', async () => {
    const world = await planned();
    await world.ask();
    const said = { generation: 1, approver: 'lena', channel: 'page' as const, reason: '' };
    const manifestHash = 'f'.repeat(64);
    await world.tell('decision', {
      type: 'approval-given',
      purpose: 'execute',
      manifestHash,
      roles: ['lead'],
      ...said,
    });
    expect((await world.decide()).next).toBe('await-approval');
  });

  it('to do something is none to undo it', async () => {
    const world = await new World().contained(key);
    expect((await world.decideLease()).next).toBe('hold');
  });

  it('stands when a newer finding leaves the manifest as it was', async () => {
    const world = await planned();
    await world.decide();
    await world.ask();
    await news(world, 'f-2');
    await world.vote();
    await lookedAtAgain(world);
    expect((await world.read()).approvals).toHaveLength(1);
    expect((await world.decide()).next).toBe('remediate-compute');
  });

  it.each([
    ['another finding of the same', {}],
    ['a thing that anybody may have named', { entities: [thing('bucket', 'b', { trust: 'claimed' })] }],
    ['another address', { entities: [thing('address', '203.0.113.9', { part: 'actor' })] }],
    ['a finding that its source has put aside', { severity: 'Critical', status: 'Archived' }],
    [
      'what a custom product says',
      { severity: 'Critical', metadata: { source: 'securityhub', product: 'mine', aws_owned: false } },
    ],
  ] as const)('is not held up by %s', async (_, changes) => {
    const world = await planned();
    await world.decide();
    await world.ask();
    await received(world, 'f-2', {
      ...changes,
      entities: [...('entities' in changes ? changes.entities : [])],
    });
    await world.vote();
    expect((await world.decide()).next).toBe('remediate-compute');
  });

  it.each([
    ['a higher severity', { severity: 'Critical' }],
    ['another type', { finding_info: { ...finding().finding_info, uid: 'f-2', type: 'Recon:EC2/Portscan' } }],
    ['another thing', { entities: [thing('bucket', 'b')] }],
  ] as const)('waits until %s was looked at', async (_, changes) => {
    const world = await planned();
    await world.decide();
    await world.ask();
    await received(world, 'f-2', {
      ...changes,
      entities: [...('entities' in changes ? changes.entities : [])],
    });
    await world.vote();
    await lookedAtAgain(world);
    expect((await world.decide()).next).toBe('remediate-compute');
  });

  it('is void when a newer finding changes the manifest', async () => {
    const world = await planned();
    await world.decide();
    await world.ask();
    await news(world, 'f-2');
    await world.vote();
    world.resources.states.set('AKIA1', 'inactive');
    await lookedAtAgain(world);
    expect((await world.decide()).next).toBe('await-approval');
  });

  it('is decided on anew when what was measured changed under the same plan', async () => {
    const world = await planned(disk);
    expect((await world.decide()).next).toBe('remediate-compute');
    const { plan } = await world.read();
    if (!plan) throw new Error('no plan');
    const wide = { a1: [{ what: 'callers', count: 5000, evidence: 'counted' }] };
    await world.tell('fact', { ...plan, blastRadius: wide });
    expect((await world.decide()).next).toBe('await-approval');
  });

  it('is heard after so many plans, however many findings come in: noise cannot prevent a decision', async () => {
    const world = await planned();
    await world.decide();
    await world.ask();
    let plans = 1;
    for (let noise = 2; noise < 12; noise += 1) {
      await news(world, `f-${noise}`);
      if ((await world.decide()).next !== 'investigate') break;
      await world.tell('fact', verdict({ proposals: key }));
      await world.plan();
      plans += 1;
    }
    expect(plans).toBe(MOST_PLANS);
    await news(world, 'f-last');
    await world.vote();
    expect((await world.decide()).next).toBe('remediate-compute');
  });
});

describe('a lease', () => {
  const heldFor = async (hours: number, proposals = key) => {
    const world = await new World().contained(proposals);
    world.now = new Date(world.now.getTime() + hours * 3_600_000);
    return world;
  };

  it('that has not ended goes on until people are to be reminded of its end', async () => {
    const world = await heldFor(1);
    const { next, timeoutSeconds } = await world.decideLease();
    expect(next).toBe('hold');
    expect(timeoutSeconds).toBeGreaterThan(18.9 * 3600);
    expect(timeoutSeconds).toBeLessThanOrEqual(19 * 3600);
  });

  it('that has ended does not give access back by itself while the case stands', async () => {
    const world = await heldFor(25);
    expect((await world.decideLease()).next).toBe('escalate');
    expect(world.states()).toMatchObject({ AKIA1: 'cut' });
    expect(entries(await world.read(), 'lease-ended')).toHaveLength(1);
  });

  it('that has ended undoes what gives nobody access back', async () => {
    const world = await heldFor(25, disk);
    expect((await world.decideLease()).next).toBe('remediate-compute');
    expect((await world.remediate()).next).toBe('close');
    expect(world.states()).toEqual(open);
  });

  it('that has ended undoes nothing by itself once a newer finding came', async () => {
    const world = await new World().contained(disk);
    await received(world, 'f-2');
    world.now = new Date(world.now.getTime() + 25 * 3_600_000);
    expect((await world.decideLease()).next).toBe('escalate');
  });

  it('is ended at once by a person who may', async () => {
    const world = await heldFor(1);
    await world.vote('rollback', 'tim', ['responder']);
    expect((await world.decideLease()).next).toBe('remediate-compute');
  });

  it('is not ended by a person who may not', async () => {
    const world = await new World().contained([propose('isolate', 'e4')]);
    await world.vote('rollback', 'tim', ['responder']);
    expect((await world.decideLease()).next).toBe('escalate');
    expect(world.states()['i-1']).toBe('isolated');
  });

  it('is recorded as ended once', async () => {
    const world = await heldFor(25);
    await world.decideLease();
    await world.decideLease();
    expect(entries(await world.read(), 'lease-ended')).toHaveLength(1);
  });
});

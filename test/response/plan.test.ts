import { describe, expect, it } from 'vitest';
import { NotOursError } from '../../functions/core/errors.ts';
import { manifestHash } from '../../functions/core/plan.ts';
import {
  entries,
  everything,
  finding,
  INCIDENT,
  open,
  propose,
  thing,
  things,
  verdict,
  World,
} from './world.ts';

const nothing = async (world: World) => entries(await world.read(), 'nothing-planned');

describe('a plan', () => {
  it('keeps evidence before it cuts credentials, and those before the network', async () => {
    const world = await new World().investigated(everything);
    expect(await world.plan()).toMatchObject({ next: 'decide' });
    const { plan } = await world.read();
    expect(plan?.manifest.actions.map(({ id, action }) => `${id} ${action}`)).toEqual([
      'a1 copy-disk',
      'a2 deny-user',
      'a3 cut-key',
      'a4 isolate',
    ]);
    expect(world.resources.changes).toEqual([]);
  });

  it('names what AWS answered as its targets, the state that they are in, and the lease of the playbook', async () => {
    const world = await new World().investigated([propose('isolate', 'e4')]);
    await world.plan();
    const { plan } = await world.read();
    expect(plan?.manifest).toMatchObject({
      incident: INCIDENT,
      generation: 1,
      leaseSeconds: 86_400,
      actions: [
        {
          target: {
            handle: 'e4',
            id: 'i-1',
            arn: 'arn:aws:ec2:eu-central-1:111122223333:i-1',
            trust: 'observed',
          },
          before: { state: 'connected' },
          expected: { state: 'isolated' },
        },
      ],
    });
    expect(plan?.manifestHash).toBe(plan && manifestHash(plan.manifest));
    expect(plan?.blastRadius).toEqual({ a1: [{ what: 'callers', count: 3, evidence: 'counted' }] });
  });

  it('has the same hash while the state is the same, and another one when it is not', async () => {
    const hashes: (string | undefined)[] = [];
    const world = await new World().investigated();
    for (const state of ['active', 'active', 'inactive']) {
      world.resources.states.set('AKIA1', state);
      await world.tell('fact', {
        type: 'finding-received',
        generation: 1,
        finding: finding(`f-${hashes.length}`),
      });
      await world.plan();
      hashes.push((await world.read()).plan?.manifestHash);
    }
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[2]).not.toBe(hashes[1]);
  });

  it('is made once for what is known: a retry reads nothing', async () => {
    const world = await new World().investigated();
    await world.plan();
    const reads: string[] = [];
    world.resources.beforeCall = (call) => void reads.push(call);
    expect(await world.plan()).toMatchObject({ next: 'decide' });
    expect(reads).toEqual([]);
    expect(entries(await world.read(), 'plan-proposed')).toHaveLength(1);
  });

  it('holds an action on one target once, however often it was proposed', async () => {
    const twice = [...everything, ...everything];
    const world = await new World().investigated(twice);
    await world.plan();
    expect((await world.read()).plan?.manifest.actions).toHaveLength(4);
  });

  it('leaves out what cannot be planned, and keeps the rest', async () => {
    const world = new World();
    world.resources.states.delete('i-1');
    await world.investigated([
      propose('isolate', 'e4'),
      propose('cut-key', 'e2'),
      propose('unheard-of', 'e1'),
    ]);
    expect(await world.plan()).toMatchObject({ next: 'decide' });
    const { plan } = await world.read();
    expect(plan?.manifest.actions.map(({ action }) => action)).toEqual(['cut-key']);
    expect(plan?.refused).toEqual([
      {
        action: 'isolate',
        target: 'i-1',
        error: 'TargetNotFoundError',
        message: 'i-1 does not exist, or no longer does',
      },
      {
        action: 'unheard-of',
        target: 'e1',
        error: 'UnknownProposal',
        message: 'unheard-of on e1 is not in the catalogue and the incident',
      },
    ]);
  });

  it('leaves out what an organisation keeps us from reading, and says which policy does', async () => {
    const world = await new World().investigated([propose('isolate', 'e4'), propose('cut-key', 'e2')]);
    world.resources.beforeCall = (call) => {
      if (call === 'read i-1') throw denied('ec2:DescribeInstances');
    };
    await world.plan();
    expect((await world.read()).plan?.refused).toMatchObject([
      {
        action: 'isolate',
        error: 'CallDeniedError',
        message: expect.stringMatching(
          /^AWS refuses ec2:DescribeInstances on instance i-1: a service control policy denies it;/,
        ),
      },
    ]);
  });
});

/** As AWS words it. */
function denied(action: string): Error {
  const message = `User: arn:aws:sts::111122223333:assumed-role/a/b is not authorized to perform: ${action} on resource: arn:aws:ec2:eu-central-1:111122223333:instance/i-1 with an explicit deny in a service control policy: arn:aws:organizations::999999999999:policy/o-1/service_control_policy/p-1`;
  return Object.assign(new Error(message), { name: 'AccessDenied' });
}

describe('nothing is planned', () => {
  it('on a target that was only claimed', async () => {
    const claimed = things.map((one) => ({ ...one, trust: 'claimed' as const }));
    const world = await new World().investigated(
      [propose('isolate', 'e4')],
      finding('f-1', { entities: claimed }),
    );
    expect(await world.plan()).toMatchObject({ next: 'escalate' });
    expect(await nothing(world)).toMatchObject([{ reason: expect.stringContaining('e4 is only claimed') }]);
  });

  it('on a target that is gone', async () => {
    const world = new World();
    world.resources.states.delete('i-1');
    await world.investigated([propose('isolate', 'e4')]);
    expect(await world.plan()).toMatchObject({ next: 'escalate' });
    expect(await nothing(world)).toMatchObject([{ reason: expect.stringContaining('i-1 does not exist') }]);
  });

  it('on what is not ours', async () => {
    const world = await new World().investigated([propose('isolate', 'e4')]);
    world.resources.beforeCall = () => {
      throw new NotOursError('role AWSReservedSSO_Admin', 'it belongs to AWS');
    };
    expect(await world.plan()).toMatchObject({ next: 'escalate' });
    expect(await nothing(world)).toMatchObject([{ reason: expect.stringContaining('not ours to change') }]);
  });

  it.each([
    ['an action that is not in the catalogue', propose('format-disk', 'e1'), 'format-disk on e1'],
    ['a handle that is not in the incident', propose('isolate', 'e99'), 'isolate on e99'],
    ['an action on another kind of thing', propose('isolate', 'e3'), 'cannot act on a user'],
    [
      'a parameter that the action does not have',
      propose('isolate', 'e4', { force: true }),
      'parameters of isolate',
    ],
  ])('for %s', async (_, proposal, reason) => {
    const world = await new World().investigated([proposal]);
    expect(await world.plan()).toMatchObject({ next: 'escalate' });
    expect(await nothing(world)).toMatchObject([{ reason: expect.stringContaining(reason) }]);
    expect(world.states()).toEqual(open);
  });

  it.each([
    ['benign', 'close'],
    ['false-positive', 'close'],
    ['true-positive', 'escalate'],
    ['undetermined', 'escalate'],
  ] as const)('on a verdict of %s without proposals, and goes on to %s', async (disposition, next) => {
    const world = await new World().investigated([]);
    await world.tell('fact', verdict({ disposition }));
    expect(await world.plan()).toMatchObject({ next });
    expect(await nothing(world)).toMatchObject([
      { next, reason: expect.stringContaining('what it looks like') },
    ]);
  });

  it('on what is called harmless, even if something was proposed', async () => {
    const world = await new World().investigated(everything);
    await world.tell('fact', verdict({ disposition: 'benign', proposals: [...everything] }));
    expect(await world.plan()).toMatchObject({ next: 'close' });
    expect((await world.read()).plan).toBeUndefined();
  });

  it('without a verdict', async () => {
    const world = new World();
    await world.tell('fact', { type: 'finding-received', generation: 1, finding: finding() });
    expect(await world.plan()).toMatchObject({ next: 'escalate' });
    expect(await nothing(world)).toMatchObject([{ reason: 'no verdict was reached' }]);
  });
});

it('an error that says nothing about the target goes to the retry, and nothing is recorded', async () => {
  const world = await new World().investigated([propose('isolate', 'e4')]);
  world.resources.beforeCall = () => {
    throw new Error('connection refused');
  };
  await expect(world.plan()).rejects.toThrow('connection refused');
  world.resources.beforeCall = () => undefined;
  expect(await world.plan()).toMatchObject({ next: 'decide' });
});

it('targets keep the account and region of the entity', async () => {
  const elsewhere = things.map((one) => ({ ...one, account: '444455556666', region: 'us-east-1' }));
  const world = await new World().investigated(
    [propose('isolate', 'e4')],
    finding('f-1', { entities: elsewhere }),
  );
  await world.plan();
  expect((await world.read()).plan?.manifest.actions[0]?.target).toMatchObject({
    account: '444455556666',
    region: 'us-east-1',
    kind: thing('instance', 'i-1').kind,
  });
});

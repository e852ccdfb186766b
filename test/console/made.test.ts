import { describe, expect, it } from 'vitest';
import { approvalNotice, outcomeNotice } from '../../functions/console/notice.ts';
import { timelineOf } from '../../functions/console/timeline.ts';
import type { Entity } from '../../functions/core/entity.ts';
import { type Manifest, manifestHash, type PlannedAction } from '../../functions/core/plan.ts';
import { account, INCIDENT, manifest, waiting } from './story.ts';

const CONSOLE = 'https://console.example';
const [step] = manifest.actions;
if (!step) throw new Error('the story plans nothing');
const key: PlannedAction = {
  ...step,
  id: 'a2',
  action: 'deactivate-access-key',
  target: {
    handle: 'e2',
    kind: 'access-key',
    id: 'AKIAMADE00000000000A',
    account,
    region: 'eu-west-1',
    trust: 'observed',
    madeBy: `user:${account}:ci-deploy`,
  },
};
const taking: Manifest = { ...manifest, actions: [step, key] };

describe('a step that takes away what a principal made', () => {
  it('says who made it, and no other step does', async () => {
    const { ledger } = await waiting({ manifest: taking });
    const asked = { url: CONSOLE, expiresAt: '2026-11-21T16:00:00.000Z' };
    const { facts = [] } = approvalNotice(await ledger.read(INCIDENT), asked) ?? {};
    expect(facts.filter(({ label }) => label === 'Made by')).toEqual([
      { label: 'Made by', value: "user ci-deploy, by CloudTrail's records" },
    ]);
  });

  it('is told as still open where it could not be done', async () => {
    const { ledger } = await waiting({ manifest: taking });
    const effect = {
      generation: 1,
      manifestHash: manifestHash(taking),
      actionId: 'a1',
      direction: 'execute',
    } as const;
    await ledger.append(INCIDENT, 'effect', 'effects', () => [
      { type: 'intent-recorded', ...effect, action: step.action, decision: effect.manifestHash },
      { type: 'effect-finished', ...effect, outcome: { status: 'done' } },
      { type: 'effect-verified', ...effect, verified: true, observed: 'so' },
      { type: 'effect-refused', ...effect, actionId: 'a2', cause: 'stale', message: 'it was changed' },
      {
        type: 'containment-held',
        generation: 1,
        manifestHash: effect.manifestHash,
        leaseEndsAt: '2026-11-22T12:00:00.000Z',
      },
    ]);
    const { facts = [] } = outcomeNotice(await ledger.read(INCIDENT), CONSOLE) ?? {};
    expect(facts.filter(({ label }) => label === 'Still open')).toEqual([
      { label: 'Still open', value: expect.stringMatching(/^access-key AKIAMADE00000000000A: .* not done$/) },
    ]);
  });
});

describe('what a sweep found', () => {
  it('is told in words, with whose it is, and what could not be read', async () => {
    const { ledger, hash } = await waiting();
    const found: Entity = {
      ...{ kind: 'access-key', id: 'AKIAMADE00000000000A', account, region: 'eu-west-1' },
      ...{ part: 'related', trust: 'recorded', parent: `user:${account}:dana` },
      made: {
        by: `user:${account}:ci-deploy`,
        calls: [{ call: 'CreateAccessKey', at: '2026-11-21T11:00:00Z', event: 'e1' }],
      },
    };
    const swept = { type: 'footholds-found', generation: 1, manifestHash: hash } as const;
    await ledger.append(INCIDENT, 'fact', 'swept', () => [
      { ...swept, look: 1, found: [found], gaps: ['account 111122223333: ThrottlingException'] },
      { ...swept, look: 2, found: [], gaps: [] },
    ]);
    const [first, second] = timelineOf(await ledger.read(INCIDENT)).slice(-2);
    expect(first).toMatchObject({
      title: 'Ways back in found',
      detail:
        'access-key AKIAMADE00000000000A of user dana (CreateAccessKey); not available: account 111122223333: ThrottlingException',
    });
    expect(second).toMatchObject({ title: 'No more ways back in found', detail: 'none' });
  });
});

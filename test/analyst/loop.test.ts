import { describe, expect, test } from 'vitest';
import { budgets } from '../../functions/analyst/budget.ts';
import { runStage } from '../../functions/analyst/loop.ts';
import { SUBMIT } from '../../functions/analyst/submit.ts';
import { entriesOf } from '../../functions/core/incident.ts';
import type { Model, ModelReply } from '../../functions/core/ports.ts';
import { INCIDENT, now, receive, rules, stageOver } from './bench.ts';
import {
  activeKey,
  closedGroup,
  describedInstance,
  foreignActivity,
  instanceFinding,
  keyFinding,
  noHistory,
  unreachableInstance,
} from './findings.ts';

const stolenKey = {
  'access-key-last-used': activeKey,
  'principal-activity': foreignActivity,
  'entity-history': noHistory,
};
const quietProbe = {
  'describe-instance': unreachableInstance,
  'security-group-exposure': closedGroup,
  'entity-history': noHistory,
};
const keyType = 'UnauthorizedAccess:IAMUser/MaliciousIPCaller';
const probeType = 'Recon:EC2/PortProbeUnprotectedPort';
const probe = (changes = {}) => instanceFinding(probeType, { severity: 2, ...changes });
const usage = { inputTokens: 10, outputTokens: 5, cacheReadTokens: 0, cacheWriteTokens: 0, usd: 0.001 };

/** A model that gives these replies in order, and repeats the last. */
function scripted(...toolUses: readonly ModelReply['toolUses'][]): Model & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    id: 'scripted',
    asked,
    converse: async (request) => {
      asked.push(request.force ?? 'free');
      const uses = toolUses[Math.min(asked.length, toolUses.length) - 1] ?? [];
      return { text: '', toolUses: uses, usage, stopReason: 'tool_use' };
    },
  };
}
const broken: Model = { id: 'broken', converse: () => Promise.reject(new Error('unavailable')) };
const verdict = {
  disposition: 'true-positive',
  severity: 'High',
  confidence: 0.9,
  attack: ['T1078.004'],
  summary: 'It happened.',
  claims: [],
  proposals: [],
};

describe('the stages with the rules analyst', () => {
  test('a stolen key is investigated, and its containment proposed on what the finding asserts', async () => {
    const parts = await stageOver([keyFinding(keyType)], { answers: stolenKey });
    expect(await runStage(parts)).toEqual({ next: 'investigate' });
    expect(await runStage({ ...parts, stage: 'investigate' })).toEqual({ next: 'plan' });
    const { verdict: reached } = await parts.ledger.read(INCIDENT);
    expect(reached?.verdict).toMatchObject({ disposition: 'true-positive', severity: 'High' });
    expect(reached?.verdict.proposals).toEqual([
      { action: 'deactivate-access-key', target: 'e1', params: {} },
      { action: 'revoke-sessions', target: 'e2', params: {} },
    ]);
    expect(reached?.untainted).toBeGreaterThan(0);
    expect(reached?.struck).toBe(0);
  });

  test('a user that built itself a way back in is quarantined, its key and sessions aside', async () => {
    const operations = [{ service: 'iam', name: 'CreateAccessKey', count: 2, errors: 1 }];
    const answers = { ...stolenKey, 'principal-activity': { ...foreignActivity, operations } };
    const finding = keyFinding('Persistence:IAMUser/AnomalousBehavior', { evidence: {} });
    const parts = await stageOver([finding], { answers, stage: 'investigate' });
    expect(await runStage(parts)).toEqual({ next: 'plan' });
    const { verdict: reached } = await parts.ledger.read(INCIDENT);
    expect(reached?.verdict.proposals).toContainEqual({
      action: 'quarantine-user',
      target: 'e2',
      params: {},
    });
    expect(reached?.verdict.proposals).toHaveLength(3);
  });

  test('an instance that talks to a command server is snapshotted before it is isolated', async () => {
    const parts = await stageOver([instanceFinding('Backdoor:EC2/C&CActivity.B')], {
      answers: { 'describe-instance': describedInstance, 'entity-history': noHistory },
      stage: 'investigate',
    });
    expect(await runStage(parts)).toEqual({ next: 'plan' });
    const { verdict: reached } = await parts.ledger.read(INCIDENT);
    expect(reached?.verdict.proposals.map(({ action }) => action)).toEqual([
      'snapshot-volumes',
      'isolate-instance',
    ]);
  });

  test.each([
    ['answers without a token gets IMDSv2', false, ['require-imdsv2']],
    ['demands a token is left to a person', true, []],
  ])(
    'a rebound name on an instance whose metadata service %s',
    async (_, metadataTokensRequired, proposed) => {
      const instance = { ...describedInstance, metadataTokensRequired };
      const parts = await stageOver([instanceFinding('UnauthorizedAccess:EC2/MetadataDNSRebind')], {
        answers: { 'describe-instance': instance, 'entity-history': noHistory },
        stage: 'investigate',
      });
      await runStage(parts);
      const { verdict: reached } = await parts.ledger.read(INCIDENT);
      expect(reached?.verdict.proposals.map(({ action }) => action)).toEqual(proposed);
    },
  );

  test('a probe of an instance that nothing can reach is closed at triage, with its reasons', async () => {
    const parts = await stageOver([probe()], { answers: quietProbe });
    expect(await runStage(parts)).toEqual({ next: 'close' });
    const { verdict: reached } = await parts.ledger.read(INCIDENT);
    expect(reached?.verdict.disposition).toBe('benign');
    expect(reached?.verdict.claims[0]?.cites[0]).toMatchObject({
      pointer: '/internetReachable',
      value: false,
    });
    expect(reached?.madeWith).toMatchObject({ playbook: 'network-probe', model: 'rules' });
  });

  test.each([
    ['the instance is not found', { 'describe-instance': null }],
    ['a tool fails', { 'security-group-exposure': new Error('Throttled') }],
    [
      'the group is open',
      { 'security-group-exposure': { ...closedGroup, openRules: describedInstance.openRules } },
    ],
    ['the instance can be reached', { 'describe-instance': describedInstance }],
  ])('nothing is closed when %s', async (_, answers) => {
    const parts = await stageOver([probe()], { answers: { ...quietProbe, ...answers } });
    expect(await runStage(parts)).toEqual({ next: 'investigate' });
  });

  test('one harmless finding does not close another of the same incident', async () => {
    const serious = instanceFinding('Backdoor:EC2/C&CActivity.B', { id: 'another' });
    const parts = await stageOver([serious, probe()], { answers: quietProbe });
    expect(await runStage(parts)).toEqual({ next: 'investigate' });
  });

  test('a finding of an unknown kind goes to a person, neither closed nor touched', async () => {
    const parts = await stageOver([instanceFinding('Quantum:EC2/Entangled')], { answers: quietProbe });
    await runStage(parts);
    await runStage({ ...parts, stage: 'investigate' });
    const { verdict: reached } = await parts.ledger.read(INCIDENT);
    expect(reached?.verdict).toMatchObject({ disposition: 'undetermined', proposals: [] });
    expect(reached?.next).toBe('plan');
  });
});

describe('the ledger of a stage', () => {
  test('a turn and its tool results are two commits, before the next turn begins', async () => {
    const parts = await stageOver([probe()], { answers: quietProbe });
    await runStage(parts);
    const commands = parts.ledger.commits.get(`${INCIDENT}#fact`)?.map(({ commandId }) => commandId);
    expect(commands?.slice(1)).toEqual([
      'triage#1#turn#1',
      'triage#1#turn#1#results',
      'triage#1#turn#2',
      'triage#1#turn#2#verdict#1',
    ]);
  });

  test('killed before any commit, it goes on from there and asks no question twice', async () => {
    const answers = { ...quietProbe };
    const whole = await stageOver([probe()], { answers });
    await runStage(whole);
    const expected = await whole.ledger.read(INCIDENT);
    for (let killAt = 1; killAt <= 4; killAt += 1) {
      const calls: string[] = [];
      const parts = await stageOver([probe()], { answers, calls });
      let appends = 0;
      parts.ledger.beforeAppend = () => {
        appends += 1;
        if (appends === killAt) throw new Error('killed');
      };
      await expect(runStage(parts)).rejects.toThrow('killed');
      expect(await runStage(parts)).toEqual({ next: 'close' });
      expect((await parts.ledger.read(INCIDENT)).hashes.fact).toBe(expected.hashes.fact);
      // The one round that was in flight is repeated, and no other.
      expect(calls.length).toBe(killAt === 2 ? 8 : 4);
    }
  });

  test('a verdict that stands is not reached again; a newer finding reopens the question', async () => {
    const parts = await stageOver([probe()], { answers: quietProbe });
    await runStage(parts);
    const before = await parts.ledger.read(INCIDENT);
    expect(await runStage(parts)).toEqual({ next: 'close' });
    expect((await parts.ledger.read(INCIDENT)).heads).toEqual(before.heads);
    await receive(parts.ledger, instanceFinding('Backdoor:EC2/C&CActivity.B', { id: 'later' }));
    expect(await runStage(parts)).toEqual({ next: 'investigate' });
  });

  test('an answer given before a finding arrived is refused, and the finding looked at', async () => {
    const parts = await stageOver([probe()], { answers: quietProbe });
    let arrived = false;
    parts.ledger.beforeAppend = (commandId) => {
      if (!commandId.endsWith('#verdict#1') || arrived) return;
      arrived = true;
      throw new Error('killed');
    };
    await expect(runStage(parts)).rejects.toThrow('killed');
    await receive(parts.ledger, instanceFinding('Backdoor:EC2/C&CActivity.B', { id: 'later' }));
    expect(await runStage(parts)).toEqual({ next: 'investigate' });
  });

  test('with no time left for a turn it says continue, and later goes on', async () => {
    const parts = await stageOver([probe()], { answers: quietProbe });
    const deadline = new Date(now().getTime() + 1000);
    expect(await runStage({ ...parts, deadline })).toEqual({ next: 'continue' });
    expect(await runStage(parts)).toEqual({ next: 'close' });
  });
});

describe('a model in the loop', () => {
  const ask = (id: string, tool: string, target: string) => ({ id, tool, input: { target } });
  const submit = (input: object) => [{ id: 's', tool: SUBMIT, input: input as never }];

  test('what it asks wrongly is answered with an error and recorded, and it may ask again', async () => {
    const model = scripted(
      [
        ask('a', 'delete-everything', 'e1'),
        ask('b', 'describe-instance', 'e99'),
        ask('c', 'describe-instance', 'e3'),
      ],
      submit(verdict),
    );
    const parts = await stageOver([probe()], { answers: quietProbe, models: [model, rules()] });
    await runStage(parts);
    const called = entriesOf(await parts.ledger.read(INCIDENT), 'tool-called');
    expect(called.map(({ evidence }) => evidence.status)).toEqual(['failed', 'failed', 'failed']);
    expect(called.map(({ evidence }) => evidence.output.reason)).toEqual([
      expect.stringContaining('no such tool'),
      expect.stringContaining('e99'),
      expect.stringContaining('asks about instance'),
    ]);
  });

  test.each([
    ['an action that the playbook does not allow', { action: 'deactivate-access-key', target: 'e1' }],
    ['an unknown action', { action: 'terminate-everything', target: 'e1' }],
    ['an unknown handle', { action: 'isolate-instance', target: 'e99' }],
    ['an entity of another kind', { action: 'isolate-instance', target: 'e3' }],
    ['a parameter of its own', { action: 'isolate-instance', target: 'e1', params: { cidr: '0.0.0.0/0' } }],
  ])('a proposal with %s is refused, and the fallback answers', async (_, proposal) => {
    const model = scripted(submit({ ...verdict, proposals: [{ params: {}, ...proposal }] }));
    const parts = await stageOver([instanceFinding('Backdoor:EC2/C&CActivity.B')], {
      answers: { 'describe-instance': describedInstance, 'entity-history': noHistory },
      models: [model, rules()],
    });
    await runStage(parts);
    const incident = await parts.ledger.read(INCIDENT);
    expect(incident.verdict?.analyst).toBe('rules');
    expect(model.asked.at(-1)).toBe(SUBMIT);
    expect(entriesOf(incident, 'model-turn').length).toBe(budgets.triage.turns + 1);
  });

  test('a proposal on an instance that was only claimed is refused for that', async () => {
    const affectedResources = { 'AWS::EC2::Instance': 'i-0fff0000000000009' };
    const service = { action: { actionType: 'AWS_API_CALL', awsApiCallAction: { affectedResources } } };
    const finding = instanceFinding('Backdoor:EC2/C&CActivity.B', { service });
    const at = finding.entities.findIndex(({ id }) => id === 'i-0fff0000000000009');
    expect(finding.entities[at]).toMatchObject({ kind: 'instance', trust: 'claimed' });
    const proposal = { action: 'isolate-instance', target: `e${at + 1}`, params: {} };
    const model = scripted(submit({ ...verdict, proposals: [proposal] }), submit(verdict));
    const parts = await stageOver([finding], { models: [model, rules()] });
    await runStage(parts);
    const [refused] = entriesOf(await parts.ledger.read(INCIDENT), 'tool-called');
    expect(refused?.evidence.output.reason).toContain('only claimed');
  });

  test('a claim whose citation does not hold is struck and counted', async () => {
    const cites = [{ evidence: 'ev-000000000000', pointer: '/state', value: 'running' }];
    const parts = await stageOver([probe()], {
      answers: quietProbe,
      models: [scripted(submit({ ...verdict, claims: [{ text: 'It runs.', cites }] })), rules()],
    });
    await runStage(parts);
    const { verdict: reached } = await parts.ledger.read(INCIDENT);
    expect(reached).toMatchObject({ struck: 1, untainted: 0 });
    expect(reached?.verdict.claims).toEqual([]);
  });

  test('a dismissal that rests on nothing, or on what an attacker wrote, becomes undetermined', async () => {
    const finding = probe();
    const { findingExhibitId } = await import('../../functions/analyst/exhibit.ts');
    const cites = [
      {
        evidence: findingExhibitId(finding),
        pointer: '/finding_info/title',
        value: finding.finding_info.title,
      },
    ];
    for (const claims of [[], [{ text: 'The title says so.', cites }]]) {
      const benign = { ...verdict, disposition: 'benign', severity: 'Informational', claims };
      const parts = await stageOver([finding], { models: [scripted(submit(benign)), rules()] });
      expect(await runStage(parts)).toEqual({ next: 'investigate' });
      expect((await parts.ledger.read(INCIDENT)).verdict?.verdict).toMatchObject({
        disposition: 'undetermined',
        severity: 'Low',
      });
    }
  });

  test('an answer that does not dismiss cannot lower the severity', async () => {
    const parts = await stageOver([instanceFinding('Backdoor:EC2/C&CActivity.B')], {
      models: [scripted(submit({ ...verdict, severity: 'Informational' })), rules()],
    });
    await runStage(parts);
    expect((await parts.ledger.read(INCIDENT)).verdict?.verdict.severity).toBe('High');
  });

  test('a model that fails is replaced by the next; when all fail, a person is asked', async () => {
    const withRules = await stageOver([probe()], { answers: quietProbe, models: [broken, rules()] });
    expect(await runStage(withRules)).toEqual({ next: 'close' });
    const alone = await stageOver([probe()], { models: [broken] });
    expect(await runStage(alone)).toEqual({ next: 'investigate' });
    const { verdict: reached } = await alone.ledger.read(INCIDENT);
    expect(reached).toMatchObject({ analyst: 'none', verdict: { disposition: 'undetermined' } });
    expect(reached?.verdict.summary).toContain('broken failed');
  });

  test('a spent budget of dollars leaves the rules analyst', async () => {
    const model = scripted([ask('a', 'describe-instance', 'e1')]);
    const parts = await stageOver([probe()], {
      answers: quietProbe,
      models: [model, rules()],
      budget: { ...budgets.triage, usd: 0.0015 },
    });
    await runStage(parts);
    expect(model.asked.length).toBe(2);
    expect((await parts.ledger.read(INCIDENT)).verdict?.analyst).toBe('rules');
  });

  test('a model that only talks is made to answer', async () => {
    const model = scripted([]);
    const parts = await stageOver([probe()], { answers: quietProbe, models: [model, rules()] });
    await runStage(parts);
    expect(model.asked).toEqual(['free', 'free', 'free', 'free', SUBMIT]);
    expect((await parts.ledger.read(INCIDENT)).verdict?.analyst).toBe('rules');
  });
});

test('a tool that failed at triage is asked again by the investigation', async () => {
  const calls: string[] = [];
  const finding = instanceFinding('Backdoor:EC2/C&CActivity.B');
  const failing = { 'describe-instance': new Error('Throttled'), 'entity-history': noHistory };
  const parts = await stageOver([finding], { answers: failing, calls });
  await runStage(parts);
  const { toolCaller } = await import('../../functions/analyst/tools.ts');
  const { answering } = await import('./bench.ts');
  const tools = toolCaller(answering({ ...failing, 'describe-instance': describedInstance }, calls));
  await runStage({ ...parts, stage: 'investigate', tools });
  expect(calls.filter((call) => call === 'describe-instance e1')).toHaveLength(2);
  expect(calls.filter((call) => call === 'entity-history e1')).toHaveLength(1);
  expect((await parts.ledger.read(INCIDENT)).verdict?.verdict.disposition).toBe('true-positive');
});

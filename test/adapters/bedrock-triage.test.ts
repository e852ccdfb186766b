import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { budgets } from '../../functions/analyst/budget.ts';
import { runStage } from '../../functions/analyst/loop.ts';
import { entriesOf } from '../../functions/core/incident.ts';
import type { Playbook } from '../../functions/core/playbook.ts';
import type { Model } from '../../functions/core/ports.ts';
import { INCIDENT, rules, stageOver } from '../analyst/bench.ts';
import { activeKey, keyFinding } from '../analyst/findings.ts';
import { call, HAIKU, modelAt, OPUS, refusal, reply } from './bedrock-cases.ts';
import { type BedrockEndpoint, type RecordedRequest, startBedrockEndpoint } from './bedrock-endpoint.ts';

let endpoint: BedrockEndpoint;
beforeEach(async () => {
  endpoint = await startBedrockEndpoint();
});
afterEach(() => endpoint.close());

const playbook: Playbook = {
  id: 'stolen-key',
  title: 'A key in foreign hands',
  types: ['*'],
  attack: ['T1078.004'],
  severityFloor: 'Medium',
  danger: 'high',
  leaseHours: 24,
  sweepMinutes: 0,
  watchMinutes: 30,
  approvalHours: 4,
  evidence: [],
  rules: [],
  actions: ['deactivate-access-key'],
};

function triage(model: Model, budget = budgets.triage) {
  return stageOver([keyFinding('UnauthorizedAccess:IAMUser/MaliciousIPCaller')], {
    models: [model, rules()],
    answers: { 'access-key-last-used': activeKey },
    prompts: { 'analyst.md': 'You are an analyst.', 'triage.md': 'Triage the incident.' },
    playbookFor: () => playbook,
    budget,
  });
}

/** The verdict of a model that read the evidence which it was shown. */
function verdictOn(evidence: string): object {
  return {
    disposition: 'true-positive',
    severity: 'High',
    confidence: 0.9,
    attack: ['T1078.004'],
    summary: 'The key is in use from elsewhere.',
    claims: [{ text: 'The key is active.', cites: [{ evidence, pointer: '/status', value: 'Active' }] }],
    proposals: [{ action: 'deactivate-access-key', target: 'e1', params: {} }],
  };
}

function shownEvidence({ body }: RecordedRequest): string {
  const result = body.messages.at(-1)?.content[0]?.toolResult?.content[0]?.text;
  return /ev-[0-9a-f]{12}/.exec(result ?? '')?.[0] ?? 'no evidence was shown';
}

describe('a triage stage with a model behind Bedrock', () => {
  it('asks a tool, reads its answer and reaches a verdict whose claim holds', async () => {
    endpoint.script(
      reply([{ text: 'I look at the key.' }, call('t1', 'access-key-last-used', { target: 'e1' })], {
        stopReason: 'tool_use',
        usage: { inputTokens: 2000, outputTokens: 100, totalTokens: 2100 },
      }),
      (request) =>
        reply([call('t2', 'submit', verdictOn(shownEvidence(request)))], { stopReason: 'tool_use' }),
    );
    const parts = await triage(modelAt(endpoint));
    expect(await runStage(parts)).toEqual({ next: 'investigate' });

    const incident = await parts.ledger.read(INCIDENT);
    expect(incident.verdict).toMatchObject({ analyst: HAIKU, struck: 0, untainted: 1 });
    expect(incident.verdict?.verdict.proposals).toHaveLength(1);
    const [first, second] = entriesOf(incident, 'model-turn');
    expect(first).toMatchObject({
      model: HAIKU,
      stopReason: 'tool_use',
      usage: { inputTokens: 2000, usd: 0.0025 },
    });
    expect(second?.usage.usd).toBeGreaterThan(0);
  });

  it('falls back to the rules when Bedrock stays throttled, and says so', async () => {
    endpoint.script(...Array.from({ length: 5 }, () => refusal(429, 'ThrottlingException')));
    const parts = await triage(modelAt(endpoint));
    expect(await runStage(parts)).toEqual({ next: 'investigate' });
    const [turn] = entriesOf(await parts.ledger.read(INCIDENT), 'model-turn');
    expect(turn?.model).toBe('rules');
    expect(turn?.text).toContain(`${HAIKU} failed: ModelUnavailableError`);
    expect(endpoint.requests).toHaveLength(5);
  });

  it('is made to answer in its last turn, also where the model takes no tool choice', async () => {
    endpoint.script(reply([call('t1', 'submit', verdictOn('ev-000000000000'))], { stopReason: 'tool_use' }));
    const parts = await triage(modelAt(endpoint, { modelId: OPUS }), { ...budgets.triage, turns: 1 });
    await runStage(parts);
    expect(endpoint.requests[0]?.body.messages.at(-1)?.content.at(-1)?.text).toMatch(
      /Call the tool submit now/,
    );
    expect((await parts.ledger.read(INCIDENT)).verdict).toMatchObject({ analyst: OPUS, struck: 1 });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entriesOf, type Incident } from '../../functions/core/incident.ts';
import { call, HAIKU, refusal, reply } from '../adapters/bedrock-cases.ts';
import {
  type BedrockEndpoint,
  type RecordedRequest,
  type Script,
  startBedrockEndpoint,
} from '../adapters/bedrock-endpoint.ts';
import { seedOf, startTestCloud, type TestCloud } from '../e2e/cloud.ts';
import { findingAbout, type Victim, victim } from '../e2e/victims.ts';

const victims = Array.from({ length: 4 }, (_, index) => victim('c2-instance', index + 1));
let endpoint: BedrockEndpoint;
let test: TestCloud;
let fresh: Victim[];
/** How the model behaves from now on; it is asked as often as it likes. */
let behaviour: readonly Script[] = [];
let asked = 0;
const behave = (...scripts: readonly Script[]) => {
  behaviour = scripts;
  asked = 0;
};
const answer: Script = (request) => {
  const script = behaviour[asked % behaviour.length] ?? refusal(400, 'ValidationException');
  asked += 1;
  return typeof script === 'function' ? script(request) : script;
};
beforeAll(async () => {
  fresh = [...victims];
  endpoint = await startBedrockEndpoint();
  endpoint.script(...Array.from({ length: 500 }, () => answer));
  test = await startTestCloud({
    accountSeed: seedOf(victims),
    functionVariables: {
      ANALYST: 'bedrock',
      TRIAGE_MODEL: HAIKU,
      INVESTIGATE_MODEL: HAIKU,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: endpoint.url,
    },
  });
});
afterAll(async () => {
  await test.stop();
  await endpoint.close();
});

const usage = { inputTokens: 2000, outputTokens: 100, totalTokens: 2100 };
const says = (content: readonly object[]) => reply(content, { stopReason: 'tool_use', usage });

/** The model looks at the instance, and then answers with what it was shown. */
const asks = says([{ text: 'I look at the instance.' }, call('t1', 'describe-instance', { target: 'e1' })]);
const submits: Script = (request) => {
  const evidence = shown(request);
  return says([
    call('t2', 'submit', {
      disposition: 'true-positive',
      severity: 'High',
      confidence: 0.95,
      attack: ['T1071'],
      summary: 'The instance runs and talks to a known server.',
      claims: [{ text: 'It runs.', cites: [{ evidence, pointer: '/state', value: 'running' }] }],
      proposals: [{ action: 'snapshot-volumes', target: 'e1', params: {} }],
    }),
  ]);
};

/** The evidence that the model was given, whether in the opening or as a tool's answer. */
function shown({ body }: RecordedRequest): string {
  return /ev-[0-9a-f]{12}/.exec(JSON.stringify(body.messages))?.[0] ?? 'none';
}

function attack(): Promise<Incident> {
  const next = fresh.shift();
  if (!next) throw new Error('more victims are needed');
  return test.respond(findingAbout(next));
}

describe('with a model behind Bedrock', () => {
  it('every turn is in the ledger with its usage and cost, and evidence alone is taken without asking', async () => {
    behave(asks, submits);
    const incident = await attack();
    const turns = entriesOf(incident, 'model-turn');
    expect(turns.map(({ stage, model }) => `${stage} ${model}`)).toEqual([
      ...[`triage ${HAIKU}`, `triage ${HAIKU}`],
      ...[`investigate ${HAIKU}`, `investigate ${HAIKU}`],
    ]);
    for (const { usage: counted } of turns) {
      expect(counted).toMatchObject({ inputTokens: 2000, outputTokens: 100 });
      expect(counted.usd).toBeCloseTo(0.0025, 6);
    }
    expect(incident.verdict).toMatchObject({ analyst: HAIKU, struck: 0 });
    expect(incident.decision?.decision).toMatchObject({
      outcome: 'autonomous',
      policies: ['evidence-alone'],
    });
    expect(incident.status).toBe('contained');
    expect(incident.plan?.manifest.actions.map(({ action }) => action)).toEqual(['snapshot-volumes']);
    expect(test.cloud.mails().filter(({ subject }) => subject.includes('Decide'))).toEqual([]);
  });

  it('the mode propose asks a person even for that', async () => {
    await test.setMode('propose');
    behave(asks, submits);
    const incident = await attack();
    expect(incident.status).toBe('awaiting-approval');
    expect(incident.effects).toEqual([]);
    await test.setMode('act');
  });

  it('what it says of a target or an action that is not on the list is refused, and the rules answer', async () => {
    const before = endpoint.requests.length;
    const wish = { action: 'delete-everything', target: 'e1', params: {} };
    const bad: Script = (request) => {
      const scripted = typeof submits === 'function' ? submits(request) : submits;
      return JSON.parse(
        JSON.stringify(scripted).replace(/\{"action":"snapshot-volumes"[^}]*\{\}\}/, JSON.stringify(wish)),
      );
    };
    behave(bad);
    const incident = await attack();
    expect(endpoint.requests.length).toBeGreaterThan(before);
    expect(JSON.stringify(incident.plan ?? {})).not.toContain('delete-everything');
    expect(incident.effects).toEqual([]);
    expect(['awaiting-approval', 'escalated']).toContain(incident.status);
  });
});

describe('with a model that only fails', () => {
  it('the rules take over and the incident comes to rest', async () => {
    behave(refusal(400, 'ValidationException', 'no'));
    const incident = await attack();
    expect(entriesOf(incident, 'model-turn').every(({ model }) => model === 'rules')).toBe(true);
    expect(entriesOf(incident, 'model-turn')[0]?.text).toContain(`${HAIKU} failed`);
    expect(incident.status).toBe('awaiting-approval');
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bedrockModel } from '../../functions/adapters/bedrock.ts';
import { ModelRequestInvalidError } from '../../functions/adapters/bedrock-errors.ts';
import type { Turn } from '../../functions/core/ports.ts';
import { ask, call, HAIKU, lookUp, modelAt, NOVA, OPUS, reply, SONNET, submit } from './bedrock-cases.ts';
import { type BedrockEndpoint, startBedrockEndpoint } from './bedrock-endpoint.ts';
import type { WireBlock } from './bedrock-rules.ts';

let endpoint: BedrockEndpoint;
beforeEach(async () => {
  endpoint = await startBedrockEndpoint();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await endpoint.close();
});

function sent(index = 0) {
  const request = endpoint.requests[index];
  if (!request) throw new Error(`there was no request ${index}`);
  return request;
}

const cachePoint = { cachePoint: { type: 'default' } };
const long = 'A rule that never changes. '.repeat(600);

describe('a conversation', () => {
  it('answers with text and tool calls, in order', async () => {
    endpoint.script(
      reply(
        [
          { text: 'I look.' },
          call('t1', 'look-up', { target: 'e1' }),
          call('t2', 'look-up', { target: 'e2' }),
        ],
        {
          stopReason: 'tool_use',
        },
      ),
    );
    const answer = await modelAt(endpoint).converse(ask());
    expect(answer).toMatchObject({
      text: 'I look.',
      stopReason: 'tool_use',
      toolUses: [
        { id: 't1', tool: 'look-up', input: { target: 'e1' } },
        { id: 't2', tool: 'look-up', input: { target: 'e2' } },
      ],
    });
  });

  it('sends system, opening, tools and the bound on output, and no sampling parameter', async () => {
    endpoint.script(reply([{ text: 'Nothing.' }]));
    await modelAt(endpoint).converse(ask());
    expect(sent().modelId).toBe(HAIKU);
    expect(sent().body).toEqual({
      system: [{ text: 'You are an analyst.' }],
      messages: [{ role: 'user', content: [{ text: 'What happened?' }] }],
      toolConfig: {
        tools: [lookUp, submit].map(({ name, description, inputSchema }) => ({
          toolSpec: { name, description, inputSchema: { json: inputSchema } },
        })),
        toolChoice: { auto: {} },
      },
      inferenceConfig: { maxTokens: 500 },
    });
  });

  it('shows earlier turns as the assistant said them, each call with its result', async () => {
    endpoint.script(reply([{ text: 'Done.' }]));
    const toolUses = [
      { id: 't1', tool: 'look-up', input: { target: 'e1' } },
      { id: 't2', tool: 'look-up', input: {} },
    ];
    const results = [{ toolUseId: 't1', content: 'an instance' }];
    await modelAt(endpoint).converse(ask({ turns: [{ text: 'I look.', toolUses, results }] }));
    expect(sent().body.messages.slice(1)).toEqual([
      {
        role: 'assistant',
        content: [{ text: 'I look.' }, call('t1', 'look-up', { target: 'e1' }), call('t2', 'look-up', {})],
      },
      {
        role: 'user',
        content: [
          { toolResult: { toolUseId: 't1', content: [{ text: 'an instance' }] } },
          { toolResult: { toolUseId: 't2', content: [{ text: 'not run' }], status: 'error' } },
        ],
      },
    ]);
  });

  const use = { id: 't1', tool: 'look-up', input: {} };
  it.each<[string, Turn]>([
    ['of a call without words', { text: ' ', toolUses: [use], results: [{ toolUseId: 't1', content: 'x' }] }],
    ['of words without a call', { text: 'Hm.', toolUses: [], results: [] }],
    ['of neither', { text: '', toolUses: [], results: [] }],
    [
      'with an empty result',
      { text: 'I look.', toolUses: [use], results: [{ toolUseId: 't1', content: '' }] },
    ],
  ])('stays one that Bedrock accepts after a turn %s', async (_, turn) => {
    endpoint.script(reply([{ text: 'Done.' }]));
    await expect(modelAt(endpoint).converse(ask({ turns: [turn, turn] }))).resolves.toMatchObject({
      text: 'Done.',
    });
  });

  it('goes without a system text and without tools', async () => {
    endpoint.script(reply([{ text: 'Done.' }]));
    await modelAt(endpoint).converse(ask({ system: '', tools: [] }));
    expect(sent().body).not.toHaveProperty('system');
    expect(sent().body).not.toHaveProperty('toolConfig');
  });
});

describe('a forced tool', () => {
  it('is a tool choice where the model takes one', async () => {
    endpoint.script(reply([call('t1', 'submit', { score: 1 })], { stopReason: 'tool_use' }));
    await modelAt(endpoint, { modelId: SONNET }).converse(ask({ force: 'submit' }));
    expect(sent().body.toolConfig?.toolChoice).toEqual({ tool: { name: 'submit' } });
  });

  it('is asked for in words where the model refuses a tool choice', async () => {
    endpoint.script(reply([call('t1', 'submit', { score: 1 })], { stopReason: 'tool_use' }));
    await modelAt(endpoint, { modelId: OPUS }).converse(ask({ force: 'submit' }));
    expect(sent().body.toolConfig?.toolChoice).toEqual({ auto: {} });
    expect(sent().body.messages.at(-1)?.content.at(-1)?.text).toContain('submit');
  });

  it('must be one that is offered', async () => {
    const asked = modelAt(endpoint).converse(ask({ force: 'delete' }));
    await expect(asked).rejects.toThrow(ModelRequestInvalidError);
    expect(endpoint.requests).toEqual([]);
  });
});

describe('cache points', () => {
  const points = ({ body }: { readonly body: ReturnType<typeof sent>['body'] }) => {
    const at = (blocks: readonly WireBlock[] = []) => blocks.map((block) => 'cachePoint' in block);
    return {
      tools: at(body.toolConfig?.tools),
      system: at(body.system),
      messages: body.messages.map(({ content }) => at(content)),
    };
  };

  it('close tools, system and messages, each where the prefix is long enough', async () => {
    endpoint.script(reply([{ text: 'Done.' }]), reply([{ text: 'Done.' }]));
    const model = modelAt(endpoint, { modelId: SONNET });
    await model.converse(ask({ system: long }));
    await model.converse(ask({ tools: [{ ...lookUp, description: long }] }));
    expect(points(sent(0))).toEqual({
      tools: [false, false],
      system: [false, true],
      messages: [[false, true]],
    });
    expect(points(sent(1))).toEqual({
      tools: [false, true],
      system: [false, true],
      messages: [[false, true]],
    });
    expect(sent(1).body.system?.at(-1)).toEqual(cachePoint);
  });

  it('are left out below the minimum of the model', async () => {
    endpoint.script(reply([{ text: 'Done.' }]), reply([{ text: 'Done.' }]));
    const system = 'x'.repeat(3 * 2000);
    await modelAt(endpoint, { modelId: SONNET }).converse(ask({ system }));
    await modelAt(endpoint, { modelId: HAIKU }).converse(ask({ system }));
    expect(points(sent(0)).system).toEqual([false, true]);
    expect(points(sent(1)).system).toEqual([false]);
  });

  it('stand only where the model takes them', async () => {
    endpoint.script(reply([{ text: 'Done.' }]));
    const tools = [{ ...lookUp, description: long }];
    await modelAt(endpoint, { modelId: NOVA }).converse(ask({ system: long, opening: long, tools }));
    expect(points(sent())).toEqual({ tools: [false], system: [false, true], messages: [[false]] });
  });

  it('keep the bytes before them from turn to turn', async () => {
    endpoint.script(reply([{ text: 'Done.' }]), reply([{ text: 'Done.' }]));
    const model = modelAt(endpoint, { modelId: SONNET });
    await model.converse(ask({ system: long }));
    await model.converse(ask({ system: long, turns: [{ text: 'Hm.', toolUses: [], results: [] }] }));
    const prefix = ({ body }: ReturnType<typeof sent>) =>
      JSON.stringify([body.toolConfig?.tools, body.system, body.messages[0]?.content[0]]);
    expect(prefix(sent(1))).toBe(prefix(sent(0)));
  });

  it('do not write what a forced choice would invalidate', async () => {
    endpoint.script(reply([call('t1', 'submit', {})], { stopReason: 'tool_use' }));
    await modelAt(endpoint, { modelId: SONNET }).converse(ask({ system: long, force: 'submit' }));
    expect(points(sent()).messages).toEqual([[false]]);
    expect(points(sent()).system).toEqual([false, true]);
  });
});

describe('the wire', () => {
  it('is HTTP/2, signed for bedrock', async () => {
    endpoint.script(reply([{ text: 'Done.' }]));
    await modelAt(endpoint).converse(ask());
    expect(sent().httpVersion).toBe('2.0');
    expect(sent().headers.authorization).toMatch(/\/eu-west-1\/bedrock\/aws4_request/);
  });

  it('is found through the environment by the client that the adapter makes itself', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', endpoint.url);
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-secret-key');
    endpoint.script(reply([{ text: 'Done.' }]));
    await expect(bedrockModel({ modelId: HAIKU }).converse(ask())).resolves.toMatchObject({ text: 'Done.' });
    expect(sent().httpVersion).toBe('2.0');
    expect(sent().headers['amz-sdk-request']).toBe('attempt=1; max=1');
  });

  it('carries calls at the same time, each with its own answer', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    for (const name of names) endpoint.script(reply([{ text: name }], { delayMs: 300 }));
    const model = modelAt(endpoint);
    const answers = await Promise.all(names.map((name) => model.converse(ask({ opening: name }))));
    const byArrival = endpoint.requests.map(({ body }) => body.messages[0]?.content[0]?.text);
    expect(byArrival.toSorted()).toEqual(names);
    for (const [index, name] of names.entries())
      expect(answers[index]?.text).toBe(names[byArrival.indexOf(name)]);
    expect(endpoint.busiest).toBeGreaterThan(1);
  });

  it('may be HTTP/1.1 for other clients', async () => {
    endpoint.script(reply([{ text: 'Done.' }]));
    const answer = await fetch(`${endpoint.url}/model/${encodeURIComponent(HAIKU)}/converse`, {
      method: 'POST',
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261101/eu-west-1/bedrock/aws4_request',
      },
      body: JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] }),
    });
    expect(await answer.json()).toMatchObject({ stopReason: 'end_turn' });
    expect(sent().httpVersion).toBe('1.1');
  });
});

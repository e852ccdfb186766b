import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ModelAccessDeniedError,
  ModelError,
  ModelRefusedError,
  ModelReplyInvalidError,
  ModelRequestInvalidError,
  ModelUnavailableError,
} from '../../functions/adapters/bedrock-errors.ts';
import { ask, call, modelAt, refusal, reply } from './bedrock-cases.ts';
import { type BedrockEndpoint, type ScriptedReply, startBedrockEndpoint } from './bedrock-endpoint.ts';

let endpoint: BedrockEndpoint;
beforeEach(async () => {
  endpoint = await startBedrockEndpoint();
});
afterEach(() => endpoint.close());

const throttled = refusal(429, 'ThrottlingException');
const done = reply([{ text: 'Done.' }]);

/** Waits in a time of its own, and notes how long. */
function waitingFor(random: number) {
  const pauses: number[] = [];
  const pause = async (milliseconds: number) => void pauses.push(milliseconds);
  const now = () => pauses.reduce((sum, each) => sum + each, 0);
  return { pauses, waiting: { pause, random: () => random, now } };
}

describe('what time can cure', () => {
  it.each<[string, ScriptedReply]>([
    ['throttling', throttled],
    ['an unavailable service', refusal(503, 'ServiceUnavailableException')],
    ['a fault inside', refusal(500, 'InternalServerException')],
    ['a model that is not ready', refusal(429, 'ModelNotReadyException')],
    ['a model that timed out', refusal(408, 'ModelTimeoutException')],
    ['an error page', { kind: 'raw', status: 502, body: '<html>Bad gateway</html>' }],
    ['a connection that breaks', { kind: 'hang-up' }],
    ['a stream that is reset', { kind: 'reset' }],
  ])('is tried again: %s', async (_, failure) => {
    endpoint.script(failure, done);
    await expect(modelAt(endpoint).converse(ask())).resolves.toMatchObject({ text: 'Done.' });
    expect(endpoint.requests).toHaveLength(2);
  });

  it('is tried again after a random part of a doubling pause', async () => {
    endpoint.script(throttled, throttled, throttled, done);
    const { pauses, waiting } = waitingFor(0.5);
    await modelAt(endpoint, { waiting }).converse(ask());
    expect(pauses).toEqual([500, 1000, 2000]);
  });

  it('never waits longer than twenty seconds', async () => {
    endpoint.script(...Array.from({ length: 7 }, () => throttled), done);
    const { pauses, waiting } = waitingFor(1);
    await modelAt(endpoint, { waiting, limits: { attempts: 9, totalMs: 600_000 } }).converse(ask());
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]);
  });

  it('is given up after five attempts', async () => {
    endpoint.script(...Array.from({ length: 9 }, () => throttled));
    const error = await failureOf(modelAt(endpoint));
    expect(error).toBeInstanceOf(ModelUnavailableError);
    expect(error).toMatchObject({ attempts: 5, cause: { name: 'ThrottlingException' } });
    expect(endpoint.requests).toHaveLength(5);
  });

  it('is given up rather than waited for beyond the total time', async () => {
    endpoint.script(...Array.from({ length: 9 }, () => throttled));
    const { pauses, waiting } = waitingFor(1);
    const error = await failureOf(modelAt(endpoint, { waiting, limits: { attempts: 9, totalMs: 7000 } }));
    expect(error).toMatchObject({ name: 'ModelUnavailableError', attempts: 3 });
    expect(pauses).toEqual([1000, 2000]);
  });

  it.each<[string, ScriptedReply]>([
    ['that never begins', { kind: 'silence' }],
    ['that never ends', { kind: 'unfinished' }],
  ])('includes an answer %s, which is cut off and asked for again', async (_, stuck) => {
    endpoint.script(stuck, done);
    const model = modelAt(endpoint, { limits: { attemptMs: 600 } });
    await expect(model.converse(ask())).resolves.toMatchObject({ text: 'Done.' });
  });

  it('ends with the total time, also inside an attempt', async () => {
    endpoint.script({ kind: 'silence' });
    const began = performance.now();
    const error = await failureOf(modelAt(endpoint, { limits: { totalMs: 150 } }));
    expect(error).toMatchObject({ name: 'ModelUnavailableError', cause: { name: 'TimeoutError' } });
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('what time cannot cure', () => {
  it.each([
    [400, 'ValidationException', ModelRequestInvalidError],
    [403, 'AccessDeniedException', ModelAccessDeniedError],
    [403, 'UnrecognizedClientException', ModelAccessDeniedError],
    [403, 'ExpiredTokenException', ModelAccessDeniedError],
    [404, 'ResourceNotFoundException', ModelAccessDeniedError],
    [400, 'ServiceQuotaExceededException', ModelUnavailableError],
    [424, 'ModelErrorException', ModelUnavailableError],
    [418, 'SomethingNewException', ModelUnavailableError],
  ])('is tried once: %i %s', async (status, type, errorClass) => {
    endpoint.script(refusal(status, type), done);
    const error = await failureOf(modelAt(endpoint));
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toBeInstanceOf(ModelError);
    expect(error.cause).toMatchObject({ name: type });
    expect(error.message).toContain(type);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('keeps what the service said, and every credential, out of the message', async () => {
    endpoint.script(refusal(400, 'ValidationException', 'messages.0: password hunter2 is not allowed'));
    const { message } = await failureOf(modelAt(endpoint));
    expect(message).not.toMatch(/hunter2|a-secret-key|a-session-token|AKIDEXAMPLE/);
    expect(message).toMatch(/ValidationException, HTTP 400, request [0-9a-f-]{36}/);
  });
});

describe('an answer that cannot be used', () => {
  const usage = { inputTokens: 1000, outputTokens: 100, totalTokens: 1100 };
  const block = [{ text: 'x' }];

  it.each<[string, ScriptedReply, string]>([
    ['no JSON', { kind: 'raw', status: 200, body: '<html>' }, 'no readable body'],
    ['no usage', { kind: 'raw', status: 200, body: '{"stopReason":"end_turn"}' }, 'usage'],
    ['negative usage', reply(block, { usage: { inputTokens: -1, outputTokens: 0 } }), 'usage.inputTokens'],
    ['no message', { kind: 'output', output: { stopReason: 'end_turn', usage } }, 'output'],
    ['no content', reply([]), 'no text and no tool call'],
    ['blank content', reply([{ text: ' \n' }]), 'no text and no tool call'],
    [
      'only reasoning',
      reply([{ reasoningContent: { reasoningText: { text: 'Hm.' } } }]),
      'no text and no tool call',
    ],
    ['tool input that is a text', reply([call('t1', 'submit', 'yes')]), 'input'],
    ['tool input that is a list', reply([call('t1', 'submit', [1])]), 'input'],
    ['a tool name that cannot be shown again', reply([call('t1', 'sub mit', {})]), 'name'],
    ['a malformed tool use', reply(block, { stopReason: 'malformed_tool_use' }), 'malformed_tool_use'],
    ['a full context', reply(block, { stopReason: 'model_context_window_exceeded' }), 'context_window'],
    ['a reason that nobody knows', reply(block, { stopReason: 'bored' }), 'bored'],
  ])('is named, and not asked for again: %s', async (_, answer, problem) => {
    endpoint.script(answer, done);
    const error = await failureOf(modelAt(endpoint));
    expect(error).toBeInstanceOf(ModelReplyInvalidError);
    expect(error.message).toContain(problem);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('says what it cost, and what to do where thinking took all tokens', async () => {
    endpoint.script(reply([{ reasoningContent: {} }], { stopReason: 'max_tokens', usage }));
    const error = await failureOf(modelAt(endpoint));
    expect(error).toMatchObject({ usage: { inputTokens: 1000, outputTokens: 100, usd: 0.0015 } });
    expect(error.message).toContain('allow more output tokens');
  });

  it.each(['guardrail_intervened', 'content_filtered', 'refusal'])(
    'may be a refusal, with its cost: %s',
    async (stopReason) => {
      endpoint.script(reply([{ text: 'Sorry.' }, call('t1', 'submit', {})], { stopReason, usage }));
      const error = await failureOf(modelAt(endpoint));
      expect(error).toBeInstanceOf(ModelRefusedError);
      expect(error).toMatchObject({ stopReason, usage: { usd: 0.0015 } });
    },
  );
});

describe('an answer that can be used in part', () => {
  it('loses its tool calls when it was cut off', async () => {
    endpoint.script(reply([{ text: 'I' }, call('t1', 'submit', { score: 1 })], { stopReason: 'max_tokens' }));
    const answer = await modelAt(endpoint).converse(ask());
    expect(answer).toMatchObject({ text: 'I', toolUses: [], stopReason: 'max_tokens' });
  });

  it('loses its reasoning and kinds of content that are not known', async () => {
    const reasoning = { reasoningContent: { reasoningText: { text: 'secretly', signature: 'abc' } } };
    endpoint.script(reply([reasoning, { text: 'One.' }, { hologram: { depth: 3 } }, { text: 'Two.' }]));
    const answer = await modelAt(endpoint).converse(ask());
    expect(answer).toMatchObject({ text: 'One.\nTwo.', toolUses: [] });
  });

  it('is cut to a bound', async () => {
    endpoint.script(reply([{ text: `${'x'.repeat(15_999)}😀 and on` }]));
    const { text } = await modelAt(endpoint).converse(ask());
    expect(text).toHaveLength(16_000);
    expect(text.isWellFormed()).toBe(true);
  });
});

async function failureOf(model: ReturnType<typeof modelAt>): Promise<Error> {
  try {
    await model.converse(ask());
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('the call did not fail');
}

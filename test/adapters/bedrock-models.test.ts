import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bedrockModel } from '../../functions/adapters/bedrock.ts';
import { ModelUnknownError } from '../../functions/adapters/bedrock-errors.ts';
import { modelFacts } from '../../functions/adapters/bedrock-models.ts';
import { ask, call, modelAt, reply } from './bedrock-cases.ts';
import { type BedrockEndpoint, startBedrockEndpoint } from './bedrock-endpoint.ts';

const HAIKU = 'anthropic.claude-haiku-4-5';
const opaque = 'arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/a1b2c3d4e5f6';

describe('the facts of a model', () => {
  it.each([
    ['global.anthropic.claude-opus-5-5', 4],
    ['eu.anthropic.claude-opus-5-5', 4.4],
    ['us-gov.anthropic.claude-sonnet-5-v1:0', 2.2],
    ['anthropic.claude-sonnet-5', 2.2],
    ['global.anthropic.claude-haiku-4-5-20251001-v1:0', 1],
    [`arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.${HAIKU}-20251001-v1:0`, 1.1],
    [`arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/${HAIKU}-20251001-v1:0`, 1.1],
    ['eu.amazon.nova-lite-v1:0', 0.06],
    ['amazon.nova-micro-v1:0:128k', 0.035],
  ])('are found by the family in %s', (modelId, input) => {
    expect(modelFacts(modelId).prices.input).toBeCloseTo(input);
  });

  it.each([
    'global.anthropic.claude-opus-5',
    'global.anthropic.claude-sonnet-5-5',
    'amazon.nova-2-lite-v1:0',
    'meta.llama4-maverick-17b-instruct-v1:0',
    'evil/anthropic.claude-sonnet-5',
    'constructor',
    opaque,
    '',
  ])('are not guessed for %s', (modelId) => {
    expect(() => bedrockModel({ modelId })).toThrow(ModelUnknownError);
    expect(() => bedrockModel({ modelId })).toThrow(/give its prices/);
  });

  it('are the careful ones for a model whose prices are given', () => {
    expect(modelFacts(opaque, { input: 3, output: 9 })).toEqual({
      prices: { input: 3, output: 9, cacheRead: 3, cacheWrite: 3.75 },
      cacheable: [],
      minimumPrefix: Number.POSITIVE_INFINITY,
      forcesTools: false,
    });
  });

  it('keep the table where only prices are given', () => {
    const facts = modelFacts(`global.${HAIKU}`, { input: 3, output: 9, cacheRead: 1, cacheWrite: 4 });
    expect(facts.prices).toEqual({ input: 3, output: 9, cacheRead: 1, cacheWrite: 4 });
    expect(facts.forcesTools).toBe(true);
  });

  it('do not take prices that are none', () => {
    expect(() => modelFacts(opaque, { input: Number.NaN, output: 9 })).toThrow(/input/);
    expect(() => modelFacts(opaque, { input: 1, output: -9 })).toThrow(/output/);
  });
});

describe('what a call costs', () => {
  let endpoint: BedrockEndpoint;
  beforeEach(async () => {
    endpoint = await startBedrockEndpoint();
  });
  afterEach(() => endpoint.close());

  const counted = {
    inputTokens: 1_000_000,
    outputTokens: 1_000_000,
    cacheReadInputTokens: 1_000_000,
    cacheWriteInputTokens: 1_000_000,
    totalTokens: 4_000_000,
  };

  it.each([
    ['global.anthropic.claude-haiku-4-5-20251001-v1:0', 1 + 5 + 0.1 + 1.25],
    ['eu.anthropic.claude-haiku-4-5-20251001-v1:0', 1.1 * (1 + 5 + 0.1 + 1.25)],
    ['global.anthropic.claude-opus-5-5', 4 + 20 + 0.2 + 5],
    ['eu.amazon.nova-lite-v1:0', 0.06 + 0.24 + 0.015 + 0.075],
  ])('is counted by %s', async (modelId, usd) => {
    endpoint.script(reply([call('t1', 'submit', {})], { stopReason: 'tool_use', usage: counted }));
    const { usage } = await modelAt(endpoint, { modelId }).converse(ask());
    expect(usage).toMatchObject({
      inputTokens: 1_000_000,
      outputTokens: 1_000_000,
      cacheReadTokens: 1_000_000,
      cacheWriteTokens: 1_000_000,
    });
    expect(usage.usd).toBeCloseTo(usd, 10);
  });

  it('takes counters that are left out for zero', async () => {
    endpoint.script(
      reply([{ text: 'Done.' }], { usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7 } }),
    );
    const { usage } = await modelAt(endpoint).converse(ask());
    expect(usage).toMatchObject({ inputTokens: 3, outputTokens: 4, cacheReadTokens: 0, cacheWriteTokens: 0 });
  });
});

import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { type BedrockOptions, bedrockModel } from '../../functions/adapters/bedrock.ts';
import type { Model, ModelRequest, ToolSpec } from '../../functions/core/ports.ts';
import type { BedrockEndpoint, ScriptedReply } from './bedrock-endpoint.ts';

export const HAIKU = 'global.anthropic.claude-haiku-4-5-20251001-v1:0';
export const SONNET = 'global.anthropic.claude-sonnet-5';
export const OPUS = 'global.anthropic.claude-opus-5-5';
export const NOVA = 'eu.amazon.nova-lite-v1:0';

export const lookUp: ToolSpec = {
  name: 'look-up',
  description: 'Looks an entity up.',
  inputSchema: { type: 'object', properties: { target: { type: 'string' } }, required: ['target'] },
};
export const submit: ToolSpec = {
  name: 'submit',
  description: 'Answers.',
  inputSchema: { type: 'object', properties: { score: { type: 'number' } } },
};

/** A model at the endpoint, by the client as the SDK makes it; pauses take no time unless a test says otherwise. */
export function modelAt(endpoint: BedrockEndpoint, options: Partial<BedrockOptions> = {}): Model {
  const client = new BedrockRuntimeClient({
    endpoint: endpoint.url,
    region: 'eu-west-1',
    credentials: {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'a-secret-key',
      sessionToken: 'a-session-token',
    },
    maxAttempts: 1,
  });
  return bedrockModel({
    modelId: HAIKU,
    client,
    ...options,
    waiting: { pause: async () => {}, ...options.waiting },
  });
}

export function ask(change: Partial<ModelRequest> = {}): ModelRequest {
  return {
    system: 'You are an analyst.',
    opening: 'What happened?',
    turns: [],
    tools: [lookUp, submit],
    maxOutputTokens: 500,
    // The adapter must not look at it: rules do.
    briefing: {} as ModelRequest['briefing'],
    ...change,
  };
}

export function reply(
  content: readonly object[],
  change: { readonly stopReason?: string; readonly usage?: object; readonly delayMs?: number } = {},
): ScriptedReply {
  const { stopReason = 'end_turn', usage, delayMs = 0 } = change;
  return {
    kind: 'output',
    delayMs,
    output: {
      output: { message: { role: 'assistant', content } },
      stopReason,
      usage: usage ?? { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
      metrics: { latencyMs: 7 },
    },
  };
}

export function call(toolUseId: string, name: string, input: unknown): object {
  return { toolUse: { toolUseId, name, input } };
}

export function refusal(status: number, type: string, message = 'as scripted'): ScriptedReply {
  return { kind: 'error', status, type, message };
}

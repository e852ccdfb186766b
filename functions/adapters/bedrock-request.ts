import type {
  ContentBlock,
  ConverseCommandInput,
  Message,
  SystemContentBlock,
  Tool,
  ToolConfiguration,
} from '@aws-sdk/client-bedrock-runtime';
import type { DocumentType } from '@smithy/types';
import type { ModelRequest, ToolSpec, Turn } from '../core/ports.ts';
import { ModelRequestInvalidError } from './bedrock-errors.ts';
import type { ModelFacts } from './bedrock-models.ts';

/** Fewer than in English prose: JSON and identifiers, and the newer tokenizers, make more tokens of a text. */
const CHARACTERS_PER_TOKEN = 3;

const cachePoint = { cachePoint: { type: 'default' } } as const;

/**
 * A request in Converse's terms. What does not change from turn to turn comes first and is closed by cache points, in
 * the order in which Bedrock reads: tools, system, messages. No temperature: Claude 5 refuses sampling parameters.
 * Throws ModelRequestInvalidError where `force` names a tool that is not offered.
 */
export function converseInput(
  modelId: string,
  request: ModelRequest,
  facts: ModelFacts,
): ConverseCommandInput {
  const { system, tools, force, maxOutputTokens } = request;
  if (force !== undefined && !tools.some(({ name }) => name === force))
    throw new ModelRequestInvalidError(modelId, `cannot be made to call ${force}: no such tool is offered`);
  const messages = messagesOf(request, facts);
  const toolsLength = JSON.stringify(tools).length;
  const systemLength = toolsLength + system.length;
  const caches = (part: ModelFacts['cacheable'][number], length: number) =>
    facts.cacheable.includes(part) && length / CHARACTERS_PER_TOKEN >= facts.minimumPrefix;
  const systemBlocks = systemOf(system, caches('system', systemLength));
  return {
    modelId,
    ...(systemBlocks.length > 0 && { system: systemBlocks }),
    // A forced choice makes Bedrock read the messages anew: what it wrote to the cache would never be read.
    messages:
      force === undefined && caches('messages', systemLength + JSON.stringify(messages).length)
        ? endedByCachePoint(messages)
        : messages,
    ...(tools.length > 0 && { toolConfig: toolConfig(request, facts, caches('tools', toolsLength)) }),
    inferenceConfig: { maxTokens: maxOutputTokens },
  };
}

function systemOf(system: string, cached: boolean): SystemContentBlock[] {
  if (isBlank(system)) return [];
  return cached ? [{ text: system }, cachePoint] : [{ text: system }];
}

function toolConfig(
  { tools, force }: ModelRequest,
  { forcesTools }: ModelFacts,
  cached: boolean,
): ToolConfiguration {
  const specs = tools.map(toolOf);
  return {
    tools: cached ? [...specs, cachePoint] : specs,
    toolChoice: force !== undefined && forcesTools ? { tool: { name: force } } : { auto: {} },
  };
}

function toolOf({ name, description, inputSchema }: ToolSpec): Tool {
  // JSON Schema is JSON by definition; ToolSpec only says so less strictly.
  return { toolSpec: { name, description, inputSchema: { json: inputSchema as DocumentType } } };
}

/** User and assistant in turns, beginning and ending with the user, as Converse demands. */
function messagesOf({ opening, turns, force }: ModelRequest, { forcesTools }: ModelFacts): Message[] {
  const messages: Message[] = [
    { role: 'user', content: [{ text: opening }] },
    ...turns.flatMap((turn): Message[] => [
      { role: 'assistant', content: saidIn(turn) },
      { role: 'user', content: answersTo(turn) },
    ]),
  ];
  if (force === undefined || forcesTools) return messages;
  return appended(messages, { text: `Call the tool ${force} now; no other call will be answered.` });
}

/** Blank texts and empty messages are a ValidationException. */
function saidIn({ text, toolUses }: Turn): ContentBlock[] {
  const uses = toolUses.map(({ id, tool, input }) => ({
    toolUse: { toolUseId: id, name: tool, input: input as DocumentType },
  }));
  if (!isBlank(text)) return [{ text }, ...uses];
  return uses.length > 0 ? uses : [{ text: '(no answer)' }];
}

/** Converse wants a result for every tool use of the turn before, and for nothing else. */
function answersTo({ toolUses, results }: Turn): ContentBlock[] {
  if (toolUses.length === 0) return [{ text: 'Go on, and call one of the tools.' }];
  return toolUses.map(({ id }) => {
    const content = results.find(({ toolUseId }) => toolUseId === id)?.content;
    if (content === undefined)
      return { toolResult: { toolUseId: id, content: [{ text: 'not run' }], status: 'error' } };
    return { toolResult: { toolUseId: id, content: [{ text: isBlank(content) ? '(empty)' : content }] } };
  });
}

function endedByCachePoint(messages: readonly Message[]): Message[] {
  return appended(messages, cachePoint);
}

function appended(messages: readonly Message[], block: ContentBlock): Message[] {
  const last = messages.at(-1);
  return [...messages.slice(0, -1), { role: 'user', content: [...(last?.content ?? []), block] }];
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

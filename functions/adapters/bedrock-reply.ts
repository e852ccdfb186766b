import * as z from 'zod';
import { boundedText } from '../core/bounded.ts';
import type { ToolUse, Usage } from '../core/entry.ts';
import { State } from '../core/plan.ts';
import type { ModelReply } from '../core/ports.ts';
import { ModelRefusedError, ModelReplyInvalidError } from './bedrock-errors.ts';
import type { Prices } from './bedrock-models.ts';

/** More than a summary ever needs; what is longer is cut. In UTF-16 units. */
const LONGEST_TEXT = 16_000;

const tokens = z.number().int().nonnegative();
const cachedTokens = tokens.nullish().transform((count) => count ?? 0);
const Counted = z.object({
  inputTokens: tokens,
  outputTokens: tokens,
  cacheReadInputTokens: cachedTokens,
  cacheWriteInputTokens: cachedTokens,
});
type Counted = z.infer<typeof Counted>;

/** As far as it is read. Blocks of other kinds (reasoning, citations) fall away. */
const Answer = z.object({
  stopReason: z.string(),
  output: z.object({
    message: z.object({
      content: z.array(z.object({ text: z.string().optional(), toolUse: z.unknown().optional() })),
    }),
  }),
});

/** The limits are those that Converse sets when it is shown the call again in the next turn. */
const CalledTool = z.object({
  toolUseId: z.string().regex(/^[a-zA-Z0-9_.:-]{1,64}$/),
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
  input: State,
});

/** Why a model stopped, where its answer can be used. */
const usable = new Set(['end_turn', 'tool_use', 'max_tokens', 'stop_sequence']);
/** `refusal` is Claude's own word, which Converse may pass through. */
const declined = new Set(['guardrail_intervened', 'content_filtered', 'refusal']);

/**
 * Converse's answer in the port's terms. Throws ModelRefusedError where the model or a guardrail declined, and
 * ModelReplyInvalidError where the answer is malformed or empty; both say what it cost.
 */
export function readReply(model: string, output: unknown, prices: Prices): ModelReply {
  const { usage: counted } = parse(model, z.object({ usage: Counted }), output);
  const usage = usageOf(counted, prices);
  const answer = parse(model, Answer, output, usage);
  const { stopReason } = answer;
  if (declined.has(stopReason)) throw new ModelRefusedError(model, stopReason, usage);
  if (!usable.has(stopReason))
    throw new ModelReplyInvalidError(model, `it stopped with ${boundedText(stopReason, 64)}`, usage);

  const { content } = answer.output.message;
  const text = content.flatMap((block) => block.text ?? []).join('\n');
  const calls = content.flatMap((block) => block.toolUse ?? []);
  if (text.trim() === '' && calls.length === 0) throw noContent(model, stopReason, usage);
  // A call that was cut off may read like a whole one: none of a cut answer is made.
  const called = stopReason === 'max_tokens' ? [] : calls;
  return {
    text: boundedText(text, LONGEST_TEXT),
    toolUses: called.map((call) => toolUseOf(parse(model, CalledTool, call, usage))),
    usage,
    stopReason,
  };
}

function usageOf(counted: Counted, prices: Prices): Usage {
  const dollars =
    counted.inputTokens * prices.input +
    counted.outputTokens * prices.output +
    counted.cacheReadInputTokens * prices.cacheRead +
    counted.cacheWriteInputTokens * prices.cacheWrite;
  return {
    inputTokens: counted.inputTokens,
    outputTokens: counted.outputTokens,
    cacheReadTokens: counted.cacheReadInputTokens,
    cacheWriteTokens: counted.cacheWriteInputTokens,
    usd: dollars / 1_000_000,
  };
}

function toolUseOf({ toolUseId, name, input }: z.infer<typeof CalledTool>): ToolUse {
  return { id: toolUseId, tool: name, input };
}

function noContent(model: string, stopReason: string, usage: Usage): ModelReplyInvalidError {
  const advice = stopReason === 'max_tokens' ? '; allow more output tokens' : '';
  return new ModelReplyInvalidError(model, `no text and no tool call (${stopReason})${advice}`, usage);
}

/** Names the fields that are wrong, never their values. */
function parse<Schema extends z.ZodType>(
  model: string,
  schema: Schema,
  value: unknown,
  usage?: Usage,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const problem = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
  throw new ModelReplyInvalidError(model, boundedText(problem), usage, { cause: parsed.error });
}

/** A block as it stands on the wire; exactly one member is there. */
export interface WireBlock {
  readonly text?: string;
  readonly cachePoint?: { readonly type: string };
  readonly toolUse?: { readonly toolUseId: string; readonly name: string; readonly input: unknown };
  readonly toolResult?: {
    readonly toolUseId: string;
    readonly status?: string;
    readonly content: readonly WireBlock[];
  };
  readonly toolSpec?: {
    readonly name: string;
    readonly description: string;
    readonly inputSchema: { readonly json: unknown };
  };
}

export interface WireMessage {
  readonly role: string;
  readonly content: readonly WireBlock[];
}

/** The body of a Converse request. */
export interface ConverseBody {
  readonly messages: readonly WireMessage[];
  readonly system?: readonly WireBlock[];
  readonly toolConfig?: {
    readonly tools: readonly WireBlock[];
    readonly toolChoice?: { readonly auto?: object; readonly tool?: { readonly name: string } };
  };
  readonly inferenceConfig?: { readonly maxTokens?: number; readonly temperature?: number };
}

type Rule = (body: ConverseBody, modelId: string) => string | undefined;

/**
 * What Bedrock answers with a ValidationException
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html, and the two models' own refusals).
 */
const rules: readonly Rule[] = [
  ({ messages }) => {
    const misplaced = messages.findIndex(({ role }, index) => role !== (index % 2 ? 'assistant' : 'user'));
    return misplaced === -1 ? undefined : `messages.${misplaced}: roles must alternate, beginning with user`;
  },
  ({ messages }) =>
    messages.at(-1)?.role === 'user' ? undefined : 'A conversation must end with a user message.',
  ({ messages, system = [] }) => {
    const blocks = [...system, ...messages.flatMap(({ content }) => content.flatMap(withResults))];
    return blocks.some(({ text }) => text?.trim() === '')
      ? 'text content blocks must be non-empty'
      : undefined;
  },
  ({ messages }) => {
    const empty = messages.findIndex(({ content }) => content.length === 0);
    return empty === -1 ? undefined : `messages.${empty}: content is empty`;
  },
  ({ messages }) => {
    const unmatched = messages.findIndex(({ content }, index) => {
      const asked = messages[index - 1]?.content.flatMap(({ toolUse }) => toolUse?.toolUseId ?? []) ?? [];
      const answered = content.flatMap(({ toolResult }) => toolResult?.toolUseId ?? []);
      return asked.toSorted().join() !== answered.toSorted().join();
    });
    return unmatched === -1
      ? undefined
      : `messages.${unmatched}: toolResult blocks do not match toolUse blocks`;
  },
  ({ messages, toolConfig }) =>
    !toolConfig && messages.some(({ content }) => content.some(({ toolUse }) => toolUse))
      ? 'The toolConfig field must be defined when using toolUse and toolResult content blocks.'
      : undefined,
  ({ toolConfig }) => {
    const forced = toolConfig?.toolChoice?.tool?.name;
    const offered = toolConfig?.tools.some(({ toolSpec }) => toolSpec?.name === forced);
    return forced === undefined || offered ? undefined : `toolChoice names ${forced}, which is not offered`;
  },
  ({ toolConfig }, modelId) =>
    modelId.includes('claude-opus-5-5') && toolConfig?.toolChoice?.tool
      ? 'tool_choice forces tool use, which is not supported for this model'
      : undefined,
  ({ toolConfig }, modelId) => {
    const index = toolConfig?.tools.findIndex(({ cachePoint }) => cachePoint) ?? -1;
    return modelId.includes('amazon.nova') && index !== -1
      ? `#/toolConfig/tools/${index}: extraneous key [cachePoint] is not permitted`
      : undefined;
  },
  ({ system = [], messages, toolConfig }) => {
    const blocks = [...system, ...(toolConfig?.tools ?? []), ...messages.flatMap(({ content }) => content)];
    return blocks.filter(({ cachePoint }) => cachePoint).length > 4 ? 'too many cache points' : undefined;
  },
];

function withResults(block: WireBlock): readonly WireBlock[] {
  return [block, ...(block.toolResult?.content ?? [])];
}

/** Why Bedrock would refuse the request; undefined where it would not. */
export function violation(modelId: string, body: ConverseBody): string | undefined {
  return rules.map((rule) => rule(body, modelId)).find((problem) => problem !== undefined);
}

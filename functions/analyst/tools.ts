import * as z from 'zod';
import type { Account, AwsCommandClass, Tool } from '../core/account.ts';
import { digest } from '../core/canonical.ts';
import { clip, wellFormed } from '../core/document.ts';
import type { Entity, HandledEntity } from '../core/entity.ts';
import type { Evidence, ToolUse } from '../core/entry.ts';
import { TargetNotFoundError } from '../core/errors.ts';
import { State } from '../core/plan.ts';
import type { Briefing, Clock, History, Intelligence, ToolSpec } from '../core/ports.ts';
import { trim } from './trim.ts';

export interface ToolParts {
  readonly tools: readonly Tool[];
  /** The read-only view of an account for one tool's declared operations, on behalf of an incident. */
  readonly accountOf: (
    target: HandledEntity,
    reads: readonly AwsCommandClass[],
    incident: string,
  ) => Account<readonly AwsCommandClass[]>;
  readonly history: History;
  readonly intelligence: Intelligence;
  readonly clock: Clock;
}

/** What a call is answered from, of what an analyst is told. */
type Told = Pick<Briefing, 'entities' | 'evidence' | 'findings' | 'incident'>;

/** The tools of an incident, called by handle. A call never throws: what fails is evidence that it failed. */
export interface ToolCaller {
  readonly specs: readonly ToolSpec[];
  call(use: ToolUse, briefing: Told): Promise<Evidence>;
}

/** As many entities as one piece of evidence may bring (functions/core/entry.ts). */
const MOST_FOUND = 20;

const Input = z.strictObject({ target: z.string().regex(/^e\d{1,4}$/) });

export function toolCaller(parts: ToolParts): ToolCaller {
  return {
    specs: parts.tools.map(({ id, description, targets }) => ({
      name: id,
      description: `${description} Targets: ${targets.join(', ')}.`,
      inputSchema: z.toJSONSchema(Input),
    })),
    call: (use, briefing) => call(use, briefing, parts),
  };
}

async function call(use: ToolUse, briefing: Told, parts: ToolParts): Promise<Evidence> {
  const { entities, evidence, incident } = briefing;
  const tool = parts.tools.find(({ id }) => id === use.tool);
  const input = Input.safeParse(use.input);
  const handle = input.data?.target ?? '';
  const target = entities.find((entity) => entity.handle === handle);
  const refused = (reason: string) => failure(use.tool, handle, reason);
  if (!tool) return refused(`no such tool; there are ${parts.tools.map(({ id }) => id).join(', ')}`);
  if (!input.success)
    return refused(`the input must be {"target": "<handle>"}: ${z.prettifyError(input.error)}`);
  if (!target) return refused(`no entity of this incident has the handle ${handle}`);
  if (!tool.targets.includes(target.kind))
    return refused(`asks about ${tool.targets.join(', ')}; ${handle} is a ${target.kind}`);
  const known = evidence.find(
    (piece) => piece.tool === tool.id && piece.target === handle && piece.status !== 'failed',
  );
  return known ?? ask(tool, target, briefing, { ...parts, history: historyBefore(incident, parts.history) });
}

/** What is known of the incident at hand is no history. */
function historyBefore(incident: string, { of }: History): History {
  return { of: async (key) => (await of(key)).filter((past) => past.incident !== incident) };
}

async function ask(
  tool: Tool,
  target: HandledEntity,
  { incident, findings }: Told,
  { accountOf, history, intelligence, clock }: ToolParts,
): Promise<Evidence> {
  const base = { tool: tool.id, target: target.handle, tainted: [...tool.tainted] };
  try {
    const account = accountOf(target, tool.reads, incident);
    const answer = await tool.ask(target, { account, history, intelligence, findings, now: clock() });
    if (answer === undefined) return notFound(base.tool, base.target);
    const whole = tool.output.parse(answer);
    const { output, truncated } = trim(State.parse(wellFormed(whole)));
    const found = foundBeside(tool, whole, target);
    return seal({ ...base, status: 'found', output, truncated, ...(found.length > 0 ? { found } : {}) });
  } catch (error) {
    if (error instanceof TargetNotFoundError) return notFound(base.tool, base.target);
    return failure(
      base.tool,
      base.target,
      error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    );
  }
}

/** Whoever is only claimed brings nothing into the incident: what an innocent made would become a target. */
function foundBeside(tool: Tool, output: unknown, target: HandledEntity): Entity[] {
  if (target.trust === 'claimed') return [];
  return tool.found?.(output, target).slice(0, MOST_FOUND) ?? [];
}

function notFound(tool: string, target: string): Evidence {
  const output = { status: 'not-found' };
  return seal({ tool, target, status: 'not-found', output, tainted: [], truncated: false });
}

/** Error texts quote names and messages that others wrote: they are kept, as tainted. */
export function failure(tool: string, target: string, reason: string): Evidence {
  const output = { reason: clip(reason, 500).toWellFormed() };
  return seal({
    tool: clip(tool, 64),
    target,
    status: 'failed',
    output,
    tainted: ['/reason'],
    truncated: false,
  });
}

/** The id follows from what was asked and answered. */
function seal(evidence: Omit<Evidence, 'id'>): Evidence {
  const { tool, target, status, output } = evidence;
  return { id: `ev-${digest({ tool, target, status, output }).slice(0, 12)}`, ...evidence };
}

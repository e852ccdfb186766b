import { digest, lastingDigest, sha256 } from '../core/canonical.ts';
import { clip, wellFormed } from '../core/document.ts';
import { type EntryNamed, ToolUse } from '../core/entry.ts';
import type { Briefing, Clock, Model, ModelReply, ModelRequest } from '../core/ports.ts';
import { type Budget, spentBudget } from './budget.ts';
import { openingText, type Prompts, systemText } from './prompts.ts';
import { conversationOf, type Run } from './run.ts';
import { SUBMIT, submitSpec } from './submit.ts';
import type { ToolCaller } from './tools.ts';

export interface Thinking {
  /** In the order in which they are tried; the last costs nothing and is what a spent budget leaves. */
  readonly models: readonly Model[];
  readonly tools: ToolCaller;
  readonly prompts: Prompts;
  readonly budget: Budget;
  readonly clock: Clock;
}

const MAX_TOOL_USES = 16;

/** One turn: the first model that answers, or why none did. */
export async function think(
  run: Run,
  briefing: Briefing,
  parts: Thinking,
): Promise<{ readonly entry: EntryNamed<'model-turn'> } | { readonly failed: string }> {
  const { models, budget, clock } = parts;
  const spent = spentBudget(run, budget, clock());
  const request = requestOf(
    run,
    briefing,
    parts,
    spent !== undefined || run.turns.length + 1 >= budget.turns,
  );
  const failures = spent ? [`the budget of ${spent} is spent`] : [];
  if (run.turns.length > budget.turns) return { failed: `${failures.join('; ')} and no answer was taken` };
  for (const model of spent ? models.slice(-1) : models) {
    const began = clock().getTime();
    try {
      const reply = await model.converse(request);
      const latencyMs = Math.max(0, clock().getTime() - began);
      return { entry: turnEntry(run, model, request, reply, failures, latencyMs) };
    } catch (error) {
      failures.push(`${model.id} failed: ${error instanceof Error ? error.name : 'unknown error'}`);
    }
  }
  return { failed: failures.join('; ') || 'no model is configured' };
}

function requestOf(run: Run, briefing: Briefing, parts: Thinking, last: boolean): ModelRequest {
  return {
    system: systemText(run.stage, parts.prompts, briefing.environment),
    opening: openingText({ ...briefing, evidence: evidenceBefore(run, briefing) }),
    turns: conversationOf(run),
    tools: [...parts.tools.specs, submitSpec],
    ...(last && { force: SUBMIT }),
    maxOutputTokens: parts.budget.maxOutputTokens,
    briefing,
  };
}

/** What this run's own turns brought is in the conversation already. */
function evidenceBefore(run: Run, { evidence }: Briefing): Briefing['evidence'] {
  const first = run.turns[0]?.entry.turn ?? run.nextTurn;
  const own = new Set(run.results.filter(({ turn }) => turn >= first).map((result) => result.evidence.id));
  return evidence.filter(({ id }) => !own.has(id));
}

function turnEntry(
  run: Run,
  model: Model,
  request: ModelRequest,
  reply: ModelReply,
  failures: readonly string[],
  latencyMs: number,
): EntryNamed<'model-turn'> {
  return {
    type: 'model-turn',
    generation: run.generation,
    stage: run.stage,
    turn: run.nextTurn,
    model: model.id,
    inputDigest: inputDigest(request),
    text: clip([...failures, reply.text].join('\n').toWellFormed(), 8000),
    toolUses: reply.toolUses.slice(0, MAX_TOOL_USES).map((use) => ToolUse.parse(wellFormed(use))),
    usage: reply.usage,
    latencyMs,
    stopReason: reply.stopReason,
  };
}

/** What exactly the model was asked. Long texts and what never changes stand in it by digests of their own. */
function inputDigest({ briefing: _, system, opening, tools, ...asked }: ModelRequest): string {
  return digest({
    ...asked,
    system: sha256(system),
    opening: sha256(opening),
    tools: tools.map(lastingDigest),
  });
}

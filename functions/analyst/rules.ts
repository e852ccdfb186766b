import type { Playbook } from '../core/playbook.ts';
import type { Briefing, Clock, Model, ModelReply, ModelRequest } from '../core/ports.ts';
import { compilePlaybook } from './decide.ts';
import { outstanding } from './outstanding.ts';
import { SUBMIT } from './submit.ts';
import { verdictByRules } from './verdict.ts';

const RULES = 'rules';
const nothingUsed = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, usd: 0 };

/**
 * The rules analyst: a `Model` that thinks with a playbook instead of words. It first asks for the playbook's evidence
 * of the stage, all at once, and then answers by the first rule that holds.
 */
export function rulesAnalyst(playbooks: readonly Playbook[], clock: Clock): Model {
  for (const playbook of playbooks) compilePlaybook(playbook);
  return {
    id: RULES,
    async converse(request) {
      const turn = request.turns.length + 1;
      const asks = request.force === SUBMIT ? [] : outstanding(request);
      if (asks.length === 0) return submit(request.briefing, turn, clock());
      return reply(
        `The playbook ${request.briefing.playbook.id} asks for this evidence.`,
        asks.map(({ tool, target }, index) => ({
          id: `rules-${turn}-${index + 1}`,
          tool,
          input: { target },
        })),
      );
    },
  };
}

function submit(briefing: Briefing, turn: number, now: Date): ModelReply {
  const { verdict, because } = verdictByRules(briefing, now);
  return reply(because, [{ id: `rules-${turn}-submit`, tool: SUBMIT, input: verdict }]);
}

function reply(text: string, toolUses: ModelRequest['turns'][number]['toolUses']): ModelReply {
  return { text, toolUses, usage: nothingUsed, stopReason: 'tool_use' };
}

import type { Stage } from '../core/entry.ts';
import type { Run } from './run.ts';

/** What one stage of one incident may spend. */
export interface Budget {
  readonly turns: number;
  readonly tokens: number;
  readonly usd: number;
  readonly seconds: number;
  readonly maxOutputTokens: number;
}

/** Design, section 6: triage at most 5 turns, investigation at most 20. */
export const budgets: Readonly<Record<Stage, Budget>> = {
  triage: { turns: 5, tokens: 100_000, usd: 0.2, seconds: 120, maxOutputTokens: 4_000 },
  investigate: { turns: 20, tokens: 1_000_000, usd: 5, seconds: 1_200, maxOutputTokens: 8_000 },
};

/** Which budget is spent, or undefined. */
export function spentBudget(run: Run, budget: Budget, now: Date): string | undefined {
  const tokens = run.turns.reduce(
    (sum, { entry: { usage } }) => sum + usage.inputTokens + usage.outputTokens,
    0,
  );
  const usd = run.turns.reduce((sum, { entry: { usage } }) => sum + usage.usd, 0);
  const [first] = run.turns;
  const seconds = first ? (now.getTime() - Date.parse(first.at)) / 1000 : 0;
  if (run.turns.length >= budget.turns) return `${budget.turns} turns`;
  if (tokens >= budget.tokens) return `${budget.tokens} tokens`;
  if (usd >= budget.usd) return `$${budget.usd}`;
  return seconds >= budget.seconds ? `${budget.seconds} seconds` : undefined;
}

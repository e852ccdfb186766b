import { printable } from '../functions/core/printable.ts';
import type { Outcome } from './outcome.ts';

/** What came of each finding, a block each: columns would cut the plan, which is what matters. */
export function outcomeTable(outcomes: readonly Outcome[], isEmptyAccount: boolean): string {
  const blocks = outcomes.map(block);
  const note = isEmptyAccount
    ? ['The account is empty (no --account): tools that ask about a resource answer "not found".']
    : [];
  return [...blocks, ...note, total(outcomes)].join('\n');
}

function block(outcome: Outcome): string {
  const { file, type, incident, disposition, severity, confidence, decision, plan, durations } = outcome;
  const decided = durations.toDecision === null ? '' : `, decided after ${durations.toDecision} ms`;
  return [
    printable(`${file}  ${type}`),
    `  incident  ${incident ?? 'none'}`,
    `  verdict   ${disposition}, ${severity}, confidence ${confidence}`,
    `  decision  ${decision}`,
    `  plan      ${printable(plan.join('; ') || 'none')}`,
    `  outcome   ${outcome.outcome}${outcome.reason ? `: ${printable(outcome.reason)}` : ''}`,
    `  took      ${durations.toRest} ms${decided}`,
  ].join('\n');
}

function total(outcomes: readonly Outcome[]): string {
  const byOutcome = Map.groupBy(outcomes, ({ outcome }) => outcome);
  const counts = [...byOutcome].map(([outcome, all]) => `${all.length} ${outcome}`).join(', ');
  return `${outcomes.length} finding(s)${counts && `: ${counts}`}`;
}

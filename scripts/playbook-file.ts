import { compileCondition, compileExpression, messageOf } from '../functions/analyst/condition.ts';
import { FINDING } from '../functions/analyst/exhibit.ts';
import { pointerTokens } from '../functions/analyst/pointer.ts';
import type { Action, Tool } from '../functions/core/account.ts';
import { Danger } from '../functions/core/plan.ts';
import { Playbook } from '../functions/core/playbook.ts';
import { ruleProblems } from './lint/rules.ts';
import { inspectPolicyFile, type Path, type PolicyFile, type Problem } from './policy-file.ts';

/** What a playbook may name. */
export interface Known {
  readonly tools: readonly Pick<Tool, 'id' | 'targets'>[];
  readonly actions: readonly Pick<Action, 'id' | 'targets' | 'danger'>[];
  /** Finding types that sources send; a family ends in `*`. */
  readonly types: readonly string[];
}

/** Reads one playbook, with everything that is wrong in it by itself. */
export function inspectPlaybook(path: string, text: string, known: Known): PolicyFile<Playbook> {
  return inspectPolicyFile(path, text, Playbook, (playbook) => [...problemsOf(playbook, known)]);
}

function* problemsOf(playbook: Playbook, known: Known): Generator<Problem> {
  for (const [index, type] of playbook.types.entries())
    if (!/^[^*]*\*?$/.test(type)) yield [['types', index], `${type}: a * may stand only at the end`];
  for (const [index, { tool, target }] of playbook.evidence.entries())
    yield* problemOfUse(['evidence', index], { id: tool, kind: target.kind }, known.tools, 'a tool');
  for (const [index, id] of playbook.actions.entries()) {
    yield* problemOfUse(['actions', index], { id }, known.actions, 'an action');
    const danger = known.actions.find((one) => one.id === id)?.danger ?? 'low';
    if (rank(danger) > rank(playbook.danger))
      yield [['actions', index], `${id} is of ${danger} danger, more than the playbook's ${playbook.danger}`];
  }
  const asked = new Set([FINDING, ...playbook.evidence.map(({ tool }) => tool)]);
  for (const [index, rule] of playbook.rules.entries())
    yield* problemsOfRule(rule, ['rules', index], asked, playbook.actions, known);
  yield* ruleProblems(playbook);
}

const rank = (danger: Danger) => Danger.options.indexOf(danger);

type Rule = Playbook['rules'][number];

function* problemsOfRule(
  rule: Rule,
  path: Path,
  asked: ReadonlySet<string>,
  allowed: readonly string[],
  known: Known,
): Generator<Problem> {
  yield* compileProblem(() => compileCondition(rule), [...path, 'when'], `the condition of ${rule.id}`);
  for (const [claim, { cites }] of rule.claims.entries())
    for (const [cite, { tool, pointer }] of cites.entries()) {
      const at = [...path, 'claims', claim, 'cites', cite];
      if (!asked.has(tool)) yield [at, `cites ${tool}, which the playbook never asks`];
      else if (!pointerTokens(pointer)) yield [at, `${pointer} is no JSON pointer (RFC 6901)`];
    }
  for (const [index, proposal] of rule.propose.entries())
    yield* problemsOfProposal(proposal, [...path, 'propose', index], allowed, known);
}

function* problemsOfProposal(
  { action, target, only, from }: Rule['propose'][number],
  path: Path,
  allowed: readonly string[],
  { actions }: Known,
): Generator<Problem> {
  if (allowed.includes(action))
    yield* problemOfUse(path, { id: action, kind: target.kind }, actions, 'an action');
  else yield [path, `${action} is not among the playbook's actions`];
  if (only !== undefined) yield* compileProblem(() => compileExpression(only), [...path, 'only'], 'only');
  for (const [name, text] of Object.entries(from))
    yield* compileProblem(() => compileExpression(text), [...path, 'from', name], name);
}

/** That there is such a tool or action, and that it takes what it is used on. */
function* problemOfUse(
  path: Path,
  use: { readonly id: string; readonly kind?: string },
  known: readonly { readonly id: string; readonly targets: readonly string[] }[],
  what: string,
): Generator<Problem> {
  const found = known.find(({ id }) => id === use.id);
  if (!found) yield [path, `${use.id} is not ${what}; there are ${known.map(({ id }) => id).join(', ')}`];
  else if (use.kind && !found.targets.includes(use.kind))
    yield [path, `${use.id} takes no ${use.kind}; it takes ${found.targets.join(', ')}`];
}

function* compileProblem(compile: () => unknown, path: Path, what: string): Generator<Problem> {
  try {
    compile();
  } catch (error) {
    yield [path, `${what} does not compile: ${messageOf(error)}`];
  }
}

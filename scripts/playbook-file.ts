import { compileCondition, compileExpression, messageOf } from '../functions/analyst/condition.ts';
import { FINDING } from '../functions/analyst/exhibit.ts';
import { pointerTokens } from '../functions/analyst/pointer.ts';
import { Playbook } from '../functions/core/playbook.ts';
import { type Path, type Problem, readPolicyFile } from './policy-file.ts';

/** The ids that a playbook may name. */
export interface KnownIds {
  readonly tools: readonly string[];
  readonly actions: readonly string[];
}

/** Reads one playbook, or throws PolicyFileError with the line of the first thing that is wrong. */
export function readPlaybook(
  path: string,
  text: string,
  known: KnownIds,
): { readonly path: string; readonly playbook: Playbook } {
  return { path, playbook: readPolicyFile(path, text, Playbook, (playbook) => problemsOf(playbook, known)) };
}

function problemsOf(playbook: Playbook, known: KnownIds): Problem[] {
  const asked = new Set([FINDING, ...playbook.evidence.map(({ tool }) => tool)]);
  return [
    ...playbook.types.flatMap((type, index): Problem[] =>
      /^[^*]*\*?$/.test(type) ? [] : [[['types', index], `${type}: a * may stand only at the end`]],
    ),
    ...playbook.evidence.flatMap(({ tool }, index): Problem[] =>
      known.tools.includes(tool)
        ? []
        : [[['evidence', index], `${tool} is not a tool; there are ${known.tools.join(', ')}`]],
    ),
    ...playbook.actions.flatMap((action, index): Problem[] =>
      known.actions.includes(action)
        ? []
        : [[['actions', index], `${action} is not an action; there are ${known.actions.join(', ')}`]],
    ),
    ...playbook.rules.flatMap((rule, index) =>
      problemsOfRule(rule, ['rules', index], asked, playbook.actions),
    ),
  ];
}

function problemsOfRule(
  rule: Playbook['rules'][number],
  path: Path,
  asked: ReadonlySet<string>,
  actions: readonly string[],
): Problem[] {
  return [
    ...compileProblem(() => compileCondition(rule), [...path, 'when'], `the condition of ${rule.id}`),
    ...rule.claims.flatMap(({ cites }, claim) =>
      cites.flatMap(({ tool, pointer }, cite): Problem[] => {
        const at = [...path, 'claims', claim, 'cites', cite];
        if (!asked.has(tool)) return [[at, `cites ${tool}, which the playbook never asks`]];
        return pointerTokens(pointer) ? [] : [[at, `${pointer} is no JSON pointer (RFC 6901)`]];
      }),
    ),
    ...rule.propose.flatMap(({ action, only, from }, index): Problem[] => [
      ...(actions.includes(action)
        ? []
        : [problem([...path, 'propose', index], `${action} is not among the playbook's actions`)]),
      ...(only === undefined
        ? []
        : compileProblem(() => compileExpression(only), [...path, 'propose', index, 'only'], 'only')),
      ...Object.entries(from).flatMap(([name, text]) =>
        compileProblem(() => compileExpression(text), [...path, 'propose', index, 'from', name], name),
      ),
    ]),
  ];
}

function problem(path: Path, message: string): Problem {
  return [path, message];
}

function compileProblem(compile: () => unknown, path: Path, what: string): Problem[] {
  try {
    compile();
    return [];
  } catch (error) {
    return [[path, `${what} does not compile: ${messageOf(error)}`]];
  }
}

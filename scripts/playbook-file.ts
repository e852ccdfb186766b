import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { compileCondition, messageOf } from '../functions/analyst/condition.ts';
import { FINDING } from '../functions/analyst/exhibit.ts';
import { pointerTokens } from '../functions/analyst/pointer.ts';
import { Playbook } from '../functions/core/playbook.ts';
import { PolicyFileError } from './policy-file-error.ts';

/** The ids that a playbook may name. */
export interface KnownIds {
  readonly tools: readonly string[];
  readonly actions: readonly string[];
}

type Path = readonly (string | number)[];
type Problem = readonly [path: Path, text: string];

/** Reads one playbook, or throws PolicyFileError with the line of the first thing that is wrong. */
export function readPlaybook(
  path: string,
  text: string,
  known: KnownIds,
): { readonly path: string; readonly playbook: Playbook } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken)
    throw new PolicyFileError(path, lines.linePos(broken.pos[0]).line, broken.message, { cause: broken });
  const parsed = Playbook.safeParse(document.toJS());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = (issue?.path ?? []) as Path;
    throw new PolicyFileError(path, lineOf(document, at, lines), `${at.join('.')}: ${issue?.message}`);
  }
  const [problem] = problemsOf(parsed.data, known);
  if (problem) throw new PolicyFileError(path, lineOf(document, problem[0], lines), problem[1]);
  return { path, playbook: parsed.data };
}

/** The line of a node, or of its nearest parent that has one. */
function lineOf(document: Document, path: Path, lines: LineCounter): number {
  const node = document.getIn(path, true);
  if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  return path.length > 0 ? lineOf(document, path.slice(0, -1), lines) : 1;
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
    ...conditionProblem(rule, [...path, 'when']),
    ...rule.claims.flatMap(({ cites }, claim) =>
      cites.flatMap(({ tool, pointer }, cite): Problem[] => {
        const at = [...path, 'claims', claim, 'cites', cite];
        if (!asked.has(tool)) return [[at, `cites ${tool}, which the playbook never asks`]];
        return pointerTokens(pointer) ? [] : [[at, `${pointer} is no JSON pointer (RFC 6901)`]];
      }),
    ),
    ...rule.propose.flatMap(({ action }, index): Problem[] =>
      actions.includes(action)
        ? []
        : [[[...path, 'propose', index], `${action} is not among the playbook's actions`]],
    ),
  ];
}

function conditionProblem(rule: Playbook['rules'][number], path: Path): Problem[] {
  try {
    compileCondition(rule);
    return [];
  } catch (error) {
    return [[path, `the condition of ${rule.id} does not compile: ${messageOf(error)}`]];
  }
}

import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { PolicyFileError } from './policy-file-error.ts';

export type Path = readonly (string | number)[];
export type Problem = readonly [path: Path, text: string];

/** Reads one YAML file of `policies/`, or throws PolicyFileError with the line of the first thing that is wrong. */
export function readPolicyFile<Schema extends z.ZodType>(
  path: string,
  text: string,
  schema: Schema,
  problemsOf: (content: z.infer<Schema>) => readonly Problem[],
): z.infer<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken)
    throw new PolicyFileError(path, lines.linePos(broken.pos[0]).line, broken.message, { cause: broken });
  const parsed = schema.safeParse(document.toJS());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = (issue?.path ?? []) as Path;
    throw new PolicyFileError(path, lineOf(document, at, lines), `${at.join('.')}: ${issue?.message}`);
  }
  const [problem] = problemsOf(parsed.data);
  if (problem) throw new PolicyFileError(path, lineOf(document, problem[0], lines), problem[1]);
  return parsed.data;
}

/** The line of a node, or of its nearest parent that has one. */
function lineOf(document: Document, path: Path, lines: LineCounter): number {
  const node = document.getIn(path, true);
  if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  return path.length > 0 ? lineOf(document, path.slice(0, -1), lines) : 1;
}

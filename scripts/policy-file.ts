import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { PolicyFileError } from './policy-file-error.ts';

export type Path = readonly (string | number)[];
export type Problem = readonly [path: Path, text: string];

/** One YAML file of `policies/`: what it says, and where each thing stands in it. */
export interface PolicyFile<Content> {
  readonly path: string;
  /** Absent where the file does not say what it should. */
  readonly content?: Content;
  /** All that is wrong with it by itself, each with its line. */
  readonly problems: readonly PolicyFileError[];
  problem(at: Path, text: string): PolicyFileError;
}

/** A file whose content is known to be there. */
export type SoundFile<Content> = PolicyFile<Content> & { readonly content: Content };

export function isSound<Content>(file: PolicyFile<Content>): file is SoundFile<Content> {
  return file.content !== undefined;
}

/** Reads one YAML file of `policies/`: its content, and every problem that it has by itself. */
export function inspectPolicyFile<Schema extends z.ZodType>(
  path: string,
  text: string,
  schema: Schema,
  problemsOf: (content: z.infer<Schema>) => readonly Problem[],
): PolicyFile<z.infer<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problem = (at: Path, message: string) =>
    new PolicyFileError(path, lineOf(document, at, lines), message);
  if (document.errors.length > 0) {
    const broken = document.errors.map(
      (error) => new PolicyFileError(path, lines.linePos(error.pos[0]).line, error.message, { cause: error }),
    );
    return { path, problems: broken, problem };
  }
  const parsed = schema.safeParse(document.toJS());
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => problem(issue.path as Path, describe(issue)));
    return { path, problems, problem };
  }
  const problems = problemsOf(parsed.data).map(([at, message]) => problem(at, message));
  return { path, content: parsed.data, problems, problem };
}

function describe({ path, message }: z.core.$ZodIssue): string {
  const field = path.join('.') || 'the file';
  return message.endsWith('received undefined') ? `${field} is missing` : `${field}: ${message}`;
}

/** The line of a node, or of its nearest parent that has one. */
function lineOf(document: Document, path: Path, lines: LineCounter): number {
  const node = document.getIn(path, true);
  if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  return path.length > 0 ? lineOf(document, path.slice(0, -1), lines) : 1;
}

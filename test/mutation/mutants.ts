import { globSync, readFileSync } from 'node:fs';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { membersOf } from '../../scripts/registry.ts';

/** One change of the sources, which some test should notice. */
export interface Mutant {
  readonly id: string;
  readonly action: string;
  readonly file: string;
  readonly line: number;
  /** The code that is changed, and what it is changed to. */
  readonly original: string;
  readonly replacement: string;
}

export interface Mutated {
  /** By path: the source with all of its mutants in it, each behind a switch (`switchboard.ts`). */
  readonly sources: Readonly<Record<string, string>>;
  readonly mutants: readonly Mutant[];
}

const ROOT = 'functions/actions';

export function actionIds(): readonly string[] {
  return membersOf('actions', 'action').map(({ id }) => id);
}

/** Every mutant that Stryker knows of for these actions. TypeScript comes out as TypeScript. */
export async function mutate(ids: readonly string[]): Promise<Mutated> {
  const paths = globSync(ids.flatMap((id) => [`${ROOT}/${id}.ts`, `${ROOT}/${id}/**/*.ts`])).sort();
  const originals = paths.map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }));
  const options = { plugins: null, excludedMutations: [], ignorers: [] };
  const { files, mutants } = await new Instrumenter(silence).instrument(originals, options);
  const textOf = new Map(originals.map(({ name, content }) => [name, content.split('\n')]));
  return {
    sources: Object.fromEntries(files.map(({ name, content }) => [name, content])),
    mutants: mutants.map(({ id, fileName, location, replacement }) => ({
      id,
      action: actionOf(fileName),
      file: fileName,
      line: location.start.line + 1,
      original: textAt(textOf.get(fileName) ?? [], location),
      replacement: replacement ?? '',
    })),
  };
}

function actionOf(path: string): string {
  return path.slice(`${ROOT}/`.length).replace(/(\/.*|\.ts)$/, '');
}

interface Location {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** Lines and columns from 0. */
function textAt(lines: readonly string[], { start, end }: Location): string {
  const covered = lines.slice(start.line, end.line + 1);
  const last = covered.length - 1;
  return covered
    .map((line, index) => (index === last ? line.slice(0, end.column) : line))
    .map((line, index) => (index === 0 ? line.slice(start.column) : line))
    .join('\n');
}

const nothing = () => undefined;
const no = () => false;
const silence = {
  isTraceEnabled: no,
  isDebugEnabled: no,
  isInfoEnabled: no,
  isWarnEnabled: no,
  isErrorEnabled: no,
  isFatalEnabled: no,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};

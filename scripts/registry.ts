import { existsSync, readdirSync } from 'node:fs';
import type { Action, Tool } from '../functions/core/account.ts';
import type { Exhibit } from '../functions/core/exhibit.ts';

/** One action, tool or exhibit: a file, or a folder with its main file in it. */
export interface Member {
  readonly id: string;
  /** The name that it exports: the id in camelCase. */
  readonly name: string;
  /** Relative to `functions/`. */
  readonly path: string;
}

/** A member with what it declares. */
export type Loaded = Member &
  Pick<Tool, 'reads'> &
  Partial<Pick<Action, 'writes' | 'family' | 'title' | 'targets' | 'params' | 'answers'>>;

const functions = new URL('../functions/', import.meta.url);

/**
 * What a folder of `functions/` holds. Every file and folder in it is a member, by the name of its id: whatever is
 * shared lives in core. Throws if a folder has no main file.
 */
export function membersOf(
  folder: string,
  main: 'action' | 'tool' | 'exhibit',
  root: URL = functions,
): readonly Member[] {
  const entries = readdirSync(new URL(`${folder}/`, root), { withFileTypes: true });
  return entries
    .filter((entry) => !entry.name.endsWith('.gen.ts'))
    .map((entry) => {
      const id = entry.name.replace(/\.ts$/, '');
      const path = entry.isDirectory() ? `${folder}/${id}/${main}.ts` : `${folder}/${id}.ts`;
      if (!existsSync(new URL(path, root)))
        throw new Error(`functions/${folder}/${entry.name} is no ${main}: expected functions/${path}`);
      return { id, name: camelCase(id), path };
    })
    .sort((a, b) => a.id.localeCompare(b.id));
}

/** Throws for a file that does not export its member. */
export async function load(member: Member): Promise<Loaded> {
  const { id, name, path } = member;
  const module = (await import(new URL(path, functions).href)) as Record<
    string,
    Action | Tool | Exhibit | undefined
  >;
  const loaded = module[name];
  if (loaded?.id !== id) throw new Error(`functions/${path} must export ${name}, with the id ${id}`);
  return { ...loaded, ...member };
}

/** The registry's source: static imports, so that a bundler sees them. */
export function registry(folder: string, type: string, members: readonly Member[], home = 'account'): string {
  const imports = members.map(
    ({ name, path }) => `import { ${name} } from './${path.slice(folder.length + 1)}';`,
  );
  const names = members.map(({ name }) => `  ${name},`);
  return [
    '// Written by scripts/generate.ts from the files beside it. Do not edit.',
    `import type { ${type} } from '../core/${home}.ts';`,
    ...imports,
    '',
    `/** Every ${type.toLowerCase()} that is built in, by id. */`,
    `export const ${folder}: readonly ${type}[] = [`,
    ...names,
    '];',
    '',
  ].join('\n');
}

function camelCase(id: string): string {
  return id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

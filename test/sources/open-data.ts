import { existsSync, readdirSync, readFileSync } from 'node:fs';

const open = new URL('../../../shared/data/open/', import.meta.url);

/** Why tests over the public data are skipped, or undefined where it is at hand. */
export const absent = existsSync(open) ? undefined : 'the shared data folder is not beside this checkout';

/** The files of a kind of public data: name and parsed content. */
export function openFiles(kind: string): readonly { readonly name: string; readonly document: unknown }[] {
  if (absent) return [];
  const folder = new URL(`${kind}/`, open);
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, document: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) }));
}

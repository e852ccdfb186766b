import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The directories below a seed's that are about other accounts, in the order of their names. */
export function memberDirectories(directory: string): string[] {
  const members = join(directory, 'members');
  if (!existsSync(members)) return [];
  return readdirSync(members)
    .toSorted()
    .map((name) => join(members, name));
}

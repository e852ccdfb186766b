import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemblyDirectory } from '../../cli/assembly.ts';

/**
 * The synthesized stack with other playbook data, in a folder of its own. Everything else is the deployed thing:
 * playbooks are data in the bundles, which keep the fields' names. Throws if no bundle changed.
 */
export function assemblyWith(change: (bundle: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-data-'));
  cpSync(assemblyDirectory, folder, { recursive: true, dereference: true });
  let changed = 0;
  for (const asset of readdirSync(folder).filter((name) => name.startsWith('asset.'))) {
    if (!readdirSync(join(folder, asset)).includes('index.mjs')) continue;
    const file = join(folder, asset, 'index.mjs');
    const text = readFileSync(file, 'utf8');
    const other = change(text);
    if (other === text) continue;
    writeFileSync(file, other);
    changed += 1;
  }
  if (changed === 0) throw new Error('no bundle holds what was to be changed');
  return folder;
}

/** Numbers of every playbook replaced: `{ watchMinutes: 0.5 }`. */
export function withNumbers(numbers: Readonly<Record<string, number>>): (bundle: string) => string {
  const field = new RegExp(`"?\\b(${Object.keys(numbers).join('|')})\\b"?:\\s*\\d+(?=[,}])`, 'g');
  return (bundle) => bundle.replaceAll(field, (_found, name: string) => `${name}:${numbers[name]}`);
}

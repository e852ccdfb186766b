import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemblyDirectory } from '../../cli/assembly.ts';

const BUNDLE = 'index.mjs';

/**
 * The synthesized stack with other playbook data, in a folder of its own. Everything else is the deployed thing:
 * playbooks are data in the bundles, which keep the fields' names. Throws if no bundle changed.
 */
export function assemblyWith(change: (bundle: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-data-'));
  linkAll(assemblyDirectory, folder, (name) => !name.startsWith('asset.'));
  const assets = readdirSync(assemblyDirectory).filter((name) => name.startsWith('asset.'));
  const changed = assets.filter((name) =>
    changeAsset(join(assemblyDirectory, name), join(folder, name), change),
  );
  if (changed.length === 0) throw new Error('no bundle holds what was to be changed');
  return folder;
}

/** An asset that does not change is the synthesized one itself. */
function changeAsset(asset: string, to: string, change: (bundle: string) => string): boolean {
  const bundle = join(asset, BUNDLE);
  const text = existsSync(bundle) ? readFileSync(bundle, 'utf8') : '';
  const other = change(text);
  if (other === text) {
    symlinkSync(asset, to);
    return false;
  }
  mkdirSync(to);
  linkAll(asset, to, (name) => name !== BUNDLE);
  writeFileSync(join(to, BUNDLE), other);
  return true;
}

function linkAll(from: string, to: string, isWanted: (name: string) => boolean): void {
  for (const name of readdirSync(from).filter(isWanted)) symlinkSync(join(from, name), join(to, name));
}

/** Numbers of every playbook replaced: `{ watchMinutes: 0.5 }`. */
export function withNumbers(numbers: Readonly<Record<string, number>>): (bundle: string) => string {
  const field = new RegExp(`"?\\b(${Object.keys(numbers).join('|')})\\b"?:\\s*\\d+(?=[,}])`, 'g');
  return (bundle) => bundle.replaceAll(field, (_found, name: string) => `${name}:${numbers[name]}`);
}

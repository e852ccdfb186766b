import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const root = new URL('../', import.meta.url);

/**
 * Writes a generated file, or with `check` only compares: answers whether the committed file was as it should be.
 * The path is relative to the repository's root.
 */
export function writeOrCheck(path: string, content: string, check: boolean): boolean {
  const file = new URL(path, root);
  const current = readIfThere(file);
  if (current === content) return true;
  if (check) {
    console.error(`${path} is stale: run \`npm run generate\` and commit what it writes`);
    return false;
  }
  mkdirSync(dirname(file.pathname), { recursive: true });
  writeFileSync(file, content);
  console.log(`wrote ${path}`);
  return false;
}

function readIfThere(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

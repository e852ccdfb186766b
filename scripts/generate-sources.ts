import { existsSync, readdirSync } from 'node:fs';
import { writeOrCheck } from './generated-file.ts';

/** `node scripts/generate-sources.ts [--check]`: writes the registry of finding sources, or fails where it is stale. */
const check = process.argv.includes('--check');
const folder = new URL('../functions/sources/', import.meta.url);

/** A source is a folder with a `source.ts`, which exports it under the folder's name in camelCase. */
const ids = readdirSync(folder)
  .filter((name) => existsSync(new URL(`${name}/source.ts`, folder)))
  .sort();

const nameOf = (id: string): string => id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const content = [
  '// Written by scripts/generate-sources.ts from the folders beside it. Do not edit.',
  "import type { Source } from '../core/source.ts';",
  ...ids.map((id) => `import { ${nameOf(id)} } from './${id}/source.ts';`),
  '',
  '/** Every finding source that is built in, by id. */',
  `export const sources: readonly Source[] = [${ids.map(nameOf).join(', ')}];`,
  '',
].join('\n');

const current = writeOrCheck('functions/sources/registry.gen.ts', content, check);
if (check && !current) process.exitCode = 1;

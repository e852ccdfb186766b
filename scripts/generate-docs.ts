import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { actions } from '../functions/actions/registry.gen.ts';
import { accountJsonSchema } from '../sandbox/account/seed/account-schema.ts';
import { actionsPage } from './actions-page.ts';
import { cataloguePage } from './catalogue-page.ts';
import { configurationTable } from './configuration-table.ts';
import { writeOrCheck } from './generated-file.ts';
import { plannedExamples } from './planned-examples.ts';
import { sourcesPage } from './sources-page.ts';

/** `node scripts/generate-docs.ts [--check]`: writes what the documents take from the code, or fails where it is stale. */
const check = process.argv.includes('--check');
const root = new URL('../', import.meta.url);

/** As `biome check` wants it, so that the two never disagree. */
function formatted(path: string, text: string): string {
  const biome = fileURLToPath(new URL('node_modules/.bin/biome', root));
  const { status, stdout, stderr } = spawnSync(biome, ['format', `--stdin-file-path=${path}`], {
    input: text,
    cwd: fileURLToPath(root),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`biome could not format ${path}: ${stderr}`);
  return stdout;
}

/** The README with the table between its two markers made anew. */
function readme(): string {
  const text = readFileSync(new URL('README.md', root), 'utf8');
  const block = /(<!-- configuration: [^>]*-->\n)[\s\S]*?(\n<!-- \/configuration -->)/;
  if (!block.test(text)) throw new Error('README.md has lost the markers of its configuration table');
  return text.replace(block, (_, begin: string, end: string) => `${begin}\n${configurationTable()}\n${end}`);
}

const schema = 'docs/account.schema.json';
const examples = await plannedExamples(actions);
const sentences = `// Written by scripts/generate-docs.ts from the contract cases. Do not edit.
import type { PlannedAction } from '../functions/core/plan.ts';

/** What each action says of the resource of its first contract case, by its id. */
export const sentences: Readonly<Record<string, Pick<PlannedAction, 'change' | 'undo' | 'cannotRestore'>>> = ${JSON.stringify(Object.fromEntries(examples), null, 2)};
`;
const current = [
  writeOrCheck('docs/catalogue.md', cataloguePage(), check),
  writeOrCheck('docs/sources.md', sourcesPage(), check),
  writeOrCheck('docs/actions.md', actionsPage(actions, examples), check),
  writeOrCheck('cli/action-sentences.gen.ts', sentences, check),
  writeOrCheck(schema, formatted(schema, JSON.stringify(accountJsonSchema(), null, 2)), check),
  writeOrCheck('README.md', readme(), check),
];
if (check && current.includes(false)) process.exitCode = 1;

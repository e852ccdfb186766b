import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as z from 'zod';
import { writeOrCheck } from './generated-file.ts';
import { NewAction, scaffoldAction } from './scaffold-action.ts';

/** `npm run new:action -- ID TARGET FAMILY`: writes the start of an action and of its cases, and registers it. */
const [id, target, family] = process.argv.slice(2);
const parsed = NewAction.safeParse({ id, target, family });
if (!parsed.success) fail(`usage: npm run new:action -- ID TARGET FAMILY\n${z.prettifyError(parsed.error)}`);
if (
  existsSync(new URL(`../functions/actions/${id}`, import.meta.url)) ||
  existsSync(`functions/actions/${id}.ts`)
)
  fail(`the action ${id} is there already`);
for (const [path, text] of Object.entries(scaffoldAction(parsed.data))) writeOrCheck(path, text, false);
const { status } = spawnSync(process.execPath, ['scripts/generate.ts'], { stdio: 'inherit' });
if (status !== 0) fail('the action is written and not registered; what is wrong stands above');
console.log(`next: its plan and its cases, until \`npx vitest run test/contract -t ${id}\` is green`);
console.log('then: a rule in policies/playbooks that proposes it, and `npm run generate` for the documents');

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

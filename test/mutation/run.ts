import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { excuses } from './excuses.ts';
import { judge } from './judge.ts';
import { actionIds, mutate } from './mutants.ts';
import { missedLine, report } from './report.ts';

/**
 * `npm run test:mutation [-- <action>... --json --workers N]`: changes each action in every way that Stryker knows,
 * one at a time, and runs the contract's tests that reach the change. What no test notices is listed. Fails where less
 * than 85% is noticed over all, or 75% of one action, or where an excuse is not needed. What is worked out while
 * modules are loaded, such as permissions and schemas, is counted apart, and not tried.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, workers: { type: 'string' } },
});

const all = actionIds();
const unknown = positionals.filter((id) => !all.includes(id));
if (unknown.length > 0) throw new Error(`no action is called ${unknown.join()}; docs/actions.md lists them`);
const wanted = positionals.length > 0 ? positionals : all;

const start = performance.now();
const { sources, mutants } = await mutate(wanted);
const judged = await judge({
  mutants,
  sources,
  files: testFiles(),
  isAsked: (suite) => !isOfOthers(suite),
  workers: Number(values.workers ?? availableParallelism()),
  onJudged(one) {
    for (const line of values.json ? [] : missedLine(one, excuses)) console.log(line);
  },
});
const { text, failures } = report(judged, excuses, wanted === all);
const seconds = Math.round((performance.now() - start) / 1000);
console.log(
  values.json ? JSON.stringify({ seconds, failures, mutants: judged }, null, 2) : `${text}\n\n${seconds} s`,
);
for (const failure of failures) console.error(failure);
process.exit(failures.length > 0 ? 1 : 0);

/** Those that load actions, and are not named after another one. registry.test.ts reads the sources themselves. */
function testFiles(): readonly string[] {
  return globSync('test/contract/*.test.ts', { exclude: ['**/registry.test.ts'] })
    .filter((path) => !isOfOthers(basename(path, '.test.ts')))
    .filter((path) => readFileSync(path, 'utf8').includes('/functions/actions/'))
    .sort();
}

function isOfOthers(name: string): boolean {
  return all.includes(name) && !wanted.includes(name);
}

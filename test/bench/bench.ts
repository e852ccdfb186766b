import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { assemblyDirectory, isStale, synthesize } from '../../cli/assembly.ts';
import { benchActions } from './actions.ts';
import { brokenLimits } from './broken-limits.ts';
import { benchBundles } from './bundles.ts';
import { ratios } from './compare.ts';
import { benchDecisions } from './decision.ts';
import { benchDemo } from './demo.ts';
import { benchIngest } from './ingest.ts';
import { benchIntelligence } from './intelligence.ts';
import { benchStorm } from './storm.ts';

/**
 * `npm run -s bench -- [--only decision|bundles|demo|actions|ingest|intelligence|storm]... [--compare FILE]`: prints one JSON document with the numbers
 * and whether each is within its limit; with `--compare`, also their ratios to an earlier document. The exit code is 1
 * where one is not, and its name is on stderr. What else runs on the machine slows all of it: the load average before and
 * after stands beside the numbers.
 */
const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, compare: { type: 'string' } },
});

const parts = {
  // The demo first: it leaves the template fresh for the others.
  demo: benchDemo,
  bundles: async () => benchBundles(assemblyDirectory),
  decision: () => benchDecisions(assemblyDirectory, 100, 100),
  actions: () => benchActions(50, 200),
  ingest: async () => benchIngest(3),
  intelligence: async () => benchIntelligence(1_000_000),
  storm: benchStorm,
};

const wanted = values.only ?? Object.keys(parts);
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0)
  throw new Error(`--only ${unknown.join()}: expected one of ${Object.keys(parts).join(', ')}`);

if (!wanted.includes('demo') && isStale()) await synthesize();
const loadBefore = loadavg()[0];
const results: Record<string, unknown> = {};
for (const [name, run] of Object.entries(parts)) if (wanted.includes(name)) results[name] = await run();
const machine = {
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  node: process.version,
  load: { before: loadBefore, after: loadavg()[0] },
};
const document = { machine, ...results };
const { compare } = values;
const compared = compare === undefined ? {} : { ratios: ratios(document, readJson(compare)) };
console.log(JSON.stringify({ ...document, ...compared }, null, 2));
const broken = brokenLimits(results);
if (broken.length > 0) {
  console.error(`outside of its limit: ${broken.join(', ')}`);
  process.exitCode = 1;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

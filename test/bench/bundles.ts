import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { functionNames } from '../../infra/names.ts';
import { filledIn, Template } from '../infra/template.ts';
import { quantile, rounded } from './statistics.ts';

const IMPORTS = 5;
const LIMIT = { bytes: 1_500_000, importMs: 200 } as const;
/** What a person or a burst of findings waits for. */
const SMALL_LIMIT = { bytes: 600_000, importMs: 110 } as const;
const small: readonly string[] = ['ingest', 'console'];

const TIMED_IMPORT =
  'const began=performance.now();await import(process.argv[1]);console.log(performance.now()-began)';

interface Deployed {
  readonly name: string;
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Size of each function's module, without Cedar's WebAssembly beside it, and how long a fresh Node takes to import it
 * with the environment of the template: the median of five.
 */
export function benchBundles(assembly: string) {
  const deployed = readDeployed(assembly);
  // Round by round, so that a busy moment does not fall on one function alone.
  const rounds = Array.from({ length: IMPORTS }, () => deployed.map(importMs));
  return Object.fromEntries(
    deployed.map(({ name, file }, index) => {
      const times = rounds.map((round) => round[index] ?? Number.NaN);
      const limit = small.includes(name) ? SMALL_LIMIT : LIMIT;
      const bytes = statSync(file).size;
      const median = rounded(quantile(times, 0.5));
      const fastest = rounded(Math.min(...times));
      const ok = bytes <= limit.bytes && median <= limit.importMs;
      return [name, { bytes, importMs: median, fastestImportMs: fastest, limit, ok }];
    }),
  );
}

function importMs({ name, file, environment }: Deployed): number {
  const lambda = { AWS_REGION: 'eu-central-1', AWS_LAMBDA_FUNCTION_NAME: `sallyport-${name}` };
  const said = execFileSync(
    process.execPath,
    ['--input-type=module', '-e', TIMED_IMPORT, pathToFileURL(file).href],
    { env: { ...environment, ...lambda }, encoding: 'utf8' },
  );
  return Number(said);
}

function readDeployed(assembly: string): Deployed[] {
  const template = new Template(
    JSON.parse(readFileSync(join(assembly, 'Sallyport.template.json'), 'utf8')) as { Resources: object },
  );
  const functions = [...template.ofType('AWS::Lambda::Function').values()];
  return functionNames.map((name) => {
    const found = functions.find(({ FunctionName }) => FunctionName === `sallyport-${name}`);
    if (!found) throw new Error(`the template has no function sallyport-${name}`);
    const { S3Key } = found.Code as { S3Key: string };
    const { Variables } = found.Environment as { Variables: Record<string, string> };
    return {
      name,
      file: join(assembly, `asset.${S3Key.replace(/\.zip$/, '')}`, 'index.mjs'),
      environment: filledIn(Variables),
    };
  });
}

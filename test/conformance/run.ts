import { spawnSync } from 'node:child_process';
import { dynamoDbLocal } from './dynamodb-local.ts';
import { moto } from './moto/moto.ts';
import type { Imitation } from './server.ts';

/**
 * `npm run test:conformance [-- --required] [moto|dynamodb [-t <words of a test's name>]]`: suites of contracts that
 * the laptop cloud keeps, against imitations of AWS that others wrote. What this machine cannot run is said and
 * passed over; with `--required` it fails.
 */
const runs: Readonly<Record<string, Run>> = {
  dynamodb: {
    imitation: dynamoDbLocal,
    variable: 'SALLYPORT_DYNAMODB',
    suites: [
      'ledger',
      'ledger-dynamo',
      'claims',
      'locks',
      'kill-switch',
      'links',
      'doorbells',
      'projection',
    ].map((name) => `test/adapters/${name}.test.ts`),
  },
  moto: {
    imitation: moto,
    variable: 'SALLYPORT_MOTO',
    suites: ['test/conformance/moto/actions.conformance.ts'],
  },
};

interface Run {
  readonly imitation: Imitation;
  /** Environment variable that tells the suites the endpoint. */
  readonly variable: string;
  readonly suites: readonly string[];
}

const [only, ...more] = process.argv.slice(2).filter((word) => word !== '--required');
const required = process.argv.includes('--required');
const chosen = only === undefined ? Object.values(runs) : [runs[only]].filter((one) => one !== undefined);
if (chosen.length === 0)
  throw new Error(`there is no run ${only}; there are ${Object.keys(runs).join(', ')}`);

for (const run of chosen) process.exitCode = Math.max(Number(process.exitCode ?? 0), await conform(run));

async function conform({ imitation, variable, suites }: Run): Promise<number> {
  const missing = imitation.missing();
  if (missing) {
    console.log(`conformance with ${imitation.name} skipped: ${missing}`);
    return required ? 1 : 0;
  }
  const server = await imitation.start();
  try {
    return runSuites(suites, { [variable]: server.endpoint });
  } finally {
    await server.stop();
  }
}

function runSuites(suites: readonly string[], environment: Readonly<Record<string, string>>): number {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/conformance/vitest.config.ts'];
  const { status } = spawnSync(process.execPath, [...vitest, ...suites, ...more], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return status ?? 1;
}

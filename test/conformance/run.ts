import { spawnSync } from 'node:child_process';
import { missingForDynamoDbLocal, startDynamoDbLocal } from './dynamodb-local.ts';

/**
 * `npm run test:conformance [-- --required]`: the contract suites of what is kept in DynamoDB, against AWS's own
 * DynamoDB Local instead of the laptop cloud. Where Java is missing it says so and passes; with `--required` it fails.
 */
const SUITES = [
  'ledger',
  'ledger-dynamo',
  'claims',
  'locks',
  'kill-switch',
  'links',
  'doorbells',
  'projection',
].map((name) => `test/adapters/${name}.test.ts`);

const missing = missingForDynamoDbLocal();
if (missing) {
  console.log(`conformance with DynamoDB Local skipped: ${missing}`);
  process.exitCode = process.argv.includes('--required') ? 1 : 0;
} else {
  const server = await startDynamoDbLocal();
  try {
    process.exitCode = runSuites(server.endpoint);
  } finally {
    await server.stop();
  }
}

function runSuites(endpoint: string): number {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/conformance/vitest.config.ts', ...SUITES],
    { stdio: 'inherit', env: { ...process.env, SALLYPORT_DYNAMODB: endpoint } },
  );
  return status ?? 1;
}

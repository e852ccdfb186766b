import { defineConfig } from 'vitest/config';

/** The adapters' contract suites, as `npm test` runs them, on the DynamoDB that `SALLYPORT_DYNAMODB` names. */
export default defineConfig({
  test: {
    root: '.',
    include: ['test/adapters/**/*.test.ts'],
    globalSetup: ['test/scratch.ts'],
    isolate: false,
    testTimeout: 60_000,
  },
});

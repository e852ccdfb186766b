import { defineConfig } from 'vitest/config';

/** The adapters' contract suites and the actions' contract, on the imitations whose endpoints `run.ts` names. */
export default defineConfig({
  test: {
    root: '.',
    include: ['test/adapters/**/*.test.ts', 'test/conformance/**/*.conformance.ts'],
    globalSetup: ['test/scratch.ts'],
    isolate: false,
    testTimeout: 60_000,
  },
});

import { defineConfig } from 'vitest/config';

/** Apart from the other tests, since each waits for what comes later, or has a laptop cloud of another make. */
export default defineConfig({
  test: {
    include: ['test/stories/**/*.test.ts'],
    globalSetup: ['test/scratch.ts', 'test/e2e/synthesize.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Most of it is waiting.
    maxWorkers: 3,
  },
});

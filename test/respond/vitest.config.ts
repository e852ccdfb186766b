import { defineConfig } from 'vitest/config';

/** Apart from the other tests, since it takes minutes: every action of the catalogue through the whole system. */
export default defineConfig({
  test: {
    include: ['test/respond/**/*.test.ts'],
    globalSetup: ['test/scratch.ts', 'test/e2e/synthesize.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // Each scenario has a laptop cloud of its own: two at a time.
    maxConcurrency: 2,
  },
});

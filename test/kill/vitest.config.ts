import { defineConfig } from 'vitest/config';

/** Apart from the other tests, since it takes minutes: `vitest run --config test/kill/vitest.config.ts`. */
export default defineConfig({
  test: {
    include: ['test/kill/**/*.test.ts'],
    globalSetup: ['test/scratch.ts', 'test/e2e/synthesize.ts'],
    testTimeout: 20 * 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});

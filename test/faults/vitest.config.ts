import { defineConfig } from 'vitest/config';

/** What of the contract asks about every field and every call of every action, which takes as long as all else of it. */
export default defineConfig({
  test: {
    include: ['test/contract/{left-out,unforeseen}.test.ts'],
    maxWorkers: 3,
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

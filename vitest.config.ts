import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      ...['test/browser/**', 'test/kill/**', 'test/respond/**', 'test/stories/**'],
      'test/contract/{left-out,unforeseen}.test.ts',
    ],
    // The end-to-end tests start clouds on the synthesized template.
    globalSetup: ['test/scratch.ts', 'test/e2e/synthesize.ts'],
    // Most of an end-to-end test is waiting for processes; unit tests share their workers' modules.
    maxWorkers: 3,
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'istanbul',
      include: ['functions/core/**', 'functions/actions/**', 'functions/tools/**', 'functions/response/**'],
      thresholds: {
        'functions/core/**': { lines: 95, branches: 88, functions: 95 },
        'functions/actions/**': { lines: 97, branches: 72, functions: 97 },
        'functions/tools/**': { lines: 92, branches: 60, functions: 95 },
        'functions/response/**': { lines: 98, branches: 90, functions: 98 },
      },
    },
  },
});

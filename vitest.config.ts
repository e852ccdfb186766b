import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/kill/**'],
    // The end-to-end tests start clouds on the synthesized template.
    globalSetup: ['test/e2e/synthesize.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['functions/core/**', 'functions/actions/**', 'functions/tools/**'],
    },
  },
});

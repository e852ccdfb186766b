import { defineConfig } from 'vitest/config';

/** Apart from the other tests, since it needs Chromium: `vitest run --config test/browser/vitest.config.ts`. */
export default defineConfig({
  test: { include: ['test/browser/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
});

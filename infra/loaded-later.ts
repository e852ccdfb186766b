import { basename } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * What a function imports only when it needs it stays a file of its own beside the bundle, with an entry point of the same
 * name, so that a cold start does not pay for it.
 */
export const loadedLater: Plugin = {
  name: 'loaded-later',
  setup(build) {
    build.onResolve({ filter: /^\.\/[\w-]+\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${basename(path, '.ts')}.mjs`, external: true } : undefined,
    );
  },
};

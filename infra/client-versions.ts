import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const PACKAGE = /[\\/]@aws-sdk[\\/](client-[^\\/]+|nested-clients)[\\/]package\.json$/;

/**
 * Leaves of a client's package.json what the client reads: its version, for the user agent. The rest, 2 kB of scripts
 * and dependencies in each of a bundle's clients, is asked for by nobody, and a JSON module cannot be shaken.
 */
export const clientVersions: Plugin = {
  name: 'client-versions',
  setup(build) {
    build.onLoad({ filter: PACKAGE }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

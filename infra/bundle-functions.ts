import { join } from 'node:path';
import { build } from 'esbuild';
import { clientVersions } from './client-versions.ts';
import { loadedLater } from './loaded-later.ts';
import { functionNames } from './names.ts';
import { shakeableSchemas } from './shakeable-schemas.ts';

/**
 * `node infra/bundle-functions.ts DIRECTORY`: writes `<function>/index.mjs` for each function, one minified ES module
 * with the SDK in it, and beside it what it loads later, since Lambda's own may be older. Exits with 1 after esbuild has printed the file and the line.
 */
const [outdir] = process.argv.slice(2);
if (!outdir) throw new Error('usage: node infra/bundle-functions.ts DIRECTORY');

/** ESM has none of these, and CommonJS dependencies (Cedar's among them) ask for all three. */
const COMMONJS_NAMES = [
  "import{createRequire as commonjsRequire}from'node:module';",
  'const require=commonjsRequire(import.meta.url),',
  '__filename=import.meta.filename,__dirname=import.meta.dirname;',
].join('');

await build({
  absWorkingDir: join(import.meta.dirname, '..'),
  entryPoints: {
    ...Object.fromEntries(functionNames.map((name) => [`${name}/index`, `./functions/handlers/${name}.ts`])),
    'ingest/ingest-tags': './functions/handlers/ingest-tags.ts',
  },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  minify: true,
  // The CommonJS build of a package that has both cannot be shaken.
  mainFields: ['module', 'main'],
  // A Lambda has its role's credentials in its environment: single sign-on, profiles and the rest never answer there.
  alias: { '@aws-sdk/credential-provider-node': './functions/adapters/lambda-credentials.ts' },
  plugins: [loadedLater, shakeableSchemas, clientVersions],
  banner: { js: COMMONJS_NAMES },
  logLevel: 'error',
}).catch(() => {
  process.exitCode = 1;
});

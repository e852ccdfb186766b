import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';
import { type FunctionName, functionNames } from './names.ts';

const projectRoot = join(import.meta.dirname, '..');

/** ESM has none of these, and CommonJS dependencies (Cedar's among them) ask for all three. */
const COMMONJS_NAMES = [
  "import{createRequire as commonjsRequire}from'node:module';",
  'const require=commonjsRequire(import.meta.url),',
  '__filename=import.meta.filename,__dirname=import.meta.dirname;',
].join('');

const CEDAR_WASM = 'node_modules/@cedar-policy/cedar-wasm/nodejs/cedar_wasm_bg.wasm';

/**
 * The code of the functions: one minified ES module each, with the SDK in it, since Lambda's own may be older. All are
 * bundled by one call of esbuild in this process; NodejsFunction would start it by npx once per function, which takes
 * longer than the bundling does.
 */
export class Bundles {
  private directory: string | undefined;

  /** The code of one function, with the policy engine's WebAssembly beside it if it asks for that. */
  codeOf(scope: Construct, name: FunctionName, { cedar }: { readonly cedar: boolean }): Code {
    // `cdk destroy` and the template tests need no code (context aws:cdk:bundling-stacks).
    if (!Stack.of(scope).bundlingRequired) return Code.fromInline('// not bundled');
    this.directory ??= buildAll();
    const bundle = join(this.directory, name);
    if (cedar) copyFileSync(join(projectRoot, CEDAR_WASM), join(bundle, 'cedar_wasm_bg.wasm'));
    return Code.fromAsset(bundle);
  }

  /** Removes the bundles, which CDK has copied into its assembly by then. */
  remove(): void {
    if (this.directory) rmSync(this.directory, { recursive: true });
    this.directory = undefined;
  }
}

/** Throws esbuild's error after it has printed the file and the line. */
function buildAll(): string {
  const outdir = mkdtempSync(join(tmpdir(), 'sallyport-bundles-'));
  buildSync({
    absWorkingDir: projectRoot,
    entryPoints: Object.fromEntries(
      functionNames.map((name) => [`${name}/index`, `./functions/handlers/${name}.ts`]),
    ),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    // The CommonJS build of a package that has both cannot be shaken.
    mainFields: ['module', 'main'],
    banner: { js: COMMONJS_NAMES },
    logLevel: 'error',
  });
  return outdir;
}

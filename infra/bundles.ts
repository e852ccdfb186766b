import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { FunctionName } from './names.ts';

const projectRoot = join(import.meta.dirname, '..');
const BUNDLER = join(import.meta.dirname, 'bundle-functions.ts');
const CEDAR_WASM = 'node_modules/@cedar-policy/cedar-wasm/nodejs/cedar_wasm_bg.wasm';

/** What lies beside a function's bundle. */
interface Beside {
  /** The policy engine's WebAssembly. */
  readonly cedar: boolean;
  /** Files of what the owner filled in under `policies/`, as JSON: functions/handlers/policy-data.ts reads them. */
  readonly policyData: Readonly<Record<string, unknown>>;
}

/**
 * The code of the functions, all bundled at once when the first is asked for; NodejsFunction would start esbuild by npx
 * once per function, which takes longer than the bundling does.
 */
export class Bundles {
  private directory: string | undefined;

  /** The code of one function, with what it asks for beside it. */
  codeOf(scope: Construct, name: FunctionName, { cedar, policyData }: Beside): Code {
    // `cdk destroy` and the template tests need no code (context aws:cdk:bundling-stacks).
    if (!Stack.of(scope).bundlingRequired) return Code.fromInline('// not bundled');
    this.directory ??= buildAll();
    const bundle = join(this.directory, name);
    if (cedar) copyFileSync(join(projectRoot, CEDAR_WASM), join(bundle, 'cedar_wasm_bg.wasm'));
    for (const [file, content] of Object.entries(policyData))
      writeFileSync(join(bundle, file), JSON.stringify(content));
    return Code.fromAsset(bundle);
  }

  /** Removes the bundles, which CDK has copied into its assembly by then. */
  remove(): void {
    if (this.directory) rmSync(this.directory, { recursive: true });
    this.directory = undefined;
  }
}

/** In a process of its own: esbuild runs plugins only asynchronously, and a construct cannot wait. It prints its errors. */
function buildAll(): string {
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-bundles-'));
  const { status, error } = spawnSync(process.execPath, [BUNDLER, directory], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status === 0) return directory;
  rmSync(directory, { recursive: true });
  throw new Error('the functions cannot be bundled; what is wrong stands above', { cause: error });
}

import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import cdk from '../../cdk.json' with { type: 'json' };
import { assemblyDirectory } from '../../cli/assembly.ts';
import { Bundles } from '../../infra/bundles.ts';
import { type FunctionName, physicalName } from '../../infra/names.ts';
import { addSallyport } from '../../infra/synthesize.ts';

/**
 * `node test/infra/synthesize-organization.ts DIRECTORY CONTEXT`: an assembly of hub and spoke for the laptop cloud to
 * run, with cdk.json's context and, over it, what the JSON says. Nothing is bundled: whatever the context asks for, the
 * code is that of the assembly which the tests began with.
 */
class KnownBundles extends Bundles {
  private readonly assets = assetsOf(join(assemblyDirectory, 'Sallyport.template.json'));
  /** CDK takes what follows the dot in an asset's own name for an extension. */
  private readonly copies = mkdtempSync(join(tmpdir(), 'sallyport-bundles-'));

  override codeOf(_scope: Construct, name: FunctionName): Code {
    const asset = this.assets.get(physicalName(name));
    if (!asset) throw new Error(`the assembly holds no bundle of ${name}`);
    const copy = join(this.copies, name);
    cpSync(join(assemblyDirectory, asset), copy, { recursive: true });
    return Code.fromAsset(copy);
  }

  override remove(): void {
    rmSync(this.copies, { recursive: true });
  }
}

function assetsOf(template: string): Map<string, string> {
  const { Resources } = JSON.parse(readFileSync(template, 'utf8')) as { Resources: object };
  const functions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  return new Map(
    functions.map(({ Properties: { FunctionName: name, Code: code } }) => [
      String(name),
      `asset.${String(code.S3Key).replace('.zip', '')}`,
    ]),
  );
}

const [outdir, wanted] = process.argv.slice(2);
if (!outdir || !wanted) throw new Error('usage: node synthesize-organization.ts DIRECTORY CONTEXT');
const { context } = cdk;
const sallyport = { ...context.sallyport, ...(JSON.parse(wanted) as object) };
const app = new App({ outdir, context: { ...context, sallyport } });
const bundles = new KnownBundles();
await addSallyport(app, bundles);
app.synth();
bundles.remove();

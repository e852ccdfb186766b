import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdk from '../../cdk.json' with { type: 'json' };
import { assemblyDirectory } from '../../cli/assembly.ts';
import { ownEnvironment, suppressions } from '../../functions/generated/policies.gen.ts';
import { Bundles } from '../../infra/bundles.ts';
import type { OwnersData } from '../../infra/foundation.ts';
import { physicalName } from '../../infra/names.ts';
import { addSallyport } from '../../infra/synthesize.ts';

/**
 * `node test/infra/synthesize-organization.ts DIRECTORY CONTEXT [OWNERS]`: an assembly of hub and spoke for the laptop cloud to
 * run, with cdk.json's context and, over it, what the JSON says, and of an owner whose files under `policies/` hold
 * OWNERS. Nothing is bundled: whatever the context asks for, the
 * code is that of the assembly which the tests began with.
 */
class KnownBundles extends Bundles {
  private readonly assets = assetsOf(join(assemblyDirectory, 'Sallyport.template.json'));
  /** CDK takes what follows the dot in an asset's own name for an extension. */
  private readonly copies = mkdtempSync(join(tmpdir(), 'sallyport-bundles-'));

  override codeOf(...[_scope, name, { policyData }]: Parameters<Bundles['codeOf']>): Code {
    const asset = this.assets.get(physicalName(name));
    if (!asset) throw new Error(`the assembly holds no bundle of ${name}`);
    const copy = join(this.copies, name);
    cpSync(join(assemblyDirectory, asset), copy, { recursive: true });
    for (const [file, content] of Object.entries(policyData))
      writeFileSync(join(copy, file), JSON.stringify(content));
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

const [outdir, wanted, owned = '{}'] = process.argv.slice(2);
if (!outdir || !wanted) throw new Error('usage: node synthesize-organization.ts DIRECTORY CONTEXT [OWNERS]');
const { context } = cdk;
const sallyport = { ...context.sallyport, ...(JSON.parse(wanted) as object) };
const app = new App({ outdir, context: { ...context, sallyport } });
const bundles = new KnownBundles();
const owners = JSON.parse(owned) as Partial<OwnersData>;
await addSallyport(app, bundles, { environment: ownEnvironment, suppressions, ...owners });
app.synth();
bundles.remove();

import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { assemblyDirectory } from '../../cli/assembly.ts';
import { functionNames } from '../../infra/names.ts';
import { filledIn, synthesize, Template } from './template.ts';

const run = promisify(execFile);
const ASKED_FOR = {
  slack: { channel: 'C0123', secretName: 'slack' },
  oidc: { issuer: 'https://id.example.com', audience: ['sallyport'] },
};

interface Deployed {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}
let deployed: Map<string, Deployed>;

/** The code is the same whatever the context asks for: the assembly's, which the tests began with. */
beforeAll(async () => {
  const functionsOf = (template: Template) => [...template.ofType('AWS::Lambda::Function').values()];
  const assembly = JSON.parse(readFileSync(join(assemblyDirectory, 'Sallyport.template.json'), 'utf8'));
  const code = new Map(
    functionsOf(new Template(assembly)).map(({ FunctionName, Code }) => {
      const hash = String((Code as { S3Key: string }).S3Key).replace('.zip', '');
      return [String(FunctionName), join(assemblyDirectory, `asset.${hash}`)];
    }),
  );
  deployed = new Map(
    functionsOf(await synthesize(ASKED_FOR)).map(({ FunctionName, Environment }) => {
      const environment = (Environment as { Variables: Record<string, string> }).Variables;
      const directory = code.get(String(FunctionName)) ?? '';
      return [String(FunctionName), { directory, environment: filledIn(environment) }];
    }),
  );
});

describe.each(functionNames)('the bundle of %s', (name) => {
  it('loads with the environment that the template gives it, and exports its handler', async () => {
    const { directory, environment } = found(name);
    const module = pathToFileURL(join(directory, 'index.mjs')).href;
    const lambda = { AWS_REGION: 'eu-central-1', AWS_LAMBDA_FUNCTION_NAME: `sallyport-${name}` };
    const { stdout } = await run(
      process.execPath,
      ['--input-type=module', '-e', `console.log(typeof (await import('${module}')).handler)`],
      { env: { ...environment, ...lambda } },
    );
    expect(stdout.trim()).toBe('function');
  });

  it('is within its limit', () => {
    const limit = ['ingest', 'console'].includes(name) ? 600_000 : 1_500_000;
    expect(statSync(join(found(name).directory, 'index.mjs')).size).toBeLessThan(limit);
  });

  it('takes credentials from the environment alone', () => {
    const code = readFileSync(join(found(name).directory, 'index.mjs'), 'utf8');
    const otherSources = ['credential_process', 'AWS_WEB_IDENTITY_TOKEN_FILE', '169.254.170.2'];
    expect(otherSources.filter((source) => code.includes(source))).toEqual([]);
  });
});

function found(name: string): Deployed {
  const one = deployed.get(`sallyport-${name}`);
  if (!one) throw new Error(`the template has no function sallyport-${name}`);
  return one;
}

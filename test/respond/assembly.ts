import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemblyDirectory } from '../../cli/assembly.ts';
import type { OwnEnvironment } from '../../functions/core/own-environment.ts';

const TEMPLATE = 'Sallyport.template.json';

interface WithEnvironment {
  Properties?: { Environment?: { Variables?: Record<string, unknown> } };
}

/** The synthesized assembly as it would be for an owner who filled in `policies/environment.yaml`. */
export function assemblyOf(environment: OwnEnvironment): {
  readonly directory: string;
  remove(): void;
} {
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-assembly-'));
  for (const name of readdirSync(assemblyDirectory).filter((one) => one !== TEMPLATE))
    symlinkSync(join(assemblyDirectory, name), join(directory, name));
  const template = JSON.parse(readFileSync(join(assemblyDirectory, TEMPLATE), 'utf8')) as {
    Resources: Record<string, WithEnvironment>;
  };
  for (const { Properties } of Object.values(template.Resources)) {
    const variables = Properties?.Environment?.Variables;
    if (variables?.OWN_ENVIRONMENT) variables.OWN_ENVIRONMENT = JSON.stringify(environment);
  }
  writeFileSync(join(directory, TEMPLATE), JSON.stringify(template));
  return { directory, remove: () => rmSync(directory, { recursive: true }) };
}

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OwnEnvironment } from '../../functions/core/own-environment.ts';
import { synthesizeOrganization } from '../stories/organization.ts';

const TEMPLATE = 'Sallyport.template.json';

interface WithEnvironment {
  Properties?: { Environment?: { Variables?: Record<string, unknown> } };
}

/** The assembly as it would be for an owner who filled in `policies/environment.yaml` and configured this. */
export function assemblyOf(
  environment: OwnEnvironment,
  configured: { readonly forensicsAccount: string },
): {
  readonly directory: string;
  remove(): void;
} {
  const directory = synthesizeOrganization(configured);
  const file = join(directory, TEMPLATE);
  const template = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, WithEnvironment> };
  for (const { Properties } of Object.values(template.Resources)) {
    const variables = Properties?.Environment?.Variables;
    if (variables?.OWN_ENVIRONMENT) variables.OWN_ENVIRONMENT = JSON.stringify(environment);
  }
  writeFileSync(file, JSON.stringify(template));
  return { directory, remove: () => rmSync(directory, { recursive: true }) };
}

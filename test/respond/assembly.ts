import { rmSync } from 'node:fs';
import type { OwnEnvironment } from '../../functions/core/own-environment.ts';
import { synthesizeOrganization } from '../stories/organization.ts';

/** The assembly as it would be for an owner who filled in `policies/environment.yaml` and configured this. */
export function assemblyOf(
  environment: OwnEnvironment,
  configured: { readonly forensicsAccount: string },
): {
  readonly directory: string;
  remove(): void;
} {
  const directory = synthesizeOrganization(configured, { environment });
  return { directory, remove: () => rmSync(directory, { recursive: true }) };
}

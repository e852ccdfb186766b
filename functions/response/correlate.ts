import { digest } from '../core/canonical.ts';
import { entityKey, isFreelyNamed, joinsIncidents } from '../core/entity.ts';
import type { Finding } from '../core/finding.ts';

/** How long after its last finding an entity's next finding still belongs to the same incident. */
export const CORRELATION_DAYS = 7;

/** Crockford's base 32, without letters that are read as digits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The incident that a finding opens if it joins none: the same finding, however often it comes, proposes the same one. */
export function proposedIncident(finding: Finding): string {
  const { uid } = finding.finding_info;
  const hash = digest({ world: worldOf(finding), uid, account: finding.cloud.account });
  const characters = Array.from({ length: 16 }, (_, index) => {
    const byte = Number.parseInt(hash.slice(index * 2, index * 2 + 2), 16);
    return ALPHABET[byte % 32] ?? '0';
  });
  return `INC-${characters.join('')}`;
}

/**
 * The keys by which findings join. Samples join samples, and what a custom product says joins what custom products
 * say: neither can reach into a real incident. An entity that anybody may have named counts where there is no better
 * one, and joins such names alone. A finding about nothing in particular joins its own kind in its account.
 */
export function joinKeys(finding: Finding): string[] {
  const world = worldOf(finding);
  const joining = finding.entities.filter((entity) => joinsIncidents(entity) && entity.part !== 'related');
  const trusted = joining.filter((entity) => !isFreelyNamed(entity));
  const keys =
    trusted.length > 0
      ? trusted.map((entity) => `${world}${entityKey(entity)}`)
      : joining.map((entity) => `${world}claimed#${entityKey(entity)}`);
  if (keys.length > 0) return [...new Set(keys)];
  return [`${world}type#${finding.cloud.account}#${finding.cloud.region}#${finding.finding_info.type}`];
}

/** Any principal with BatchImportFindings writes a custom product's findings, ids included. */
function worldOf({ sample, metadata }: Finding): string {
  return `${sample ? 'sample#' : ''}${metadata.aws_owned ? '' : 'custom#'}`;
}

import { digest } from '../core/canonical.ts';
import { entityKey, joinsIncidents } from '../core/entity.ts';
import type { Finding } from '../core/finding.ts';

/** How long after its last finding an entity's next finding still belongs to the same incident. */
export const CORRELATION_DAYS = 7;

/** Crockford's base 32, without letters that are read as digits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The incident that a finding opens if it joins none: the same finding always proposes the same one. */
export function proposedIncident(finding: Finding): string {
  const hash = digest({ uid: finding.finding_info.uid, account: finding.cloud.account });
  const characters = Array.from({ length: 16 }, (_, index) => {
    const byte = Number.parseInt(hash.slice(index * 2, index * 2 + 2), 16);
    return ALPHABET[byte % 32] ?? '0';
  });
  return `INC-${characters.join('')}`;
}

/**
 * The keys by which findings join. What an attacker may have claimed joins only with claims of the same kind, and
 * samples only with samples: neither can reach into a real incident. A finding about nothing in particular
 * joins its own kind in its account.
 */
export function joinKeys(finding: Finding): string[] {
  const world = finding.sample ? 'sample#' : '';
  const keys = finding.entities
    .filter((entity) => joinsIncidents(entity) && entity.part !== 'related')
    .map((entity) => `${world}${entity.trust === 'claimed' ? 'claimed#' : ''}${entityKey(entity)}`);
  if (keys.length > 0) return [...new Set(keys)];
  return [`${world}type#${finding.cloud.account}#${finding.cloud.region}#${finding.finding_info.type}`];
}

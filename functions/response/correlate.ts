import { digest } from '../core/canonical.ts';
import { type Entity, entityKey, isFreelyNamed, joinsIncidents } from '../core/entity.ts';
import type { Finding } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import type { JoinKeys } from '../core/ports.ts';

/** How long after its last finding an entity's next finding still belongs to the same incident. */
const CORRELATION_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

export function claimedUntil(now: Date): Date {
  return new Date(now.getTime() + CORRELATION_DAYS * DAY_MS);
}

/** Crockford's base 32, without letters that are read as digits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What can have a role without being all that has it: thousands of them may. */
const WEARERS: readonly Entity['kind'][] = ['instance', 'function', 'container', 'cluster'];

/** The incident that a finding opens if it joins none: the same finding, however often it comes, proposes the same one. */
export function proposedIncident(finding: Finding): string {
  const { uid } = finding.finding_info;
  return incidentNamed({ world: worldOf(finding), uid, account: finding.cloud.account });
}

/** The incident for what comes in after a plan was fixed: one for each plan. */
export function supplementOf({ id, plan }: Incident): string {
  return incidentNamed({ supplements: id, plan: plan?.manifestHash ?? '' });
}

function incidentNamed(what: object): string {
  const hash = digest(what);
  const characters = Array.from({ length: 16 }, (_, index) => {
    const byte = Number.parseInt(hash.slice(index * 2, index * 2 + 2), 16);
    return ALPHABET[byte % 32] ?? '0';
  });
  return `INC-${characters.join('')}`;
}

/**
 * The keys by which findings join (docs/correlation.md). Samples join samples, and what a custom product says joins what
 * custom products say: neither can reach into a real incident. An entity that anybody may have named counts where there
 * is no better one, and joins such names alone. A finding about nothing in particular joins its own kind in its account.
 */
export function joinKeys(finding: Finding): JoinKeys {
  const world = worldOf(finding);
  const joining = finding.entities.filter((entity) => joinsIncidents(entity) && takesPart(entity, finding));
  const trusted = joining.filter((entity) => !isFreelyNamed(entity));
  if (trusted.length > 0) return keysOf(trusted, world);
  const claimed = joining.map((entity) => `${world}claimed#${entityKey(entity)}`);
  const kind = `${world}type#${finding.cloud.account}#${finding.cloud.region}#${finding.finding_info.type}`;
  return alone(claimed.length > 0 ? claimed : [kind]);
}

/** Beside targets and actors, the instance whose credentials a finding is about. */
function takesPart(entity: Entity, { entities }: Finding): boolean {
  if (entity.part !== 'related') return true;
  return (
    entity.kind === 'instance' &&
    entities.some(
      ({ kind, part, trust }) => kind === 'access-key' && part !== 'related' && trust !== 'claimed',
    )
  );
}

/** A role is what a finding is about only where it names nothing narrower; else its sessions and wearers are. */
function keysOf(trusted: readonly Entity[], world: string): JoinKeys {
  const roles = trusted.filter(({ kind }) => kind === 'role').map(entityKey);
  const narrower = trusted.filter(({ kind }) => kind !== 'role');
  if (narrower.length === 0) return alone(roles.map((key) => `${world}${key}`));
  const own = narrower.flatMap((entity) => [entityKey(entity), ...userOf(entity)]);
  return {
    ...alone(own.map((key) => `${world}${key}`)),
    roles: distinct(roles.map((key) => `${world}${key}`)),
    isLedByRoles: !narrower.some(({ kind }) => WEARERS.includes(kind)),
  };
}

/** A key belongs to one user, also where the finding names the key alone. */
function userOf({ kind, parent }: Entity): string[] {
  return kind === 'access-key' && parent?.startsWith('user:') ? [parent] : [];
}

function alone(own: readonly string[]): JoinKeys {
  return { own: distinct(own), roles: [], isLedByRoles: false };
}

function distinct(keys: readonly string[]): string[] {
  return [...new Set(keys)];
}

/** Any principal with BatchImportFindings writes a custom product's findings, ids included. */
function worldOf({ sample, metadata }: Finding): string {
  return `${sample ? 'sample#' : ''}${metadata.aws_owned ? '' : 'custom#'}`;
}

import * as z from 'zod';
import { type Entity, EntityKind, isBroughtIn } from './entity.ts';
import type { Finding } from './finding.ts';
import { isNamedBy } from './named-by.ts';
import { covers, parseAddress, parseNetwork } from './network.ts';
import type { OwnEnvironment } from './own-environment.ts';
import { type Tag, tagValue } from './reserved-tags.ts';
import { isWithin } from './window.ts';

/** A resource as the owner may have named it. */
export type Named = Pick<Entity, 'kind' | 'id' | 'account'> & { readonly arn?: string | undefined };

export const CallerRole = z.enum(['own network', 'own scanner', 'CI role']);

/** What the owner's file says of an incident, for people: whom to ask, what is at stake, and who called. */
export const OwnersKnowledge = z.strictObject({
  /** `of`: the id of the resource, or the account. */
  owners: z.array(z.strictObject({ of: z.string(), name: z.string(), email: z.email() })).max(20),
  crownJewels: z.array(z.strictObject({ id: z.string(), because: z.string() })).max(20),
  /** The ids of the change windows in which the latest finding was written. */
  changeWindows: z.array(z.string()).max(20),
  callers: z
    .array(z.strictObject({ kind: EntityKind, id: z.string(), is: CallerRole, note: z.string() }))
    .max(20),
});
export type OwnersKnowledge = z.infer<typeof OwnersKnowledge>;
export type KnownCaller = OwnersKnowledge['callers'][number];

/** Why this must not go down; undefined where the owner does not say so. `tags` are those that were read back. */
export function crownJewel(
  resource: Named,
  tags: readonly Tag[],
  { crownJewels }: Pick<OwnEnvironment, 'crownJewels'>,
): string | undefined {
  return crownJewels.find((jewel) => {
    if ('tag' in jewel) return tagValue(tags, jewel.tag.key) === jewel.tag.value;
    if ('match' in jewel) return isNamedBy(jewel.match, resource);
    return jewel.kind === resource.kind && jewel.id === resource.id && jewel.account === resource.account;
  })?.because;
}

/** Whom to ask about a resource: by its tag, which is nearer to it, before its account. */
export function ownerOf(
  { account }: Pick<Named, 'account'>,
  tags: readonly Tag[],
  { owners }: Pick<OwnEnvironment, 'owners'>,
): OwnEnvironment['owners'][number] | undefined {
  const byTag = owners.find(({ tag }) => tag !== undefined && tagValue(tags, tag.key) === tag.value);
  return byTag ?? owners.find(({ accounts, tag }) => tag === undefined && accounts?.includes(account));
}

/** Whether the tags of a resource matter for anything that the owner wrote. */
export function asksForTags({
  crownJewels,
  owners,
}: Pick<OwnEnvironment, 'crownJewels' | 'owners'>): boolean {
  return crownJewels.some((jewel) => 'tag' in jewel) || owners.some(({ tag }) => tag !== undefined);
}

/** The ids of the windows in which AWS wrote the finding. */
export function openChangeWindows(
  { cloud, finding_info }: Finding,
  { changeWindows }: Pick<OwnEnvironment, 'changeWindows'>,
): string[] {
  const at = new Date(finding_info.modified_time);
  return changeWindows
    .filter(({ accounts }) => accounts?.includes(cloud.account) ?? true)
    .filter(({ window }) => isWithin(window, at))
    .map(({ id }) => id);
}

/** Who of the owner's this is: nothing that an attacker may have named. A stolen CI role is one still. */
export function knownCaller(entity: Entity, environment: OwnEnvironment): KnownCaller | undefined {
  if (isBroughtIn(entity)) return undefined;
  const { kind, id } = entity;
  if (kind === 'address') return knownAddress(id, environment);
  if (kind !== 'role' && kind !== 'user') return undefined;
  const found = environment.ciRoles.find(({ match }) => isNamedBy(match, entity));
  return found && { kind, id, is: 'CI role', note: found.note };
}

function knownAddress(id: string, { scanners, networks }: OwnEnvironment): KnownCaller | undefined {
  const scanner = scanners.find(({ network }) => holds(network, id));
  if (scanner) return { kind: 'address', id, is: 'own scanner', note: scanner.note };
  const network = networks.find((range) => holds(range, id));
  return network === undefined ? undefined : { kind: 'address', id, is: 'own network', note: network };
}

function holds(range: string, address: string): boolean {
  const [network, host] = [parseNetwork(range), parseAddress(address)];
  return network !== undefined && host !== undefined && covers(network, host);
}

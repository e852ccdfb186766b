import * as z from 'zod';

/** What a thing is. The closed set that playbooks, tools and actions speak of. */
export const EntityKind = z.enum([
  'instance',
  'access-key',
  'user',
  'role',
  'root',
  'network-interface',
  'security-group',
  'volume',
  'snapshot',
  'bucket',
  'object',
  'database',
  'function',
  'cluster',
  'container',
  'image',
  'key',
  'secret',
  'trail',
  'account',
  'address',
  'domain',
  'other',
]);
export type EntityKind = z.infer<typeof EntityKind>;

/**
 * How far an identifier may be trusted (design, section 2). `asserted`: the resource section of an AWS-owned
 * product's finding. `observed`: read back through an API. `claimed`: attacker-writable.
 */
export const Trust = z.enum(['observed', 'asserted', 'claimed']);
export type Trust = z.infer<typeof Trust>;

export const EntityPart = z.enum(['target', 'actor', 'related']);
export type EntityPart = z.infer<typeof EntityPart>;

/** A resource or actor as one finding names it. `id` is the service's own short identifier, not an ARN. */
export const Entity = z.strictObject({
  kind: EntityKind,
  id: z.string().min(1).max(2048),
  arn: z.string().max(2048).optional(),
  account: z.string().regex(/^\d{12}$/),
  region: z.string().max(32),
  part: EntityPart,
  trust: Trust,
  /** The key of what this belongs to: an access key's user, an instance's role. */
  parent: z.string().optional(),
});
export type Entity = z.infer<typeof Entity>;

/** An entity in an incident, under the handle by which models and playbooks must name it. */
export type HandledEntity = Entity & { readonly handle: string };

/** One name for one thing, however many findings speak of it. */
export function entityKey(entity: Pick<Entity, 'kind' | 'id' | 'account'>): string {
  return `${entity.kind}:${entity.account}:${entity.id}`;
}

/**
 * Whether the identifier may be text of an attacker's. A claim always may. An object's key is whatever its writer chose,
 * and stays that where AWS itself says that there is such an object: then it may be a target, and is read as no words.
 */
export function isFreelyNamed({ kind, trust }: Pick<Entity, 'kind' | 'trust'>): boolean {
  return trust === 'claimed' || kind === 'object';
}

/** Addresses and domains are shared by strangers: they never join incidents on their own (design, section 3). */
export function joinsIncidents(entity: Entity): boolean {
  return !(
    ['address', 'domain', 'account', 'image', 'other'] satisfies EntityKind[] as EntityKind[]
  ).includes(entity.kind);
}

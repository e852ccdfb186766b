import * as z from 'zod';
import { FootholdCall } from './foothold-call.ts';

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
 * product's finding. `observed`: read back through an API. `recorded`: CloudTrail says that a principal of the incident
 * made it, so that it is there because an attacker wanted it, under the name that he chose. `claimed`: attacker-writable.
 */
export const Trust = z.enum(['observed', 'asserted', 'recorded', 'claimed']);
export type Trust = z.infer<typeof Trust>;

export const EntityPart = z.enum(['target', 'actor', 'related']);
export type EntityPart = z.infer<typeof EntityPart>;

/** Calls that are kept of one thing: what it is follows from the first. */
export const MOST_CALLS = 10;

/** That a principal made or changed something in its last day, by CloudTrail's records of the calls that succeeded. */
export const Made = z.strictObject({
  /** The key of the principal. */
  by: z.string().max(2200),
  calls: z
    .array(z.strictObject({ call: FootholdCall, at: z.iso.datetime(), event: z.string().max(64) }))
    .min(1)
    .max(MOST_CALLS),
});
export type Made = z.infer<typeof Made>;

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
  /** What a principal of the incident made of it. Alone it lets a plan answer these calls, and nothing else. */
  made: Made.optional(),
});
export type Entity = z.infer<typeof Entity>;

/** An entity in an incident, under the handle by which models and playbooks must name it. */
export type HandledEntity = Entity & { readonly handle: string };

/** One name for one thing, however many findings speak of it. */
export function entityKey(entity: Pick<Entity, 'kind' | 'id' | 'account'>): string {
  return `${entity.kind}:${entity.account}:${entity.id}`;
}

/**
 * Whether the identifier may be text of an attacker's. A claim always may. An object's key and a domain's name are
 * whatever somebody chose, and stay that where AWS itself says that there is such an object, or that such a name was
 * asked for: then it may be a target, and is read as no words. So is the name of what was made; the id of a key is AWS's.
 */
export function isFreelyNamed({ kind, trust }: Pick<Entity, 'kind' | 'trust'>): boolean {
  if (trust === 'claimed' || kind === 'object' || kind === 'domain') return true;
  return trust === 'recorded' && kind !== 'access-key';
}

/** Whether an attacker may have brought the thing into the incident: then it vouches for nothing, and bars nobody. */
export function isBroughtIn({ trust }: Pick<Entity, 'trust'>): boolean {
  return trust === 'claimed' || trust === 'recorded';
}

/**
 * Whether a plan may make this change to the entity. Of what is in the incident only because somebody made it, or part
 * of it, a change takes away just that: the key that he made for a user who did nothing, never that user.
 */
export function mayBeChanged(
  { trust, made }: Pick<Entity, 'trust' | 'made'>,
  answers: readonly FootholdCall[] = [],
): boolean {
  if (trust === 'recorded') return isAnswered(made, answers);
  return trust !== 'claimed';
}

/** The calls that made it, for people: `CreateUser, CreateAccessKey`. */
export function callsOf({ made }: Pick<Entity, 'made'>): string {
  return [...new Set(made?.calls.map(({ call }) => call))].join(', ');
}

/** Whether a change that answers these calls takes away what was made. */
export function isAnswered(made: Made | undefined, answers: readonly FootholdCall[] = []): boolean {
  return made?.calls.some(({ call }) => answers.includes(call)) ?? false;
}

/** Addresses and domains are shared by strangers: they never join incidents on their own (design, section 3). */
export function joinsIncidents(entity: Entity): boolean {
  return !(
    ['address', 'domain', 'account', 'image', 'other'] satisfies EntityKind[] as EntityKind[]
  ).includes(entity.kind);
}

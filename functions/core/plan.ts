import * as z from 'zod';
import { digest } from './canonical.ts';
import { EntityKind, Trust } from './entity.ts';

export const Danger = z.enum(['low', 'medium', 'high']);
export type Danger = z.infer<typeof Danger>;

/**
 * What undoing a change costs beside giving nobody access: nothing (`harmless`), or what was kept as evidence. An action
 * that says neither gives access, or cover, back when it is undone.
 */
export const Undoing = z.enum(['harmless', 'loses-evidence']);
export type Undoing = z.infer<typeof Undoing>;

/** Plain JSON that is opaque to everyone but the action that made it. Zod's own `json` tries a union at every value. */
export const State = z.record(z.string(), z.custom<z.core.util.JSONType>(isJson, 'expected plain JSON'));
export type State = z.infer<typeof State>;

/** One measured consequence. `count` is null where it could not be measured, and then counts as large. */
export const Consequence = z.strictObject({
  what: z.string().max(300),
  count: z.number().int().nonnegative().nullable(),
  evidence: z.string().max(300),
});
export type Consequence = z.infer<typeof Consequence>;

export const Target = z.strictObject({
  handle: z.string(),
  kind: EntityKind,
  id: z.string(),
  arn: z.string().optional(),
  account: z.string(),
  region: z.string(),
  trust: Trust,
  /** The key of the principal that made what the change takes away. */
  madeBy: z.string().optional(),
});
export type Target = z.infer<typeof Target>;

export const Params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type Params = z.infer<typeof Params>;

/** One step of a manifest. `before` is the fingerprint that execution re-reads and compares. */
export const PlannedAction = z.strictObject({
  id: z.string().regex(/^a\d+$/),
  action: z.string(),
  target: Target,
  params: Params,
  danger: Danger,
  undoing: Undoing.optional(),
  /** A reserved protection tag was read back: raises the decision to people, never to nothing. */
  protectedTarget: z.boolean(),
  /** Why the owner says that it must not go down (policies/environment.yaml): then it is protected as well. */
  crownJewel: z.string().max(300).exactOptional(),
  before: State,
  expected: State,
  change: z.string().max(600),
  undo: z.string().max(600),
  cannotRestore: z.array(z.string().max(300)),
});
export type PlannedAction = z.infer<typeof PlannedAction>;

/** What a person approves and the executor carries out. It holds no time of day, so that planning again gives the same hash. */
export const Manifest = z.strictObject({
  version: z.literal(1),
  incident: z.string(),
  generation: z.number().int().positive(),
  actions: z.array(PlannedAction).min(1).max(12),
  leaseSeconds: z.number().int().positive(),
});
export type Manifest = z.infer<typeof Manifest>;

/** SHA-256 over the manifest's RFC 8785 JSON: the digest that an approval names. */
export function manifestHash(manifest: Manifest): string {
  return digest(manifest);
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return typeof value === 'object' && isPlain(value) && Object.values(value).every(isJson);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

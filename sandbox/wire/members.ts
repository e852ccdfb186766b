import { NormalizedSchema } from '@smithy/core/schema';

/** Traits as we read them; Smithy's own type marks routes and query names as unknown. */
export interface Traits {
  readonly ec2QueryName?: string;
  readonly xmlName?: string;
  readonly jsonName?: string;
  readonly xmlFlattened?: unknown;
  readonly httpHeader?: string;
  readonly httpPrefixHeaders?: string;
  readonly httpQuery?: string;
  readonly httpQueryParams?: unknown;
  readonly httpLabel?: unknown;
  readonly httpPayload?: unknown;
  readonly httpResponseCode?: unknown;
  readonly httpError?: number;
  readonly awsQueryError?: readonly [code: string, status: number];
  readonly http?: readonly [method: string, uri: string, status: number];
}

export function traitsOf(schema: NormalizedSchema): Traits {
  return schema.getMergedTraits() as unknown as Traits;
}

/** An operation's schema: `[9, namespace, name, traits, input, output]`. */
export interface OperationSchema {
  readonly namespace: string;
  readonly name: string;
  readonly traits: Traits;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}

/** Smithy's tags for operation and error schemas in a client's exports. */
const operationTag = 9;
const errorTag = -3;

export function operationSchemas(
  module: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, OperationSchema> {
  const found = taggedExports(module, operationTag).map(toOperationSchema);
  return new Map(found.map((operation) => [operation.name, operation]));
}

export function errorSchemas(module: Readonly<Record<string, unknown>>): readonly NormalizedSchema[] {
  return taggedExports(module, errorTag).map((schema) => NormalizedSchema.of(schema as never));
}

/** Smithy sorts a structure's required members first and counts them in its seventh place. */
export function requiredMembers(schema: NormalizedSchema): readonly string[] {
  const structure: unknown = schema.getSchema();
  if (!Array.isArray(structure)) return [];
  return (structure[4] as readonly string[]).slice(0, (structure[6] as number | undefined) ?? 0);
}

/** What is under a key of an object that came from outside, prototypes left aside. */
export function own(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function taggedExports(
  module: Readonly<Record<string, unknown>>,
  tag: number,
): readonly (readonly unknown[])[] {
  return Object.values(module).filter((value) => Array.isArray(value) && value[0] === tag) as unknown[][];
}

function toOperationSchema(schema: readonly unknown[]): OperationSchema {
  const [, namespace, name, traits, input, output] = schema;
  return {
    namespace: String(namespace),
    name: String(name),
    // Traits without values are packed into a number; none of those matter for operations.
    traits: typeof traits === 'object' ? (traits as Traits) : {},
    input: NormalizedSchema.of(input as never),
    output: NormalizedSchema.of(output as never),
  };
}

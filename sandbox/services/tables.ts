import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { PolicyDocument } from '../authorize/policy.ts';
import type { Home } from '../home.ts';
import type { DynaliteStore } from './dynalite-store.ts';
import { Stream, type Streams } from './streams.ts';

export interface Table {
  readonly name: string;
  readonly arn: string;
  /** Attribute names of the key: hash, and range if there is one. */
  readonly key: readonly string[];
  /** Hash attributes of the indexes, by index name. */
  readonly indexes: Readonly<Record<string, string>>;
  readonly policy?: PolicyDocument | undefined;
}

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const PolicyHolder = z.looseObject({
  PolicyDocument: z.custom<PolicyDocument>((value) => typeof value === 'object'),
});
const Index = z.looseObject({ IndexName: z.string(), KeySchema, Projection: z.json() });

/** Both resource types: a global table (CDK's TableV2) keeps the policy on its replica. */
const TableProperties = z.looseObject({
  KeySchema,
  AttributeDefinitions: z.array(z.json()),
  GlobalSecondaryIndexes: z.array(Index).default([]),
  StreamSpecification: z.looseObject({ StreamViewType: z.string() }).optional(),
  ResourcePolicy: PolicyHolder.optional(),
  Replicas: z
    .array(z.looseObject({ Region: z.string(), ResourcePolicy: PolicyHolder.optional() }))
    .default([]),
});
type TableProperties = z.infer<typeof TableProperties>;

/** Creates the tables of the template that the store does not have yet. */
export async function createTables(home: Home, store: DynaliteStore, streams: Streams): Promise<Table[]> {
  const found = [
    ...home.stack.ofType('AWS::DynamoDB::Table', TableProperties),
    ...home.stack.ofType('AWS::DynamoDB::GlobalTable', TableProperties),
  ];
  const { TableNames } = await store.call<{ TableNames: string[] }>('ListTables', {});
  for (const { name, properties } of found)
    if (!TableNames.includes(name)) await store.call('CreateTable', creation(name, properties));
  for (const { name } of found) await untilActive(store, name);
  return found.map(({ name, arn, attributes, properties }) => {
    const stream = properties.StreamSpecification;
    if (stream) streams.add(name, new Stream(home, name, attributes.StreamArn ?? '', stream.StreamViewType));
    const replica = properties.Replicas.find(({ Region }) => Region === home.stack.place.region);
    return {
      name,
      arn,
      key: properties.KeySchema.toSorted(hashFirst).map(({ AttributeName }) => AttributeName),
      indexes: Object.fromEntries(properties.GlobalSecondaryIndexes.map(hashOfIndex)),
      policy: (properties.ResourcePolicy ?? replica?.ResourcePolicy)?.PolicyDocument,
    };
  });
}

/** Dynalite makes a table usable a moment after it answered. Throws if that moment was lost to a kill. */
async function untilActive(store: DynaliteStore, name: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { Table: table } = await store.call<{ Table: { TableStatus: string } }>('DescribeTable', {
      TableName: name,
    });
    if (table.TableStatus === 'ACTIVE') return;
    await sleep(10);
  }
  throw new Error(
    `The table ${name} was left half made by a cloud that was killed. Use --fresh to begin anew`,
  );
}

function creation(name: string, properties: TableProperties): object {
  const { KeySchema: keySchema, AttributeDefinitions, GlobalSecondaryIndexes: indexes } = properties;
  const globalIndexes = indexes.map(({ IndexName, KeySchema: schema, Projection }) => ({
    IndexName,
    KeySchema: schema,
    Projection,
  }));
  return {
    TableName: name,
    KeySchema: keySchema,
    AttributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    ...(indexes.length > 0 ? { GlobalSecondaryIndexes: globalIndexes } : {}),
  };
}

function hashOfIndex({ IndexName, KeySchema: schema }: z.infer<typeof Index>): [string, string] {
  return [IndexName, schema.toSorted(hashFirst)[0]?.AttributeName ?? ''];
}

function hashFirst(left: { KeyType: string }, right: { KeyType: string }): number {
  return left.KeyType.localeCompare(right.KeyType);
}

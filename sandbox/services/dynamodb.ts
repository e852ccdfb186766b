import * as dynamodb from '@aws-sdk/client-dynamodb';
import {
  AwsError,
  type Call,
  type Operation,
  RawReply,
  type Requirement,
  type Service,
} from '../wire/service.ts';
import type { DynaliteStore, StoreReply } from './dynalite-store.ts';
import { bodyOf, type Item, keyOf, leadingKey, queriedKey } from './items.ts';
import { parseInsert } from './partiql.ts';
import type { Streams } from './streams.ts';
import type { Table } from './tables.ts';

/** What DynamoDB's operations here are made of. */
interface Tables {
  readonly all: readonly Table[];
  readonly store: DynaliteStore;
  readonly streams: Streams;
  /** Serialises writes to one item, so that its stream records come in the order of the writes. */
  readonly inOrder: <T>(item: string, work: () => Promise<T>) => Promise<T>;
}

/**
 * DynamoDB: requests go to the store as they stand. What it lacks is here: IAM with leading keys and the table's
 * own policy, PartiQL INSERT, and streams.
 */
export function dynamodbService(all: readonly Table[], store: DynaliteStore, streams: Streams): Service {
  const tables: Tables = { all, store, streams, inOrder: createOrder() };
  return {
    signingName: 'dynamodb',
    protocol: 'awsJson1_0',
    schemas: dynamodb,
    operations: {
      GetItem: reading(tables, 'GetItem', (table, body) => leadingKey((body.Key as Item)[hashOf(table)])),
      Query: reading(tables, 'Query', (table, body) => queriedKey(hashOf(table, body.IndexName), body)),
      Scan: reading(tables, 'Scan', () => undefined),
      DescribeTable: reading(tables, 'DescribeTable', () => undefined),
      PutItem: writing(tables, 'PutItem', 'Item'),
      UpdateItem: writing(tables, 'UpdateItem', 'Key'),
      DeleteItem: writing(tables, 'DeleteItem', 'Key'),
      ExecuteStatement: executeStatement(tables),
    },
  };
}

function reading(
  tables: Tables,
  name: string,
  key: (table: Table, body: Record<string, unknown>) => string | undefined,
): Operation {
  return {
    requires(_input, _caller, call) {
      const body = bodyOf(call);
      const table = tableOf(tables, body.TableName);
      const index = body.IndexName === undefined ? '' : `/index/${String(body.IndexName)}`;
      return [requirement(`dynamodb:${name}`, table, key(table, body), index)];
    },
    handle: async (_input, _caller, call) => replyWith(await tables.store.send(name, textOf(call))),
  };
}

function writing(tables: Tables, name: string, member: 'Item' | 'Key'): Operation {
  return {
    requires(_input, _caller, call) {
      const body = bodyOf(call);
      const table = tableOf(tables, body.TableName);
      return [requirement(`dynamodb:${name}`, table, leadingKey((body[member] as Item)[hashOf(table)]))];
    },
    async handle(_input, _caller, call) {
      const body = bodyOf(call);
      const table = tableOf(tables, body.TableName);
      const key = keyOf(table, body[member] as Item);
      return replyWith(await recorded(tables, table, key, () => tables.store.send(name, textOf(call))));
    },
  };
}

/** INSERT is a put that refuses an existing key; its IAM action is not PutItem but PartiQLInsert. */
function executeStatement(tables: Tables): Operation {
  const insertOf = (call: Call) => {
    const { Statement, Parameters } = bodyOf(call);
    return parseInsert(String(Statement), (Parameters ?? []) as Item[string][]);
  };
  return {
    requires(_input, _caller, call) {
      const { table: name, item } = insertOf(call);
      const table = tableOf(tables, name);
      return [requirement('dynamodb:PartiQLInsert', table, leadingKey(item[hashOf(table)]))];
    },
    async handle(_input, _caller, call) {
      const { table: name, item } = insertOf(call);
      const table = tableOf(tables, name);
      const put = {
        TableName: table.name,
        Item: item,
        ConditionExpression: 'attribute_not_exists(#hash)',
        ExpressionAttributeNames: { '#hash': hashOf(table) },
      };
      const reply = await recorded(tables, table, keyOf(table, item), () =>
        tables.store.send('PutItem', JSON.stringify(put)),
      );
      if (reply.status === 200) return replyWith({ status: 200, body: '{"Items":[]}' });
      if (!reply.body.includes('ConditionalCheckFailedException')) return replyWith(reply);
      throw new AwsError('DuplicateItemException', 'Duplicate primary key exists in table');
    },
  };
}

/** Runs a write and then, never inside it, tells the table's stream what changed. */
function recorded(
  tables: Tables,
  table: Table,
  keys: Item,
  write: () => Promise<StoreReply>,
): Promise<StoreReply> {
  const stream = tables.streams.ofTable(table.name);
  if (!stream) return write();
  const read = async (): Promise<object | undefined> => {
    const input = { TableName: table.name, Key: keys, ConsistentRead: true };
    return (await tables.store.call<{ Item?: object }>('GetItem', input)).Item;
  };
  return tables.inOrder(`${table.name} ${JSON.stringify(keys)}`, async () => {
    const before = await read();
    const reply = await write();
    if (reply.status === 200) stream.append({ keys, before, after: await read() });
    return reply;
  });
}

function requirement(action: string, table: Table, key: string | undefined, index = ''): Requirement {
  return {
    action,
    resource: `${table.arn}${index}`,
    context: key === undefined ? {} : { 'dynamodb:leadingkeys': [key] },
    ...(table.policy ? { resourcePolicy: { document: table.policy } } : {}),
  };
}

/** A table may be named or given by its ARN. */
function tableOf(tables: Tables, reference: unknown): Table {
  const table = tables.all.find(({ name, arn }) => name === reference || arn === reference);
  if (table) return table;
  throw new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: Table: ${reference} not found`,
  );
}

function hashOf(table: Table, index?: unknown): string {
  return (index === undefined ? table.key[0] : table.indexes[String(index)]) ?? '';
}

function textOf(call: Call): string {
  return Buffer.from(call.request.body).toString('utf8');
}

function replyWith({ status, body }: StoreReply): RawReply {
  return new RawReply(status, { 'content-type': 'application/x-amz-json-1.0' }, body);
}

/** A queue of promises per name. */
function createOrder(): Tables['inOrder'] {
  const last = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const mine = (last.get(name) ?? Promise.resolve()).then(work, work);
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}

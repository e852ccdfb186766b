import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';

/** A coordination item: strings, and numbers of seconds, beside its keys. */
export type Fields = Readonly<Record<string, string | number>>;

/** When a put or delete may happen: the item is absent, has lapsed (`expires` is past), has these values, or its `version` is no later. */
export type Condition =
  | { readonly unless: 'exists'; readonly lapsedBy?: Date }
  | { readonly only: Fields }
  | { readonly upTo: number };

/** The coordination table (design, section 8): mutable, strongly read, conditionally written, without authority. */
export interface CoordinationTable {
  get(pk: string, sk?: string): Promise<Fields | undefined>;
  list(pk: string): Promise<Fields[]>;
  /** Answers whether the condition held. */
  put(pk: string, sk: string, fields: Fields, condition?: Condition): Promise<boolean>;
  remove(pk: string, sk: string, condition?: Condition): Promise<boolean>;
}

export function coordinationTable(table: string, client: Pick<DynamoDBClient, 'send'>): CoordinationTable {
  return {
    async get(pk, sk = '-') {
      const Key = { pk: { S: pk }, sk: { S: sk } };
      const answer = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return answer.Item && fieldsOf(answer.Item);
    },
    async list(pk) {
      const found: Fields[] = [];
      let from: Record<string, AttributeValue> | undefined;
      do {
        const page: QueryCommandOutput = await client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: pk } },
            ExclusiveStartKey: from,
            ConsistentRead: true,
          }),
        );
        found.push(...(page.Items ?? []).map(fieldsOf));
        from = page.LastEvaluatedKey;
      } while (from);
      return found;
    },
    put(pk, sk, fields, condition) {
      const Item = { pk: { S: pk }, sk: { S: sk }, ...attributesOf(fields) };
      return held(() =>
        client.send(new PutItemCommand({ TableName: table, Item, ...expression(condition) })),
      );
    },
    remove(pk, sk, condition) {
      const Key = { pk: { S: pk }, sk: { S: sk } };
      return held(() =>
        client.send(new DeleteItemCommand({ TableName: table, Key, ...expression(condition) })),
      );
    },
  };
}

async function held(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function expression(condition: Condition | undefined) {
  if (!condition) return {};
  if ('only' in condition) {
    const names = Object.keys(condition.only);
    return {
      ConditionExpression: names.map((_, index) => `#n${index} = :v${index}`).join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#n${index}`, name])),
      ExpressionAttributeValues: Object.fromEntries(
        Object.values(attributesOf(condition.only)).map((value, index) => [`:v${index}`, value]),
      ),
    };
  }
  if ('upTo' in condition)
    return {
      ConditionExpression: 'attribute_not_exists(pk) OR #version <= :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': { N: String(condition.upTo) } },
    };
  if (!condition.lapsedBy) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR #expires < :now',
    ExpressionAttributeNames: { '#expires': 'expires' },
    ExpressionAttributeValues: { ':now': { N: String(seconds(condition.lapsedBy)) } },
  };
}

/** DynamoDB's TTL wants epoch seconds. */
export function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

function attributesOf(fields: Fields): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'number' ? { N: String(value) } : { S: value },
    ]),
  );
}

function fieldsOf(item: Record<string, AttributeValue>): Fields {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.N === undefined ? (value.S ?? '') : Number(value.N),
    ]),
  );
}

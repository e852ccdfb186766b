import type { Call } from '../wire/service.ts';
import type { Table } from './tables.ts';

/** An attribute value in DynamoDB's own JSON: `{"S": "text"}`. */
export type AttributeJson = Readonly<Record<string, unknown>>;
export type Item = Record<string, AttributeJson>;

/** The request as the client wrote it; the parsed input would have lost DynamoDB's JSON. */
export function bodyOf(call: Call): Record<string, unknown> {
  return JSON.parse(Buffer.from(call.request.body).toString('utf8')) as Record<string, unknown>;
}

export function keyOf(table: Table, item: Item): Item {
  return Object.fromEntries(table.key.map((name) => [name, item[name] ?? { NULL: true }]));
}

/** The value of a key attribute as IAM compares it with `dynamodb:LeadingKeys`. */
export function leadingKey(value: AttributeJson | undefined): string | undefined {
  const content = value?.S ?? value?.N ?? value?.B;
  return content === undefined ? undefined : String(content);
}

/** The hash value that a Query asks for: `pk = :pk`, under whatever placeholder, in either notation. */
export function queriedKey(hash: string, body: Record<string, unknown>): string | undefined {
  const names = (body.ExpressionAttributeNames ?? {}) as Record<string, string>;
  const values = (body.ExpressionAttributeValues ?? {}) as Item;
  const equalities = String(body.KeyConditionExpression ?? '').matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g);
  for (const [, name = '', value = ''] of equalities)
    if ((names[name] ?? name) === hash) return leadingKey(values[value]);
  return undefined;
}

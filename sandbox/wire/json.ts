import type { NormalizedSchema } from '@smithy/core/schema';
import { own, traitsOf } from './members.ts';
import { notReadable, readBlob, readTimestamp, writeBlob, writeTimestamp } from './scalars.ts';

/** A value of a JSON body, typed by its schema. Unknown members are dropped, nulls are absent, as AWS does. */
export function readJson(schema: NormalizedSchema, value: unknown): unknown {
  if (schema.isDocumentSchema()) return value;
  if (schema.isStructSchema()) return readStructure(schema, value);
  if (schema.isMapSchema()) return readMap(schema, value);
  if (schema.isListSchema()) return readList(schema, value);
  if (schema.isTimestampSchema()) return readTimestamp(schema, value);
  if (schema.isBlobSchema()) return readBlob(schema, value);
  return readScalar(schema, value);
}

/** A value for a JSON body. Undefined members vanish in `JSON.stringify`. */
export function writeJson(schema: NormalizedSchema, value: unknown): unknown {
  if (value === undefined || value === null || schema.isDocumentSchema()) return value;
  if (schema.isTimestampSchema()) return writeTimestamp(schema, value, 'epoch-seconds');
  if (schema.isBlobSchema()) return writeBlob(value);
  if (schema.isListSchema())
    return (value as unknown[]).map((item) => writeJson(schema.getValueSchema(), item));
  if (schema.isMapSchema())
    return mapEntries(value as object, (item) => writeJson(schema.getValueSchema(), item));
  if (schema.isStructSchema()) return writeStructure(schema, value as object);
  return typeof value === 'bigint' ? Number(value) : value;
}

function readStructure(schema: NormalizedSchema, value: unknown): object {
  if (!isObject(value)) throw notReadable(schema, 'an object', value);
  const output: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const given = own(value, traitsOf(member).jsonName ?? name);
    if (given !== undefined && given !== null) output[name] = readJson(member, given);
  }
  return output;
}

function writeStructure(schema: NormalizedSchema, value: object): object {
  const output: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator())
    output[traitsOf(member).jsonName ?? name] = writeJson(member, own(value, name));
  return output;
}

function readMap(schema: NormalizedSchema, value: unknown): object {
  if (!isObject(value)) throw notReadable(schema, 'an object', value);
  return mapEntries(value, (item) => readJson(schema.getValueSchema(), item));
}

function readList(schema: NormalizedSchema, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw notReadable(schema, 'a list', value);
  return value.map((item) => (item === null ? null : readJson(schema.getValueSchema(), item)));
}

function readScalar(schema: NormalizedSchema, value: unknown): unknown {
  const [expected, article] = scalarType(schema);
  if (typeof value !== expected && !isSpecialNumber(schema, value)) throw notReadable(schema, article, value);
  return schema.isBigIntegerSchema() ? BigInt(value as number) : value;
}

function scalarType(schema: NormalizedSchema): readonly [type: string, article: string] {
  if (schema.isBooleanSchema()) return ['boolean', 'true or false'];
  return schema.isStringSchema() ? ['string', 'a string'] : ['number', 'a number'];
}

function isSpecialNumber(schema: NormalizedSchema, value: unknown): boolean {
  return schema.isNumericSchema() && /^(NaN|-?Infinity)$/.test(String(value));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Object.fromEntries` defines own properties: a key `__proto__` stays a key. */
function mapEntries(value: object, convert: (item: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(item)]));
}

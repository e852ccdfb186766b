import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from './service.ts';

export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

/** Smithy's sentinels for timestamps with a format of their own; 4 leaves the format to the protocol. */
const timestampFormats: Readonly<Record<number, TimestampFormat>> = {
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
};

function formatOf(schema: NormalizedSchema, fallback: TimestampFormat): TimestampFormat {
  const sentinel = schema.getSchema();
  return (typeof sentinel === 'number' && timestampFormats[sentinel]) || fallback;
}

/** A date as the wire writes it. Whole seconds lose their fraction, as AWS writes them. */
export function writeTimestamp(
  schema: NormalizedSchema,
  value: unknown,
  fallback: TimestampFormat,
): string | number {
  const date = value instanceof Date ? value : new Date(String(value));
  const format = formatOf(schema, fallback);
  if (format === 'epoch-seconds') return date.getTime() / 1000;
  return format === 'http-date' ? date.toUTCString() : date.toISOString().replace('.000Z', 'Z');
}

/** Accepts a number of seconds or any date text: clients differ in what they send. */
export function readTimestamp(schema: NormalizedSchema, value: unknown): Date {
  const text = String(value);
  const date = /^-?\d+(\.\d+)?$/.test(text) ? new Date(Number(text) * 1000) : new Date(text);
  if (Number.isNaN(date.getTime())) throw notReadable(schema, 'a timestamp', value);
  return date;
}

/** Base64, strictly: a client that sends something else has a bug that we should show. */
export function readBlob(schema: NormalizedSchema, value: unknown): Uint8Array {
  const bytes = Buffer.from(String(value), 'base64');
  if (typeof value !== 'string' || bytes.toString('base64').replace(/=+$/, '') !== value.replace(/=+$/, ''))
    throw notReadable(schema, 'base64', value);
  return new Uint8Array(bytes);
}

export function writeBlob(value: unknown): string {
  return Buffer.from(value instanceof Uint8Array ? value : String(value)).toString('base64');
}

/** A value from text: a form field, a header, a query parameter, an XML element. */
export function readText(schema: NormalizedSchema, text: string): unknown {
  if (schema.isTimestampSchema()) return readTimestamp(schema, text);
  if (schema.isBlobSchema()) return readBlob(schema, text);
  if (schema.isBooleanSchema()) return readBoolean(schema, text);
  if (schema.isBigIntegerSchema()) return readNumber(schema, text, BigInt);
  if (schema.isNumericSchema()) return readNumber(schema, text, Number);
  return text;
}

/** A value as text; the counterpart of {@link readText}. */
export function writeText(schema: NormalizedSchema, value: unknown, fallback: TimestampFormat): string {
  if (schema.isTimestampSchema()) return String(writeTimestamp(schema, value, fallback));
  if (schema.isBlobSchema()) return writeBlob(value);
  return String(value);
}

export function notReadable(schema: NormalizedSchema, expected: string, value: unknown): AwsError {
  const name = schema.isMemberSchema() ? schema.getMemberName() : schema.getName();
  const shown = String(JSON.stringify(value)).slice(0, 80);
  return new AwsError('SerializationException', `${name ?? 'The request'} must be ${expected}, not ${shown}`);
}

function readBoolean(schema: NormalizedSchema, text: string): boolean {
  if (!/^(true|false)$/i.test(text)) throw notReadable(schema, 'true or false', text);
  return text.toLowerCase() === 'true';
}

function readNumber<Value>(schema: NormalizedSchema, text: string, convert: (text: string) => Value): Value {
  if (!/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(text)) throw notReadable(schema, 'a number', text);
  return convert(text);
}

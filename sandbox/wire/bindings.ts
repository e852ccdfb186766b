import type { NormalizedSchema } from '@smithy/core/schema';
import { own, type Traits, traitsOf } from './members.ts';
import { readText, writeText } from './scalars.ts';
import type { WireRequest } from './service.ts';

/** Reads the members that the HTTP bindings put outside the body. */
export function readBindings(
  schema: NormalizedSchema,
  request: WireRequest,
  labels: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const value = readBinding(name, member, request, labels);
    if (value !== undefined) output[name] = value;
  }
  return output;
}

function readBinding(
  name: string,
  member: NormalizedSchema,
  request: WireRequest,
  labels: Readonly<Record<string, string>>,
): unknown {
  const traits = traitsOf(member);
  if (traits.httpLabel) return optionalText(member, own(labels, name));
  if (traits.httpHeader) return readHeader(member, request.headers[traits.httpHeader.toLowerCase()]);
  if (traits.httpQuery) return readQueryTexts(member, request.query.getAll(traits.httpQuery));
  if (traits.httpPrefixHeaders !== undefined) return prefixed(request.headers, traits.httpPrefixHeaders);
  return traits.httpQueryParams ? Object.fromEntries(request.query) : undefined;
}

function readHeader(member: NormalizedSchema, text: string | undefined): unknown {
  if (text === undefined || !member.isListSchema()) return optionalText(member, text);
  return text.split(/, */).map((item) => readText(member.getValueSchema(), item));
}

function readQueryTexts(member: NormalizedSchema, texts: readonly string[]): unknown {
  if (texts.length === 0 || !member.isListSchema()) return optionalText(member, texts[0]);
  return texts.map((text) => readText(member.getValueSchema(), text));
}

function optionalText(member: NormalizedSchema, text: unknown): unknown {
  return typeof text === 'string' ? readText(member, text) : undefined;
}

function prefixed(headers: Readonly<Record<string, string>>, prefix: string): object {
  const matching = Object.entries(headers).filter(([name]) => name.startsWith(prefix.toLowerCase()));
  return Object.fromEntries(matching.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** The headers that an output's members become. */
export function writeHeaders(schema: NormalizedSchema, output: object): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, member] of schema.structIterator()) {
    const value = own(output, name);
    if (value !== undefined && value !== null) Object.assign(headers, headersOf(member, value));
  }
  return headers;
}

function headersOf(member: NormalizedSchema, value: unknown): Record<string, string> {
  const { httpHeader, httpPrefixHeaders } = traitsOf(member);
  if (httpHeader) return { [httpHeader]: headerText(member, value) };
  if (httpPrefixHeaders === undefined) return {};
  const entries = Object.entries(value as Record<string, string>);
  return Object.fromEntries(entries.map(([key, text]) => [httpPrefixHeaders + key, text]));
}

function headerText(member: NormalizedSchema, value: unknown): string {
  if (!member.isListSchema()) return writeText(member, value, 'http-date');
  return (value as unknown[]).map((item) => writeText(member.getValueSchema(), item, 'http-date')).join(', ');
}

/** The status code that a member of the output carries (Lambda's Invoke), if one does. */
export function boundStatus(schema: NormalizedSchema, output: object): number | undefined {
  for (const [name, member] of schema.structIterator())
    if (traitsOf(member).httpResponseCode) return own(output, name) as number | undefined;
  return undefined;
}

/** The member that is the whole body, if one is. */
export function payloadMember(schema: NormalizedSchema): readonly [string, NormalizedSchema] | undefined {
  for (const [name, member] of schema.structIterator())
    if (traitsOf(member).httpPayload) return [name, member];
  return undefined;
}

const bindingTraits: readonly (keyof Traits)[] = [
  'httpLabel',
  'httpHeader',
  'httpQuery',
  'httpPrefixHeaders',
  'httpQueryParams',
  'httpResponseCode',
];

/** The value without the members that travel outside the body. */
export function bodyMembers(schema: NormalizedSchema, value: object): object {
  const inBody = [...schema.structIterator()].filter(([, member]) => {
    const traits = traitsOf(member);
    return bindingTraits.every((trait) => traits[trait] === undefined);
  });
  return Object.fromEntries(inBody.map(([name]) => [name, own(value, name)]));
}

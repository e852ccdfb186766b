import type { NormalizedSchema } from '@smithy/core/schema';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { own, traitsOf } from './members.ts';
import { notReadable, readText, writeText } from './scalars.ts';
import { AwsError } from './service.ts';

/** What fast-xml-parser builds from and parses into: arrays are repeated elements. */
export type XmlNode = string | readonly XmlNode[] | { readonly [name: string]: XmlNode };

const builder = new XMLBuilder({ ignoreAttributes: true, suppressEmptyNode: false });
const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false });

export function xmlText(node: XmlNode): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(node)}`;
}

/** The document's root element, typed by its schema. */
export function readXml(schema: NormalizedSchema, text: string): unknown {
  return readElement(schema, rootOf(text));
}

/** A structure's members as elements; the caller names the enclosing element. */
export function writeXml(schema: NormalizedSchema, value: unknown): XmlNode {
  if (schema.isListSchema()) return writeList(schema, value as readonly unknown[]);
  if (schema.isMapSchema()) return writeMap(schema, value as object);
  if (schema.isStructSchema()) return writeStructure(schema, value as object);
  return writeText(schema, value, 'date-time');
}

function rootOf(text: string): XmlNode {
  try {
    const document = parser.parse(text, true) as Record<string, XmlNode>;
    return Object.entries(document).find(([name]) => !name.startsWith('?'))?.[1] ?? {};
  } catch (cause) {
    throw new AwsError('MalformedXML', `The XML you provided was not well-formed: ${String(cause)}`);
  }
}

function writeStructure(schema: NormalizedSchema, value: object): XmlNode {
  const output: Record<string, XmlNode> = {};
  for (const [name, member] of schema.structIterator()) {
    const given = own(value, name);
    if (given !== undefined && given !== null)
      output[traitsOf(member).xmlName ?? name] = writeXml(member, given);
  }
  return output;
}

function writeList(schema: NormalizedSchema, items: readonly unknown[]): XmlNode {
  const item = schema.getValueSchema();
  const nodes = items.map((value) => writeXml(item, value));
  return traitsOf(schema).xmlFlattened === undefined
    ? { [traitsOf(item).xmlName ?? 'member']: nodes }
    : nodes;
}

function writeMap(schema: NormalizedSchema, value: object): XmlNode {
  const key = traitsOf(schema.getKeySchema()).xmlName ?? 'key';
  const content = traitsOf(schema.getValueSchema()).xmlName ?? 'value';
  const entries = Object.entries(value).map(([name, item]) => ({
    [key]: name,
    [content]: writeXml(schema.getValueSchema(), item),
  }));
  return traitsOf(schema).xmlFlattened === undefined ? { entry: entries } : entries;
}

function readElement(schema: NormalizedSchema, node: XmlNode): unknown {
  if (schema.isListSchema()) return readList(schema, node);
  if (schema.isMapSchema()) return readMap(schema, node);
  if (schema.isStructSchema()) return readStructure(schema, node);
  if (typeof node !== 'string') throw notReadable(schema, 'text', node);
  return readText(schema, node);
}

function readStructure(schema: NormalizedSchema, node: XmlNode): object {
  const output: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const child = childrenOf(node, traitsOf(member).xmlName ?? name);
    if (child !== undefined) output[name] = readElement(member, child);
  }
  return output;
}

function readList(schema: NormalizedSchema, node: XmlNode): unknown[] {
  const item = schema.getValueSchema();
  const flat = traitsOf(schema).xmlFlattened !== undefined;
  return repeated(flat ? node : childrenOf(node, traitsOf(item).xmlName ?? 'member')).map((child) =>
    readElement(item, child),
  );
}

function readMap(schema: NormalizedSchema, node: XmlNode): object {
  const flat = traitsOf(schema).xmlFlattened !== undefined;
  const entries = repeated(flat ? node : childrenOf(node, 'entry')).map((entry) => [
    String(childrenOf(entry, traitsOf(schema.getKeySchema()).xmlName ?? 'key') ?? ''),
    readElement(
      schema.getValueSchema(),
      childrenOf(entry, traitsOf(schema.getValueSchema()).xmlName ?? 'value') ?? '',
    ),
  ]);
  return Object.fromEntries(entries) as object;
}

function childrenOf(node: XmlNode, name: string): XmlNode | undefined {
  return typeof node === 'string' ? undefined : (own(node, name) as XmlNode | undefined);
}

function repeated(node: XmlNode | undefined): readonly XmlNode[] {
  if (node === undefined) return [];
  return Array.isArray(node) ? (node as readonly XmlNode[]) : [node];
}

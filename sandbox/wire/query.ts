import type { NormalizedSchema } from '@smithy/core/schema';
import { traitsOf } from './members.ts';
import { notReadable, readText } from './scalars.ts';

/** The two dialects of AWS's form encoding: EC2 capitalises member names and flattens every list. */
export type QueryDialect = 'awsQuery' | 'ec2Query';

/** `Filter.1.Name=x` as a tree: `Filter → 1 → Name → "x"`. */
interface Field {
  text?: string;
  readonly children: Map<string, Field>;
}

/**
 * Reads a form-encoded request by its schema
 * (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html, .../aws-ec2-query-protocol.html).
 */
export function readQuery(schema: NormalizedSchema, form: URLSearchParams, dialect: QueryDialect): object {
  return (readField(schema, treeOf(form), dialect) as object | undefined) ?? {};
}

function treeOf(form: URLSearchParams): Field {
  const root: Field = { children: new Map() };
  for (const [path, text] of form) {
    let field = root;
    for (const step of path.split('.')) field = childOf(field, step);
    field.text = text;
  }
  return root;
}

function childOf(field: Field, name: string): Field {
  const existing = field.children.get(name);
  if (existing) return existing;
  const created: Field = { children: new Map() };
  field.children.set(name, created);
  return created;
}

function readField(schema: NormalizedSchema, field: Field, dialect: QueryDialect): unknown {
  if (schema.isListSchema()) return readList(schema, field, dialect);
  if (schema.isMapSchema()) return readMap(schema, field, dialect);
  if (schema.isStructSchema()) return readStructure(schema, field, dialect);
  if (field.text === undefined) throw notReadable(schema, 'a single value', [...field.children.keys()]);
  return readText(schema, field.text);
}

function readStructure(schema: NormalizedSchema, field: Field, dialect: QueryDialect): object {
  const output: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const child = field.children.get(wireName(name, member, dialect));
    if (child) output[name] = readField(member, child, dialect);
  }
  return output;
}

function wireName(name: string, member: NormalizedSchema, dialect: QueryDialect): string {
  const traits = traitsOf(member);
  if (dialect === 'awsQuery') return traits.xmlName ?? name;
  const plain = traits.xmlName ?? name;
  return traits.ec2QueryName ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}

function readList(schema: NormalizedSchema, field: Field, dialect: QueryDialect): unknown[] {
  const item = schema.getValueSchema();
  const flat = dialect === 'ec2Query' || traitsOf(schema).xmlFlattened !== undefined;
  const parent = flat ? field : field.children.get(traitsOf(item).xmlName ?? 'member');
  return numbered(parent).map((child) => readField(item, child, dialect));
}

function readMap(schema: NormalizedSchema, field: Field, dialect: QueryDialect): object {
  const parent = traitsOf(schema).xmlFlattened === undefined ? field.children.get('entry') : field;
  const entries = numbered(parent).map((entry) => [
    entry.children.get(traitsOf(schema.getKeySchema()).xmlName ?? 'key')?.text ?? '',
    readField(
      schema.getValueSchema(),
      childOf(entry, traitsOf(schema.getValueSchema()).xmlName ?? 'value'),
      dialect,
    ),
  ]);
  return Object.fromEntries(entries) as object;
}

function numbered(parent: Field | undefined): Field[] {
  const entries = [...(parent?.children ?? [])].filter(([name]) => /^\d+$/.test(name));
  return entries.sort(([left], [right]) => Number(left) - Number(right)).map(([, field]) => field);
}

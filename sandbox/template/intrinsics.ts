import { TemplateError } from './error.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What intrinsic functions look up: other resources, parameters and pseudo parameters. */
export interface Lookup {
  ref(logicalId: string): Json | undefined;
  attribute(logicalId: string, attribute: string): string;
}

/** Marks `AWS::NoValue`: the property that holds it does not exist. */
const absent = Symbol('AWS::NoValue');
type Resolved = Json | typeof absent;

/**
 * Resolves the intrinsic functions that CDK writes (Ref, Fn::GetAtt, Fn::Join, Fn::Sub, Fn::Select, Fn::Split).
 * Any other `Fn::` is a TemplateError that names `where` it stands.
 */
export function resolve(value: Json, lookup: Lookup, where: string): Json {
  const resolved = resolveValue(value, lookup, where);
  return resolved === absent ? null : resolved;
}

function resolveValue(value: Json, lookup: Lookup, where: string): Resolved {
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, lookup, where)).filter(isPresent);
  if (value === null || typeof value !== 'object') return value;
  const intrinsic = intrinsicOf(value);
  if (intrinsic) return call(intrinsic.name, intrinsic.argument, lookup, where);
  const entries = Object.entries(value).map(
    ([key, item]) => [key, resolveValue(item, lookup, `${where}.${key}`)] as const,
  );
  return Object.fromEntries(entries.filter(([, item]) => isPresent(item))) as Json;
}

function isPresent(value: Resolved): value is Json {
  return value !== absent;
}

function intrinsicOf(value: { [key: string]: Json }): { name: string; argument: Json } | undefined {
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  const [name, argument] = entry;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

function call(name: string, argument: Json, lookup: Lookup, where: string): Resolved {
  const resolved = (): Json => resolve(argument, lookup, where);
  switch (name) {
    case 'Ref':
      return reference(text(argument, where), lookup, where);
    case 'Fn::GetAtt':
      return attribute(argument, lookup, where);
    case 'Fn::Join':
      return join(resolved(), where);
    case 'Fn::Sub':
      return substitute(argument, lookup, where);
    case 'Fn::Select':
      return select(resolved(), where);
    case 'Fn::Split':
      return split(resolved(), where);
    default:
      throw new TemplateError(where, `uses ${name}, which the sandbox does not resolve`);
  }
}

function reference(name: string, lookup: Lookup, where: string): Resolved {
  if (name === 'AWS::NoValue') return absent;
  const found = lookup.ref(name);
  if (found === undefined) throw new TemplateError(where, `refers to ${name}, which does not exist`);
  return found;
}

function attribute(argument: Json, lookup: Lookup, where: string): string {
  const [logicalId = '', ...rest] = Array.isArray(argument)
    ? argument.map(String)
    : text(argument, where).split('.');
  return lookup.attribute(logicalId, rest.join('.'));
}

function join(argument: Json, where: string): string {
  const [separator, parts] = list(argument, where);
  return list(parts, where)
    .map((part) => text(part, where))
    .join(text(separator, where));
}

function select(argument: Json, where: string): Json {
  const [index, items] = list(argument, where);
  const found = list(items, where)[Number(index)];
  if (found === undefined)
    throw new TemplateError(where, `selects item ${String(index)}, which does not exist`);
  return found;
}

function split(argument: Json, where: string): Json {
  const [separator, whole] = list(argument, where);
  return text(whole, where).split(text(separator, where));
}

function substitute(argument: Json, lookup: Lookup, where: string): string {
  const [pattern, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = resolve(variables ?? {}, lookup, where) as Record<string, Json>;
  return text(pattern, where).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (Object.hasOwn(own, name)) return text(own[name], where);
    if (name.includes('.')) return attribute(name, lookup, where);
    const found = reference(name, lookup, where);
    return isPresent(found) ? text(found, where) : '';
  });
}

function list(value: Json | undefined, where: string): Json[] {
  if (Array.isArray(value)) return value;
  throw new TemplateError(where, `an intrinsic function needs a list here, not ${JSON.stringify(value)}`);
}

function text(value: Json | undefined, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(where, `an intrinsic function needs a text here, not ${JSON.stringify(value)}`);
}

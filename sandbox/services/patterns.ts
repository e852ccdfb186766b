import { TemplateError } from '../template/error.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Matcher = (value: unknown) => boolean;

/**
 * Compiles an EventBridge pattern, which event source mappings use as well
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html).
 * An operator that is not implemented is a TemplateError that names `where` it stands: a rule that silently never
 * matches would lose findings.
 */
export function compilePattern(pattern: unknown, where: string): (event: unknown) => boolean {
  return compileObject(asObject(pattern, where), where);
}

function compileObject(pattern: { readonly [key: string]: Json }, where: string): Matcher {
  const parts = Object.entries(pattern).map(([key, value]): Matcher => {
    const at = `${where}.${key}`;
    if (key === '$or') return compileAlternatives(value, at);
    const matches = Array.isArray(value) ? compileList(value, at) : compileObject(asObject(value, at), at);
    return (event) => matches(member(event, key));
  });
  return (event) => parts.every((matches) => matches(event));
}

function compileAlternatives(value: Json, where: string): Matcher {
  const alternatives = list(value).map((part) => compileObject(asObject(part, where), where));
  return (event) => alternatives.some((matches) => matches(event));
}

/** A list matches if one of its items matches the value, or one of the values where the event holds a list. */
function compileList(items: readonly Json[], where: string): Matcher {
  const matchers = items.map((item) => compileItem(item, where));
  return (value) => {
    const values = Array.isArray(value) && value.length > 0 ? value : [value];
    return values.some((one) => matchers.some((matches) => matches(one)));
  };
}

function compileItem(item: Json, where: string): Matcher {
  if (item === null || typeof item !== 'object') return (value) => value === item;
  const [entry, ...others] = Object.entries(asObject(item, where));
  const [operator, argument] = entry ?? [];
  if (operator === undefined || argument === undefined || others.length > 0) throw unknown(where, item);
  return compileOperator(operator, argument, where);
}

function compileOperator(operator: string, argument: Json, where: string): Matcher {
  switch (operator) {
    case 'exists':
      return (value) => (value !== undefined) === argument;
    case 'prefix':
      return text(argument, where, (value, written) => value.startsWith(written));
    case 'suffix':
      return text(argument, where, (value, written) => value.endsWith(written));
    case 'wildcard':
      return text(argument, where, matchesStars);
    case 'equals-ignore-case':
      return text(argument, where, (value, written) => value.toLowerCase() === written.toLowerCase());
    case 'anything-but':
      return compileAnythingBut(argument, where);
    case 'numeric':
      return compileNumeric(list(argument), where);
    default:
      throw unknown(where, { [operator]: argument });
  }
}

function compileAnythingBut(argument: Json, where: string): Matcher {
  const items = list(argument).map((item) => compileItem(item, where));
  return (value) => value !== undefined && !items.some((matches) => matches(value));
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '=': (left, right) => left === right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** `["numeric": [">=", 4, "<", 7]]` */
function compileNumeric(argument: readonly Json[], where: string): Matcher {
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < argument.length; at += 2) {
    const compare = comparisons[String(argument[at])];
    const bound = argument[at + 1];
    if (!compare || typeof bound !== 'number') throw unknown(where, { numeric: argument });
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((holds) => holds(value));
}

/** Here `*` alone is special, unlike in IAM. */
function matchesStars(value: string, written: string): boolean {
  const pattern = written.split('*').map(RegExp.escape).join('[^]*');
  return new RegExp(`^${pattern}$`).test(value);
}

function text(argument: Json, where: string, compare: (value: string, written: string) => boolean): Matcher {
  if (typeof argument !== 'string') throw unknown(where, argument);
  return (value) => typeof value === 'string' && compare(value, argument);
}

function list(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

function member(event: unknown, key: string): unknown {
  if (event === null || typeof event !== 'object' || !Object.hasOwn(event, key)) return undefined;
  return (event as Record<string, unknown>)[key];
}

function asObject(value: unknown, where: string): { readonly [key: string]: Json } {
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return value as { readonly [key: string]: Json };
  throw unknown(where, value);
}

function unknown(where: string, value: unknown): TemplateError {
  return new TemplateError(where, `the sandbox does not implement the pattern ${JSON.stringify(value)}`);
}

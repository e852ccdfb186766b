import * as z from 'zod';
import { FindingRejectedError } from './errors.ts';
import type { TaintedText } from './finding.ts';

/** Deeper than any finding that AWS documents; a bound, so that nesting cannot exhaust the stack. */
const MAX_DEPTH = 64;
/** Longer than CloudTrail keeps a user agent; what else is cut tells nothing new. */
const MAX_TEXT = 1024;
const MAX_TEXTS = 200;

/**
 * One spelling for a document: AWS's events are camelCase, its APIs answer in PascalCase. Keys that are data
 * (`aws/guardduty/...`, `AWS::S3::Bucket`) stay as they are. Strings become well-formed Unicode, because a lone
 * surrogate has no canonical JSON and could then not be recorded.
 */
export function camelKeys(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new FindingRejectedError(`the document nests deeper than ${MAX_DEPTH} levels`);
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map((item) => camelKeys(item, depth + 1));
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) setOwn(copy, camelKey(key), camelKeys(value[key], depth + 1));
  return copy;
}

/** Sets a property of the object itself: an assignment to `__proto__` would set its prototype. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

/** A JSON value whose strings and keys are well-formed Unicode and which is no deeper than a bound; what is deeper is cut. */
export function wellFormed(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) return null;
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map((item) => wellFormed(item, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.toWellFormed(), wellFormed(item, depth + 1)]),
  );
}

/** Keys already spelled: AWS has some hundreds of them. What anybody may invent does not fill the memory. */
const spelled = new Map<string, string>();
const MOST_SPELLED = 4096;

function camelKey(key: string): string {
  const known = spelled.get(key);
  if (known !== undefined) return known;
  const whole = key.toWellFormed();
  const camel = /^[A-Z][A-Za-z0-9]*$/.test(whole) ? whole.charAt(0).toLowerCase() + whole.slice(1) : whole;
  if (spelled.size < MOST_SPELLED && key.length <= 64) spelled.set(key, camel);
  return camel;
}

/** A JSON object. */
export type Document = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands at a path of keys, or undefined. */
export function at(document: unknown, ...path: readonly string[]): unknown {
  let value = document;
  for (const key of path) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** A non-empty string at a path, or undefined. */
export function textAt(document: unknown, ...path: readonly string[]): string | undefined {
  const value = at(document, ...path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The objects of a list at a path; a single object counts as a list of one. */
export function listAt(document: unknown, ...path: readonly string[]): Document[] {
  const value = at(document, ...path);
  if (Array.isArray(value)) return value.flat().filter(isObject);
  return isObject(value) ? [value] : [];
}

/** One leaf of a document with the way to it. */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: string | number | boolean | null;
}

/** Every scalar of a document, in its own order. */
export function leaves(document: unknown): ArrayIterator<Leaf> {
  const found: Leaf[] = [];
  gather(document, [], found);
  return found.values();
}

/** One list and one way for the whole walk: nested generators take most of the time of reading a finding. */
function gather(value: unknown, way: string[], found: Leaf[]): void {
  if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      way.push(key);
      gather((value as Document)[key], way, found);
      way.pop();
    }
  } else if (value === null || isScalar(value)) {
    found.push({ path: way.slice(), value });
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The key that a leaf stands under; for one of a list, the key of the list. */
export function keyOf({ path }: Leaf): string {
  return path.findLast((part) => !isIndex(part)) ?? '';
}

function isIndex(part: string): boolean {
  const first = part.charCodeAt(0);
  return first >= 48 && first <= 57 && /^\d+$/.test(part);
}

/**
 * Every string of a document that its publisher did not write itself. The list is of what is safe, so that a field
 * which appears next year is tainted until somebody has looked at it.
 */
export function taintedTexts(document: unknown, isSafe: (leaf: Leaf) => boolean): TaintedText[] {
  return leaves(document)
    .filter((leaf) => typeof leaf.value === 'string' && leaf.value !== '' && !isSafe(leaf))
    .take(MAX_TEXTS)
    .map((leaf) => ({
      field: leaf.path.join('.').slice(0, 256).toWellFormed(),
      text: clip(String(leaf.value), MAX_TEXT),
    }))
    .toArray();
}

/** A text cut to a length, well-formed also where the cut falls inside a surrogate pair. */
export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`;
}

/** A value that a rule may compare: a number, a boolean or a word that no one can turn into a sentence. */
export function factOf(value: unknown): number | boolean | string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  return /^[\w.:/!&-]{1,128}$/.test(value) ? value : undefined;
}

/** Those of the values that are facts, under their names. */
export function factsFrom(
  values: Readonly<Record<string, unknown>>,
): Record<string, number | boolean | string> {
  const facts: Record<string, number | boolean | string> = {};
  for (const [name, value] of Object.entries(values)) {
    const fact = factOf(value);
    if (fact !== undefined) facts[name] = fact;
  }
  return facts;
}

/** An instant in any of the forms in which AWS and its tools write it, as UTC with a `Z`; without a zone it is UTC. */
export const Instant = z.string().transform((text, context) => {
  const zoned = /^[\d-]+[T ][\d:.]+$/.test(text) ? `${text}Z` : text;
  const milliseconds = /^\d{4}-\d{2}-\d{2}[T ]/.test(text) ? Date.parse(zoned) : Number.NaN;
  if (!Number.isNaN(milliseconds)) return new Date(milliseconds).toISOString();
  context.addIssue({ code: 'custom', message: `expected an ISO 8601 instant, found ${clip(text, 40)}` });
  return z.NEVER;
});

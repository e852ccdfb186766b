import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digest } from '../../functions/core/canonical.ts';
import { FindingRejectedError } from '../../functions/core/errors.ts';
import { Finding } from '../../functions/core/finding.ts';
import { envelopesOf, normalise } from '../../functions/sources/normalise.ts';
import { examplesById } from './examples.ts';
import { absent, openFiles } from './open-data.ts';

/** How many broken documents in all; `npm run test:fuzz` asks for ten times as many. */
const CASES = Number(process.env.FUZZ_CASES ?? 2000);

type Path = readonly (string | number)[];

/** Every place in a document. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

/** A copy with one place changed or, for `undefined`, deleted. */
function changed(value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  const copy = structuredClone(value) as Record<string | number, unknown>;
  const replacement = changed(copy[key], rest, change);
  if (replacement === undefined) delete copy[key];
  else copy[key] = replacement;
  return copy;
}

const anything = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    '',
    0,
    -1,
    1e300,
    true,
    [],
    {},
    [[]],
    // What has no text: String() of it throws.
    { toString: 0 },
    'arn:aws:',
    '\ud800',
    '__proto__',
    '000000000000',
    '9999-99-99T99:99:99Z',
    'x'.repeat(5000),
  ),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.jsonValue(),
);

/** Ways in which a place of a document goes wrong: something else stands there, or it was cut, doubled or wrapped. */
const change: fc.Arbitrary<(old: unknown) => unknown> = fc.oneof(
  { weight: 3, arbitrary: anything.map((value) => () => value) },
  {
    weight: 2,
    arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => (old: unknown) => cut(old, share)),
  },
  fc.constantFrom(
    (old: unknown) => [old],
    (old: unknown) => ({ value: old }),
    (old: unknown) => (Array.isArray(old) ? Array.from({ length: 300 }, () => old[0]) : old),
    (old: unknown) => (typeof old === 'string' ? old.repeat(200) : old),
    (old: unknown) => (typeof old === 'string' ? old.toUpperCase() : String(JSON.stringify(old))),
  ),
);

/** The first part of a text, a list or an object's keys. */
function cut(value: unknown, share: number): unknown {
  if (typeof value === 'string' || Array.isArray(value))
    return value.slice(0, Math.floor(value.length * share));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.slice(0, Math.floor(entries.length * share)));
}

function onlyFindingsOrRejection(document: unknown): void {
  try {
    for (const finding of normalise(document)) {
      expect(Finding.parse(finding)).toEqual(finding);
      expect(digest(finding)).toHaveLength(64);
    }
  } catch (error) {
    if (!(error instanceof FindingRejectedError)) throw error;
    expect(error.message.length).toBeGreaterThan(10);
  }
}

/** Findings in the scenarios' folders: what is told to be our own fixtures. */
function scenarioFindings(): unknown[] {
  const scenarios = new URL('../scenarios/', import.meta.url);
  return readdirSync(scenarios)
    .map((name) => new URL(`${name}/findings/`, scenarios))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => new URL(file, folder)))
    .map((file): unknown => JSON.parse(readFileSync(file, 'utf8')));
}

/** Public findings of every kind that a source may take. */
const published = ['guardduty', 'securityhub', 'ocsf', 'accessanalyzer', 'macie', 'inspector', 'config']
  .flatMap((kind) => openFiles(kind))
  .map(({ document }) => document);
const kinds: readonly (readonly [name: string, documents: readonly unknown[], share: number])[] = [
  ...[...examplesById].map(([id, examples]) => [id, examples, 0.5 / examplesById.size] as const),
  ['the scenarios', scenarioFindings(), 0.2],
  [`public collections${absent ? ` (skipped: ${absent})` : ''}`, published, 0.3],
];

test.each(kinds)(
  '%s: broken in any way, a document gives findings or a rejection, nothing else',
  (_, documents, share) => {
    if (documents.length === 0) return;
    const places = documents.map((document) => pathsOf(document));
    const broken = fc.nat({ max: documents.length - 1 }).chain((index) =>
      fc
        .array(fc.tuple(fc.constantFrom(...(places[index] ?? [[]])), change), {
          minLength: 1,
          maxLength: 4,
        })
        .map((changes) => changes.reduce<unknown>(applied, documents[index])),
    );
    fc.assert(
      fc.property(broken, (document) => {
        onlyFindingsOrRejection(document);
        onlyFindingsOrRejection(envelopeAround(document));
      }),
      { numRuns: Math.ceil(CASES * share) },
    );
  },
  600_000,
);

function applied(value: unknown, [path, alter]: [Path, (old: unknown) => unknown]): unknown {
  try {
    return changed(value, path, alter);
  } catch {
    return value; // an earlier change took the place away
  }
}

function envelopeAround(document: unknown): unknown {
  try {
    return envelopesOf(document)[0];
  } catch {
    return document;
  }
}

test('any JSON at all gives findings or a rejection', () => {
  fc.assert(fc.property(fc.jsonValue(), onlyFindingsOrRejection), { numRuns: 500 });
});

test('a document that nests without end is rejected', () => {
  let deep: unknown = 'bottom';
  for (let depth = 0; depth < 5000; depth += 1) deep = { deep };
  for (const [, [example]] of examplesById)
    onlyFindingsOrRejection({ ...example, resource: deep, resources: deep });
});

test.each([...examplesById].map(([id, [example]]) => [id, example]))(
  '%s: no place needs a text where there is none',
  (_, document) => {
    for (const path of pathsOf(document).filter((one) => one.length > 0))
      onlyFindingsOrRejection(changed(document, path, () => ({ toString: 0 })));
  },
);

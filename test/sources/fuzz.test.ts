import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digest } from '../../functions/core/canonical.ts';
import { FindingRejectedError } from '../../functions/core/errors.ts';
import { Finding } from '../../functions/core/finding.ts';
import { envelopesOf, normalise } from '../../functions/sources/normalise.ts';
import { bareControl, bareFinding } from './bare.ts';
import { examples } from './examples.ts';

const documents: [name: string, document: object][] = [
  ['GuardDuty', bareFinding()],
  ['Security Hub', bareControl()],
  ...examples.map(([name, document]): [string, object] => [name, document]),
];

type Path = readonly (string | number)[];

/** Every place in a document. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

/** A copy with one place changed or, for `undefined`, deleted. */
function changed(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  if (rest.length === 0 && replacement === undefined) delete copy[key];
  else copy[key] = changed(copy[key], rest, replacement);
  return copy;
}

const anything = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    '',
    0,
    -1,
    true,
    [],
    {},
    [[]],
    // What has no text: String() of it throws.
    { toString: 0 },
    'arn:aws:',
    '\ud800',
    '__proto__',
    'x'.repeat(5000),
  ),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.jsonValue(),
);

function onlyFindingsOrRejection(document: unknown): void {
  try {
    for (const finding of normalise(document)) {
      expect(Finding.parse(finding)).toEqual(finding);
      expect(digest(finding)).toHaveLength(64);
    }
  } catch (error) {
    expect(error).toBeInstanceOf(FindingRejectedError);
    expect((error as Error).message.length).toBeGreaterThan(10);
  }
}

test.each(documents)(
  '%s: any field deleted or retyped gives findings or a rejection, nothing else',
  (_, document) => {
    const paths = pathsOf(document).filter((path) => path.length > 0);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...paths), anything), { minLength: 1, maxLength: 3 }),
        (changes) => {
          const broken = changes.reduce<unknown>((value, [path, replacement]) => {
            try {
              return changed(value, path, replacement);
            } catch {
              return value; // an earlier change took the place away
            }
          }, document);
          onlyFindingsOrRejection(broken);
          onlyFindingsOrRejection(envelopeAround(broken));
        },
      ),
      { numRuns: 600 },
    );
  },
);

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
  onlyFindingsOrRejection({ ...bareFinding(), resource: deep });
});

test.each(documents)('%s: no place needs a text where there is none', (_, document) => {
  for (const path of pathsOf(document).filter((one) => one.length > 0))
    onlyFindingsOrRejection(changed(document, path, { toString: 0 }));
});

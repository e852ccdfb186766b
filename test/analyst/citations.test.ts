import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkClaims } from '../../functions/analyst/citations.ts';
import type { Exhibit } from '../../functions/analyst/exhibit.ts';
import { isUnder, replaceTainted, resolvePointer, without } from '../../functions/analyst/pointer.ts';

/** RFC 6901, section 5. */
const example = {
  foo: ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'e^f': 3,
  'g|h': 4,
  'i\\j': 5,
  'k"l': 6,
  ' ': 7,
  'm~n': 8,
};

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

describe('JSON pointers', () => {
  test.each([
    ['', example],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
  ])('%s leads where RFC 6901 says', (pointer, value) => {
    expect(resolvePointer(example, pointer)).toEqual(value);
  });

  test.each([
    'foo',
    '/foo/00',
    '/foo/-',
    '/foo/2',
    '/foo/length',
    '/m~2n',
    '/__proto__',
    '/toString',
    '/foo/0/0',
  ])('%s leads nowhere', (pointer) => {
    expect(resolvePointer(example, pointer)).toBeUndefined();
  });

  test('a pattern covers what it names and everything below, and what cannot be read counts as covered', () => {
    expect(isUnder('/tags/3/value', ['/tags/*/value'])).toBe(true);
    expect(isUnder('/tags/3/value/deep', ['/tags/*/value'])).toBe(true);
    expect(isUnder('/tags/3/key', ['/tags/*/value'])).toBe(false);
    expect(isUnder('/tags/3', ['/tags/*/value'])).toBe(false);
    expect(isUnder('/anything', [''])).toBe(true);
    expect(isUnder('nonsense', ['/tags'])).toBe(true);
  });

  test('no tainted string survives in what conditions see, or outside a fence', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const document = { safe: 1, tainted: { deep: value } };
        expect(without(document, ['/tainted/deep'])).toEqual({ safe: 1, tainted: {} });
        const marked = replaceTainted(document, ['/tainted'], (text) => ({ fenced: text }));
        const bare = JSON.stringify(marked, (key, item) => (key === 'fenced' ? 0 : item));
        for (const text of stringsOf(value))
          if (text.length > 12) expect(bare).not.toContain(JSON.stringify(text));
      }),
    );
  });
});

describe('claims', () => {
  const exhibits: Exhibit[] = [
    {
      id: 'ev-0123456789ab',
      tool: 't',
      target: 'e1',
      document: { state: 'running', count: 3, none: null, tags: [{ value: 'x' }], long: 'y'.repeat(3000) },
      tainted: ['/tags/*/value'],
      truncated: false,
    },
  ];
  const claim = (pointer: string, value: string | number | boolean | null, evidence = 'ev-0123456789ab') => ({
    text: 'A claim.',
    cites: [{ evidence, pointer, value }],
  });

  test.each([
    [claim('/state', 'running'), 1, 1],
    [claim('/count', 3), 1, 1],
    [claim('/none', null), 1, 1],
    [claim('/long', 'y'.repeat(1024)), 1, 1],
    [claim('/tags/0/value', 'x'), 1, 0],
    [claim('/state', 'stopped'), 0, 0],
    [claim('/state', 'run'), 0, 0],
    [claim('/state', ''), 0, 0],
    [claim('/count', '3'), 0, 0],
    [claim('/missing', null), 0, 0],
    [claim('/tags', null), 0, 0],
    [claim('/state', 'running', 'ev-ba9876543210'), 0, 0],
  ])('%j', (one, held, untainted) => {
    const checked = checkClaims([one], exhibits);
    expect(checked).toMatchObject({ struck: 1 - held, untainted });
    expect(checked.claims.length).toBe(held);
  });

  test('one citation that does not hold strikes its whole claim', () => {
    const both = { text: 'Both.', cites: [...claim('/state', 'running').cites, ...claim('/count', 4).cites] };
    expect(checkClaims([both], exhibits)).toEqual({ claims: [], struck: 1, untainted: 0 });
  });
});

import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../functions/core/canonical.ts';

const key = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('10', '9', '01', '-1', '__proto__', 'toString', '€', '\r', '😀', '\ufb33', 'constructor'),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary' }),
    fc.date({ noInvalidDate: true }),
    fc.array(fc.option(tie('value'), { nil: undefined })),
    fc.dictionary(key, fc.option(tie('value'), { nil: undefined })),
  ),
}));

describe('canonical JSON', () => {
  it('is what the library for RFC 8785 writes, whatever the value', () => {
    fc.assert(
      fc.property(value, (any) => {
        expect(canonicalJson(any)).toBe(canonicalize(any));
      }),
      { numRuns: 2000 },
    );
  });

  it('sorts by UTF-16 code units, as the example in section 3.2.3 does', () => {
    const example = { '€': 5, '\r': 1, '\ufb33': 7, '1': 2, '😀': 6, '\u0080': 3, ö: 4 };
    expect([...canonicalJson(example).matchAll(/:(\d)/g)].map(([, digit]) => digit).join('')).toBe('1234567');
  });

  it('puts numbers in the order of their digits, not of their values', () => {
    expect(canonicalJson({ 9: 'b', 10: 'a' })).toBe('{"10":"a","9":"b"}');
  });

  it.each([
    ['NaN', Number.NaN],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['a lone surrogate', { text: '\ud800' }],
    ['a lone surrogate in a key', { '\udc00': 1 }],
    ['a bigint', { count: 1n }],
    ['undefined', undefined],
  ])('refuses %s', (_, wrong) => {
    expect(() => canonicalJson(wrong)).toThrow();
  });
});

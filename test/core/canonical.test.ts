import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../functions/core/canonical.ts';

describe('canonical JSON', () => {
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

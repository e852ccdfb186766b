import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { reachInWords, reachOf } from '../../functions/core/reach.ts';

const counted = (...counts: readonly (number | null)[]) =>
  counts.map((count, at) => ({ what: `thing ${at}`, count, evidence: 'a call' }));

it('is the largest count', () => {
  expect(reachOf(counted(2, 7, 0))).toBe(7);
  expect(reachInWords(counted(2, 7, 0))).toEqual({
    count: '7',
    because: 'the largest of 3 measurement(s): thing 1',
  });
});

it('is large where nothing was measured, or something could not be', () => {
  expect(reachInWords([])).toEqual({ count: 'large', because: 'nothing was measured' });
  expect(reachInWords(counted(2, null))).toEqual({
    count: 'large',
    because: 'not available: 1 of 2 measurement(s)',
  });
});

it('never shrinks by one more measurement', () => {
  const size = (reach: number | null) => reach ?? Number.POSITIVE_INFINITY;
  const counts = fc.array(fc.option(fc.nat()), { minLength: 1 });
  void fc.assert(
    fc.property(counts, fc.option(fc.nat()), (some, more) => {
      expect(size(reachOf(counted(...some, more)))).toBeGreaterThanOrEqual(size(reachOf(counted(...some))));
    }),
  );
});

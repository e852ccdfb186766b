import { expect, test } from 'vitest';
import type { Judged } from './judge.ts';
import { missedLine, report } from './report.ts';

const file = 'functions/actions/stop-widget.ts';
const mutant = { id: '1', action: 'stop-widget', file, line: 7, original: 'a &&\n  b', replacement: 'false' };
const judged = (outcome: Judged['outcome'], times = 1): readonly Judged[] =>
  Array.from({ length: times }, () => ({ ...mutant, outcome }));
const excuse = { file, original: mutant.original, replacement: mutant.replacement, reason: 'a is b' };

test('what ends in an error or an endless loop is noticed, what is reached at load alone does not count', () => {
  const { text, failures } = report(
    [...judged('killed', 8), ...judged('timed out'), ...judged('survived'), ...judged('at load', 5)],
    [],
    true,
  );
  expect(text).toMatch(/over all +8 +1 +1 +0 +0 +5 +90\.0%/);
  expect(failures).toEqual([]);
});

test('what no test reaches is missed, and too much of it fails the run', () => {
  const { text, failures } = report([...judged('killed', 2), ...judged('not reached')], [], true);
  expect(text).toContain(`${file}:7 not reached: a && b → false`);
  expect(failures).toEqual(['stop-widget: 66.7% is under 75%', 'over all: 66.7% is under 85%']);
});

test('one action alone has no score over all to reach', () => {
  expect(report([...judged('killed', 4), ...judged('survived')], [], false).failures).toEqual([]);
});

test('what is excused is not listed and does not count', () => {
  const survived = judged('survived');
  expect(survived.flatMap((one) => missedLine(one, [excuse]))).toEqual([]);
  const { text, failures } = report([...judged('killed'), ...survived], [excuse], true);
  expect(text).toMatch(/over all +1 +0 +0 +0 +1 +0 +100\.0%/);
  expect(failures).toEqual([]);
});

test('an excuse that nothing needs fails the run, unless its file was not mutated', () => {
  const elsewhere = { ...excuse, file: 'functions/actions/other.ts' };
  expect(report(judged('killed'), [excuse, elsewhere], true).failures).toEqual([
    `${file}: no excuse is needed for a &&\n  b → false`,
  ]);
});

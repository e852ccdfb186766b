import { expect, test } from 'vitest';
import { brokenLimits } from './broken-limits.ts';

test('every part that is outside its limit is named, however deep it lies', () => {
  const bundles = { plan: { bytes: 1, ok: true }, ingest: { bytes: 9, ok: false } };
  expect(brokenLimits({ machine: { cores: 2 }, demo: { seconds: 9, ok: false }, bundles })).toEqual([
    'demo',
    'bundles.ingest',
  ]);
});

test('what is within its limits, or has none, is not', () => {
  expect(brokenLimits({ demo: { ok: true }, actions: [{ p99: 3, ok: true }], machine: null })).toEqual([]);
});

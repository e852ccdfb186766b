import { describe, expect, it } from 'vitest';
import { dailyLimit, isListed, type Limits } from '../../functions/core/limits.ts';
import type { Target } from '../../functions/core/plan.ts';

const limits: Limits = {
  daily: { low: 100, medium: 10, high: 5 },
  reserve: 0.2,
  actions: { 'stop-instance': 2 },
  protected: [
    { match: 'arn:aws:iam::*:role/break-glass-*', because: 'the last way in' },
    { match: 'i-0abc', because: 'the only one of its kind' },
    { match: 'a.c', because: 'a dot is a dot' },
  ],
};
const target = (id: string, arn?: string): Target => ({
  handle: 'e1',
  kind: 'other',
  id,
  account: '111122223333',
  region: 'eu-west-1',
  trust: 'observed',
  ...(arn ? { arn } : {}),
});

describe('the daily limit', () => {
  it('goes by danger, keeps a reserve for critical incidents, and by action where one is named', () => {
    const isolate = { action: 'isolate-instance', danger: 'high' } as const;
    expect(dailyLimit(isolate, 'Critical', limits)).toBe(5);
    expect(dailyLimit(isolate, 'High', limits)).toBe(4);
    const stop = { action: 'stop-instance', danger: 'high' } as const;
    expect([dailyLimit(stop, 'Critical', limits), dailyLimit(stop, 'Low', limits)]).toEqual([2, 1]);
  });
});

describe('the protected list', () => {
  it('matches the whole ARN or id, with * for any text and nothing else special', () => {
    expect(isListed(target('break-glass-1', 'arn:aws:iam::1:role/break-glass-1'), limits)).toBe(true);
    expect(isListed(target('x', 'arn:aws:iam::1:role/not-break-glass-1'), limits)).toBe(false);
    expect([isListed(target('i-0abc'), limits), isListed(target('i-0abcd'), limits)]).toEqual([true, false]);
    expect([isListed(target('a.c'), limits), isListed(target('abc'), limits)]).toEqual([true, false]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regressionsOf, type Sign, unread } from '../../functions/core/health.ts';

const changedAt = new Date('2026-11-21T12:00:00.000Z');
const later = '2026-11-21T12:05:00.000Z';
const earlier = '2026-11-21T11:55:00.000Z';

const alarm = (value: 'ok' | 'alarm' | null, since: string | null = later): Sign => ({
  kind: 'alarm',
  of: 'an alarm',
  value,
  since,
  note: '',
});
const targets = (value: number | null, own = 0): Sign => ({
  kind: 'healthy-targets',
  of: 'a group',
  value,
  own,
  note: '',
});
const rate = (value: number | null, before: number | null): Sign => ({
  kind: 'error-rate',
  of: 'a group',
  value,
  before,
  note: '',
});
const worse = (before: Sign, now: Sign) => regressionsOf([before], [now], changedAt).map(({ what }) => what);

describe('an alarm', () => {
  it('that was quiet and went off after the change is a regression', () => {
    expect(worse(alarm('ok', earlier), alarm('alarm'))).toEqual(['the alarm went off after the change']);
  });

  it.each([
    ['was off before the plan', alarm('alarm', earlier), alarm('alarm', earlier)],
    ['had too little data', alarm(null), alarm('alarm')],
    ['went off between the plan and the change', alarm('ok'), alarm('alarm', earlier)],
    ['does not say since when', alarm('ok'), alarm('alarm', null)],
    ['is quiet', alarm('ok'), alarm('ok')],
  ])('that %s is none', (_, before, now) => {
    expect(worse(before, now)).toEqual([]);
  });
});

describe('a target group', () => {
  it.each([
    ['another target than the contained one is lost', targets(3, 1), targets(1, 1)],
    ['the contained one was the last', targets(1, 1), targets(0, 1)],
    ['nothing of it was contained, and one is lost', targets(2), targets(1)],
  ])('got worse where %s', (_, before, now) => {
    expect(worse(before, now)).toEqual([`${now.value} of ${before.value} healthy targets are left`]);
  });

  it.each([
    ['only the contained one is out', targets(3, 1), targets(2, 1)],
    ['none was healthy before', targets(0), targets(0)],
    ['it cannot be read', targets(3), targets(null)],
  ])('did not where %s', (_, before, now) => {
    expect(worse(before, now)).toEqual([]);
  });
});

describe('an error rate', () => {
  it('that rose by five of a hundred requests is a regression', () => {
    expect(worse(rate(0, null), rate(0.31, 0.02))).toEqual(['31% of requests fail, 2% before the change']);
  });

  it.each([
    ['rose by less', rate(0, null), rate(0.06, 0.02)],
    ['was as high right before the change', rate(0, null), rate(0.4, 0.4)],
    ['has nothing to be compared with', rate(0, null), rate(0.9, null)],
  ])('that %s is none', (_, before, now) => {
    expect(worse(before, now)).toEqual([]);
  });
});

it('whatever was not read, before or now, is never a regression', () => {
  const sign = fc.oneof(
    fc
      .record({
        value: fc.constantFrom('ok' as const, 'alarm' as const, null),
        since: fc.constantFrom(later, earlier, null),
      })
      .map(({ value, since }) => alarm(value, since)),
    fc.record({ value: fc.option(fc.nat(9)), own: fc.nat(9) }).map(({ value, own }) => targets(value, own)),
    fc
      .record({
        value: fc.option(fc.float({ min: 0, max: 1, noNaN: true })),
        before: fc.option(fc.float({ min: 0, max: 1, noNaN: true })),
      })
      .map(({ value, before }) => rate(value, before)),
  );
  fc.assert(
    fc.property(sign, sign, (before, now) => {
      expect(worse(before, unread(now, 'Throttling'))).toEqual([]);
      if (now.kind !== 'error-rate') expect(worse(unread(before, 'Throttling'), now)).toEqual([]);
      expect(regressionsOf([], [now], changedAt)).toEqual([]);
    }),
  );
});

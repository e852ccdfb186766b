import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithin, Window } from '../../functions/core/window.ts';

const night = Window.parse({ days: ['Fri'], from: '22:00', to: '04:00', zone: 'Europe/Berlin' });

describe('a window that comes again every week', () => {
  it.each([
    ['2026-11-20T20:59:59Z', false, 'before it begins'],
    ['2026-11-20T21:00:00Z', true, 'at its beginning, 22:00 there'],
    ['2026-11-21T02:59:59Z', true, 'on the day after'],
    ['2026-11-21T03:00:00Z', false, 'at its end'],
    ['2026-11-20T02:00:00Z', false, 'in the night that began on the day before'],
    ['2026-11-21T22:00:00Z', false, 'on another night'],
  ])('%s: %s, %s', (at, expected) => {
    expect(isWithin(night, new Date(at))).toBe(expected);
  });

  it('follows the clock on the wall through the change to summer time and back', () => {
    const morning = Window.parse({ days: ['Sun'], from: '02:00', to: '03:00', zone: 'Europe/Berlin' });
    const at = (text: string) => isWithin(morning, new Date(text));
    // 29 March 2026: 01:00 UTC is 03:00, and the hour from two to three never comes.
    expect([at('2026-03-29T00:59:00Z'), at('2026-03-29T01:00:00Z')]).toEqual([false, false]);
    // 25 October 2026: 00:30 and 01:30 UTC are both half past two.
    expect([at('2026-10-25T00:30:00Z'), at('2026-10-25T01:30:00Z'), at('2026-10-25T02:00:00Z')]).toEqual([
      true,
      true,
      false,
    ]);
    const winter = new Date('2026-12-06T01:30:00Z');
    const summer = new Date('2026-07-05T00:30:00Z');
    expect([isWithin(morning, winter), isWithin(morning, summer)]).toEqual([true, true]);
  });

  it('lasts from midnight to midnight with 24:00', () => {
    const monday = Window.parse({ days: ['Mon'], from: '00:00', to: '24:00', zone: 'UTC' });
    expect(isWithin(monday, new Date('2026-11-23T23:59:59Z'))).toBe(true);
    expect(isWithin(monday, new Date('2026-11-24T00:00:00Z'))).toBe(false);
  });

  it('and its complement hold every instant once, whatever the zone', () => {
    const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
    );
    const instant = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(time, time, zone, instant, (from, to, timeZone, at) => {
        fc.pre(from !== to);
        const within = (start: string, end: string) =>
          isWithin(Window.parse({ days, from: start, to: end, zone: timeZone }), at);
        expect(within(from, to)).toBe(!within(to, from));
      }),
    );
  });
});

describe('one stretch of time', () => {
  it('holds its beginning, and not its end', () => {
    const window = Window.parse({ from: '2026-11-21T10:00:00Z', to: '2026-11-21T14:00:00+02:00' });
    const at = (text: string) => isWithin(window, new Date(text));
    expect([at('2026-11-21T10:00:00Z'), at('2026-11-21T11:59:59Z'), at('2026-11-21T12:00:00Z')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('what is no window', () => {
  it.each([
    [{ days: ['Mon'], from: '22:00', to: '04:00', zone: 'Europe/Bern lin' }],
    [{ days: [], from: '22:00', to: '04:00', zone: 'UTC' }],
    [{ days: ['Mon'], from: '24:00', to: '04:00', zone: 'UTC' }],
    [{ days: ['Mon'], from: '22:00', to: '04:00' }],
    [{ from: '2026-11-21T10:00:00Z', to: '2026-11-21T10:00:00Z' }],
  ])('%j is refused', (window) => {
    expect(Window.safeParse(window).success).toBe(false);
  });
});

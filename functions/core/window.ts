import * as z from 'zod';

const Day = z.enum(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
type Day = z.infer<typeof Day>;

const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;
const Start = z.string().regex(clockTime, 'expected a time of day such as 22:00');
/** `24:00` is the end of the day, as in ISO 8601. */
const End = z.union([Start, z.literal('24:00')]);

/** A time zone of the IANA database. */
const Zone = z.string().refine(isZone, 'expected a time zone such as Europe/Berlin or UTC');

/**
 * A time that comes again every week, by the clock on the wall: `days` are those on which it begins, and where `to` is
 * not after `from` it ends on the day after.
 */
const Weekly = z.strictObject({ days: z.array(Day).min(1), from: Start, to: End, zone: Zone });

/** One stretch of time. */
const Once = z
  .strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), 'expected an end that is after the beginning');

export const Window = z.union([Weekly, Once]);
export type Window = z.infer<typeof Window>;

/** Whether the instant lies in the window; its beginning does, its end does not. Throws RangeError for an unknown zone. */
export function isWithin(window: Window, instant: Date): boolean {
  if (!('days' in window))
    return Date.parse(window.from) <= instant.getTime() && instant.getTime() < Date.parse(window.to);
  const { day, minute } = onTheWall(instant, window.zone);
  const [from, to] = [minuteOf(window.from), minuteOf(window.to)];
  if (from < to) return window.days.includes(day) && from <= minute && minute < to;
  return minute >= from ? window.days.includes(day) : minute < to && window.days.includes(dayBefore(day));
}

/** What clock and calendar say there: an hour that summer time skips never comes, one that it repeats comes twice. */
function onTheWall(instant: Date, timeZone: string): { readonly day: Day; readonly minute: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return {
    day: Day.parse(parts.get('weekday')),
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function dayBefore(day: Day): Day {
  const days = Day.options;
  return days.at(days.indexOf(day) - 1) ?? day;
}

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone });
    return true;
  } catch {
    return false;
  }
}

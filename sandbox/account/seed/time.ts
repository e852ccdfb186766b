import * as z from 'zod';

const duration = /^-P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const pattern =
  /^(-P(?=.)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z)$/;

/** A point in time: absolute, or an ISO 8601 duration before the moment of seeding, so that a seed never goes stale. */
export const instant = z
  .string()
  .regex(pattern, 'expected a time such as 2026-10-01T12:00:00Z or a duration before now such as -PT35M')
  .describe('2026-10-01T12:00:00Z, or a duration before now: -PT35M, -P12DT3H');

/** Weeks, days, hours, minutes, seconds in milliseconds, in the order of the expression's groups. */
const units = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000];

/** Makes an `instant` absolute, in whole seconds as AWS keeps times. */
export function resolveInstant(text: string, now: Date): string {
  const parts = duration.exec(text)?.slice(1);
  const before = units.reduce((sum, unit, at) => sum + unit * Number(parts?.[at] ?? 0), 0);
  const time = parts ? now.getTime() - before : Date.parse(text);
  return new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

import * as z from 'zod';
import { clip, Instant } from '../../core/document.ts';

/**
 * Inspector's API writes ISO 8601. Its events write `Wed Sep 04 16:59:44.356 UTC 2024`
 * (https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html), and older ones
 * `Mar 20, 2023, 6:08:05 PM`, in UTC.
 */
export const InspectorInstant = z.string().transform((text, context) => {
  const milliseconds = Date.parse(asDate(text));
  if (!Number.isNaN(milliseconds)) return new Date(milliseconds).toISOString();
  context.addIssue({ code: 'custom', message: `expected an instant, found ${clip(text, 40)}` });
  return z.NEVER;
});

function asDate(text: string): string {
  const iso = Instant.safeParse(text);
  if (iso.success) return iso.data;
  const [, month, day, time, year] = /^\w{3} (\w{3}) (\d{2}) ([\d:.]+) UTC (\d{4})$/.exec(text) ?? [];
  if (month) return `${day} ${month} ${year} ${time} UTC`;
  // Newer Java writes a narrow space before AM and PM.
  const [, date, clock] = /^(\w{3} \d{1,2}, \d{4}), (\d{1,2}:\d{2}:\d{2}[ \u202f][AP]M)$/.exec(text) ?? [];
  return date && clock ? `${date} ${clock.replace('\u202f', ' ')} UTC` : '';
}

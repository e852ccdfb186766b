import * as z from 'zod';
import { boundedText } from '../../core/bounded.ts';
import type { Knowledge, Sighting } from '../../core/intelligence.ts';

/** Sightings of a kind that an answer lists. */
const LISTED = 5;
const DAY = 24 * 60 * 60;

const About = z.strictObject({
  feed: z.string(),
  /** What the list calls itself. */
  list: z.string(),
  /** The range or domain that it names, which what was asked about lies in. */
  matched: z.string(),
});

/** Why an indicator counts, or why there is none, or why it does not. */
export const Standing = z.enum([
  'indicator',
  'no-indicator',
  'nothing-to-ask',
  'nothing-compiled',
  'warning-list',
  'not-on-the-internet',
  'this-account',
  'aws',
]);
export type Standing = z.infer<typeof Standing>;

export const Output = z.strictObject({
  /** Whether an indicator counts. */
  known: z.boolean(),
  standing: Standing,
  /** Of the most confident indicator that counts, from 0 to 100. */
  confidence: z.int().min(0).max(100),
  indicators: z.array(
    About.extend({
      confidence: z.int().min(0).max(100),
      firstSeen: z.string(),
      ageDays: z.int().nonnegative(),
      validUntil: z.string().nullable(),
    }),
  ),
  /** Lists of what is commonly reported, and is no sign of an attack. */
  warnings: z.array(About),
  truncated: z.boolean(),
});
export type Output = z.infer<typeof Output>;

const nothing = { known: false, confidence: 0, indicators: [], warnings: [], truncated: false };

/** The answer where there is nothing to list. */
export function withoutSightings(standing: Standing): Output {
  return { ...nothing, standing };
}

/** The answer for what the lists know; `standing` says whether it counts. */
export function withSightings(standing: Standing, { indicators, warnings }: Knowledge, now: Date): Output {
  const known = standing === 'indicator';
  return {
    known,
    standing,
    confidence: known ? Math.max(...indicators.map(({ confidence }) => confidence)) : 0,
    indicators: indicators.slice(0, LISTED).map((one) => indicatorOf(one, now)),
    warnings: warnings.slice(0, LISTED).map(aboutOf),
    truncated: indicators.length > LISTED || warnings.length > LISTED,
  };
}

function aboutOf({ feed, list, matched }: Sighting): z.infer<typeof About> {
  return { feed, list: boundedText(list), matched: boundedText(matched) };
}

function indicatorOf(sighting: Sighting, now: Date): Output['indicators'][number] {
  const { confidence, firstSeen, validUntil } = sighting;
  return {
    ...aboutOf(sighting),
    confidence,
    firstSeen: isoOf(firstSeen),
    ageDays: Math.max(0, Math.floor((now.getTime() / 1000 - firstSeen) / DAY)),
    validUntil: validUntil === null ? null : isoOf(validUntil),
  };
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

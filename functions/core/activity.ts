import * as z from 'zod';
import { boundedText } from './bounded.ts';
import type { TrailAnswer, TrailRecord } from './trail.ts';

const counted = { count: z.number().int().positive() };

/** What a principal did, in counts. User agents are the only free text; lists hold the most frequent first. */
export const Activity = z.strictObject({
  total: z.number().int().nonnegative(),
  writes: z.number().int().nonnegative(),
  errors: z.number().int().nonnegative(),
  /** Calls that IAM refused. */
  denied: z.number().int().nonnegative(),
  firstSeen: z.string().nullable(),
  lastSeen: z.string().nullable(),
  operations: z.array(
    z.strictObject({ service: z.string(), name: z.string(), ...counted, errors: z.number().int() }),
  ),
  sources: z.array(z.strictObject({ address: z.string(), ...counted })),
  userAgents: z.array(z.strictObject({ text: z.string(), ...counted })),
  regions: z.array(z.strictObject({ region: z.string(), ...counted })),
  /** More was recorded than is counted or listed here. */
  truncated: z.boolean(),
});
export type Activity = z.infer<typeof Activity>;

const LISTED = { operations: 40, sources: 20, userAgents: 10, regions: 20 } as const;

/** Counts the records of one principal. */
export function summarise({ records, truncated }: TrailAnswer): Activity {
  const operations = grouped(records, (record) => `${serviceOf(record)} ${record.eventName}`);
  const sources = grouped(records, (record) => sourceOf(record.sourceIPAddress));
  const userAgents = grouped(records, (record) => boundedText(record.userAgent ?? ''));
  const regions = grouped(records, (record) => record.awsRegion);
  const times = records.map((record) => record.eventTime).sort();
  return {
    total: records.length,
    writes: records.filter((record) => record.readOnly === false).length,
    errors: records.filter((record) => record.errorCode !== undefined).length,
    denied: records.filter(isDenied).length,
    firstSeen: times[0] ?? null,
    lastSeen: times.at(-1) ?? null,
    operations: operations.slice(0, LISTED.operations).map(([key, of]) => {
      const [service = '', name = ''] = key.split(' ');
      const errors = of.filter((record) => record.errorCode !== undefined).length;
      return { service, name, count: of.length, errors };
    }),
    sources: sources.slice(0, LISTED.sources).map(([address, of]) => ({ address, count: of.length })),
    userAgents: userAgents.slice(0, LISTED.userAgents).map(([text, of]) => ({ text, count: of.length })),
    regions: regions.slice(0, LISTED.regions).map(([region, of]) => ({ region, count: of.length })),
    truncated:
      truncated ||
      operations.length > LISTED.operations ||
      sources.length > LISTED.sources ||
      userAgents.length > LISTED.userAgents,
  };
}

/** `iam` of `iam.amazonaws.com`. */
export function serviceOf(record: TrailRecord): string {
  return record.eventSource.replace(/\.amazonaws\.com(\.cn)?$/, '');
}

function isDenied({ errorCode }: TrailRecord): boolean {
  return errorCode !== undefined && /AccessDenied|UnauthorizedOperation/.test(errorCode);
}

/** An address or an AWS service; anything else is no source that we would repeat. */
function sourceOf(source: string): string {
  return /^[0-9a-f.:]{2,45}$/i.test(source) || /^[a-z0-9.-]{1,100}\.amazonaws\.com(\.cn)?$/.test(source)
    ? source
    : 'other';
}

/** Groups, the largest first; equal ones by name, so that the same records give the same bytes. */
function grouped(
  records: readonly TrailRecord[],
  key: (record: TrailRecord) => string,
): readonly (readonly [string, readonly TrailRecord[]])[] {
  const groups = [...Map.groupBy(records, key)];
  return groups.sort(([a, of], [b, others]) => others.length - of.length || a.localeCompare(b));
}

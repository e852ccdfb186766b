import * as z from 'zod';

/** The columns of a feed in CSV, by their headings. */
const Columns = z.strictObject({
  value: z.string().min(1),
  firstSeen: z.string().optional(),
  lastSeen: z.string().optional(),
  confidence: z.string().optional(),
});

const common = {
  /** Its folder in the bucket: `feeds/<name>/`. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  /** Indicators say that something is bad; warnings, that it is not, whatever an indicator says. */
  says: z.enum(['indicators', 'warnings']),
  /** From 0 to 100: the most that an indicator of this feed may claim, and what it has where it claims nothing. */
  confidence: z.int().min(0).max(100),
  /** When its newest file counts as stale. */
  maxAgeDays: z.int().min(1).max(3650),
  /** How long an indicator that names no end holds after it was last seen; warnings hold without end. */
  validDays: z.int().min(1).max(3650),
};

/** One feed of `policies/feeds.yaml`: files that somebody puts into a folder of our bucket. Nothing is fetched. */
export const Feed = z.discriminatedUnion('format', [
  z.strictObject({ ...common, format: z.literal('stix') }),
  z.strictObject({ ...common, format: z.literal('misp') }),
  z.strictObject({ ...common, format: z.literal('misp-warning-list') }),
  z.strictObject({ ...common, format: z.literal('csv'), columns: Columns }),
  z.strictObject({ ...common, format: z.literal('list') }),
]);
export type Feed = z.infer<typeof Feed>;

export const Feeds = z.strictObject({ feeds: z.array(Feed).max(50) });
export type Feeds = z.infer<typeof Feeds>;

/** A file of a feed, as the bucket lists it. */
export interface FeedFile {
  readonly feed: string;
  /** Below the feed's folder. */
  readonly name: string;
  /** Changes with the content. */
  readonly etag: string;
  readonly modified: Date;
  readonly bytes: number;
}

import * as z from 'zod';

const trail = z.strictObject({
  name: z
    .string()
    .regex(/^[a-zA-Z0-9][\w.-]{1,126}[a-zA-Z0-9]$/, 'expected 3 to 128 letters, digits or any of ._-'),
  homeRegion: z.string().optional().describe("The account's region when absent"),
  s3BucketName: z.string().default('example-trail-logs'),
  isMultiRegionTrail: z.boolean().default(true),
  managementAccount: z
    .string()
    .regex(/^\d{12}$/)
    .optional()
    .describe('Whose trail of the whole organisation this is'),
  isLogging: z.boolean().default(true),
  latestDeliveryError: z.string().optional().describe("S3's word for why the last delivery failed"),
  tags: z.record(z.string(), z.string()).default({}),
});

/** The trails of an account; what they recorded is in `activity.json`. */
export const cloudTrailSeed = z.strictObject({ trails: z.array(trail).default([]) });

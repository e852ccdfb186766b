import * as z from 'zod';
import { policyDocument } from './policy-document.ts';
import { instant } from './time.ts';

const bucket = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      'expected 3 to 63 lower-case letters, digits, dots or hyphens',
    ),
  region: z.string().optional().describe("The account's when absent"),
  creationDate: instant.default('-P90D'),
  policy: policyDocument.optional(),
});

/** The buckets of an account, in all of its regions. */
export const s3Seed = z.strictObject({ buckets: z.array(bucket).default([]) });

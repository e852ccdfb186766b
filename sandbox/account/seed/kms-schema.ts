import * as z from 'zod';
import { policyDocument } from './policy-document.ts';
import { instant } from './time.ts';

const key = z.strictObject({
  keyId: z
    .string()
    .regex(
      /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
      'expected a UUID, or mrk- and 32 hexadecimal digits',
    ),
  description: z.string().default(''),
  keyManager: z.enum(['CUSTOMER', 'AWS']).default('CUSTOMER'),
  keyState: z.enum(['Enabled', 'Disabled', 'PendingImport']).default('Enabled'),
  deletion: z
    .strictObject({ scheduled: instant, pendingWindowInDays: z.int().min(7).max(30).default(30) })
    .optional()
    .describe('When its deletion was scheduled, and how long it waits'),
  replicas: z.int().min(0).default(0).describe('Replicas of a multi-Region primary key'),
  materialMissing: z.boolean().default(false).describe('Its imported key material is gone'),
  policy: policyDocument.optional().describe("Hands the question to the account's IAM policies when absent"),
  tags: z.record(z.string(), z.string()).default({}),
});

/** The keys of one region. */
export const kmsSeed = z.strictObject({ keys: z.array(key).default([]) });

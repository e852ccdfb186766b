import * as z from 'zod';
import { instant } from './time.ts';

const version = z.string().min(32).max(64);

const secret = z.strictObject({
  name: z.string().regex(/^[\w/+=.@-]{1,512}$/, 'expected 1 to 512 letters, digits or any of /_+=.@-'),
  suffix: z
    .string()
    .regex(/^[A-Za-z0-9]{6}$/)
    .default('AbCdEf')
    .describe('What Secrets Manager puts behind the name'),
  rotationLambdaArn: z.string().optional(),
  rotationEnabled: z.boolean().optional().describe('As long as there is a function, when absent'),
  owningService: z.string().optional().describe('The AWS service that manages the secret'),
  primaryRegion: z.string().optional().describe('Of a replica'),
  deletedDate: instant.optional(),
  lastAccessedDate: instant.optional(),
  current: version.default('0a000000-0000-4000-8000-0000000000c0'),
  previous: version.optional(),
  pending: version.optional().describe('The version of a rotation that is not over'),
  tags: z.record(z.string(), z.string()).default({}),
});

/** The secrets of one region; their values are nobody's business. */
export const secretsSeed = z.strictObject({ secrets: z.array(secret).default([]) });

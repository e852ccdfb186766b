import * as z from 'zod';
import { policyDocument } from './policy-document.ts';
import { instant } from './time.ts';

const name = z.string().regex(/^[\w-]{1,64}$/, 'expected up to 64 letters, digits, - or _');

const url = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]{8,40}$/)
    .default('abcdefghijklmnop')
    .describe('The first part of its host name'),
  authType: z.enum(['NONE', 'AWS_IAM']),
  invokeMode: z.enum(['BUFFERED', 'RESPONSE_STREAM']).default('BUFFERED'),
  creationTime: instant.default('-P60D'),
});

const qualified = {
  url: url.optional(),
  policy: policyDocument.optional().describe('The resource policy; a statement without a Sid gets one'),
};

const eventSource = z.strictObject({
  uuid: z.uuid(),
  eventSourceArn: z.string().startsWith('arn:'),
  state: z.enum(['Enabled', 'Disabled']).default('Enabled'),
});

const lambdaFunction = z.strictObject({
  functionName: name,
  ...qualified,
  reservedConcurrency: z.int().min(0).optional(),
  provisionedConcurrency: z.int().min(0).default(0).describe('Of all versions and aliases together'),
  aliases: z.array(z.strictObject({ name, ...qualified })).default([]),
  eventSources: z.array(eventSource).default([]),
  tags: z.record(z.string(), z.string()).default({}),
});

/** The functions of one region. */
export const lambdaSeed = z.strictObject({ functions: z.array(lambdaFunction).default([]) });

export type LambdaSeed = z.output<typeof lambdaSeed>;

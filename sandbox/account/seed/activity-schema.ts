import * as z from 'zod';
import { instant } from './time.ts';

const anything = z.record(z.string(), z.unknown());

/** One CloudTrail record of `activity.json`; what is left out is filled in from the account. */
const activityRecord = z.strictObject({
  eventVersion: z.string().default('1.11'),
  eventID: z.uuid().optional(),
  eventTime: instant,
  eventName: z.string().min(1),
  eventSource: z
    .string()
    .regex(/^[a-z0-9-]+\.amazonaws\.com$/, 'expected a source such as iam.amazonaws.com'),
  awsRegion: z.string().optional().describe("The account's region when absent; us-east-1 for IAM and STS"),
  sourceIPAddress: z.string(),
  userAgent: z.string().default('aws-cli/2.27.50'),
  userIdentity: anything,
  requestParameters: anything.nullable().default(null),
  responseElements: anything.nullable().default(null),
  additionalEventData: anything.optional(),
  resources: z
    .array(
      z.strictObject({
        ARN: z.string().optional(),
        type: z.string().optional(),
        accountId: z.string().optional(),
      }),
    )
    .optional(),
  errorCode: z.string().optional(),
  errorMessage: z.string().optional(),
  readOnly: z.boolean().optional(),
  managementEvent: z.boolean().default(true),
  eventType: z.string().default('AwsApiCall'),
  sessionCredentialFromConsole: z.literal('true').optional(),
  recipientAccountId: z.string().optional(),
  requestID: z.uuid().optional(),
});

/** `activity.json`: the account's recent CloudTrail history. */
export const activitySeed = z.array(activityRecord);

export type ActivitySeed = z.output<typeof activitySeed>;

import * as z from 'zod';
import { policyDocument } from './policy-document.ts';
import { instant } from './time.ts';

const tags = z.record(z.string(), z.string()).default({});

const publicAccessBlock = z.strictObject({
  blockPublicAcls: z.boolean().default(false),
  ignorePublicAcls: z.boolean().default(false),
  blockPublicPolicy: z.boolean().default(false),
  restrictPublicBuckets: z.boolean().default(false),
});

const object = z.strictObject({
  key: z.string().min(1).max(1024),
  versionId: z.string().default('null').describe('null for what was written without versioning'),
  lastModified: instant.default('-P10D'),
  deleteMarker: z.boolean().default(false),
  etag: z.string().default('"d41d8cd98f00b204e9800998ecf8427e"'),
  size: z.int().min(0).default(0),
  tags,
});

const bucket = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      'expected 3 to 63 lower-case letters, digits, dots or hyphens',
    ),
  region: z.string().optional().describe("The account's when absent"),
  creationDate: instant.default('-P90D'),
  tags,
  publicAccessBlock: publicAccessBlock.optional(),
  policy: policyDocument.optional(),
  website: z.boolean().default(false),
  versioning: z.enum(['Enabled', 'Suspended']).optional().describe('Absent as long as it was never enabled'),
  mfaDelete: z.boolean().default(false),
  replication: z.boolean().default(false).describe('Whether it is the source of a replication'),
  replicatesDeleteMarkers: z.boolean().optional(),
  notifications: z
    .array(
      z.strictObject({
        to: z.enum(['function', 'queue', 'topic']),
        arn: z.string().startsWith('arn:'),
        events: z.array(z.string().startsWith('s3:')).min(1),
      }),
    )
    .optional(),
  eventBridge: z.boolean().optional().describe('Whether EventBridge is told of everything'),
  accessPoints: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/),
        vpcId: z.string().startsWith('vpc-').optional().describe('Absent: it is reached from the internet'),
      }),
    )
    .optional(),
  objectOwnership: z
    .enum(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter', 'unset'])
    .optional()
    .describe('BucketOwnerEnforced when absent; unset for a bucket that is older than the setting'),
  acl: z
    .array(
      z.strictObject({
        grantee: z.union([
          z.enum(['AllUsers', 'AuthenticatedUsers']),
          z.string().regex(/^[0-9a-f]{12,64}$/, 'expected a group or the id of a canonical user'),
        ]),
        permission: z.enum(['FULL_CONTROL', 'READ', 'READ_ACP', 'WRITE', 'WRITE_ACP']),
      }),
    )
    .optional()
    .describe("Grants besides the owner's own; without effect where objectOwnership is BucketOwnerEnforced"),
  encryption: z
    .strictObject({
      algorithm: z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']),
      key: z.string().startsWith('arn:').optional(),
    })
    .optional()
    .describe('AES256 when absent'),
  loggingBucket: z.string().optional().describe('Where the records of server access go'),
  replicationAccount: z
    .string()
    .regex(/^\d{12}$/)
    .optional()
    .describe('The account that it is copied to, where that is another'),
  lifecycle: z
    .strictObject({
      rules: z
        .array(z.looseObject({ ID: z.string().min(1), Status: z.enum(['Enabled', 'Disabled']) }))
        .min(1)
        .describe("In the shape of PutBucketLifecycleConfiguration's Rules"),
      transitionDefaultMinimumObjectSize: z
        .enum(['all_storage_classes_128K', 'varies_by_storage_class'])
        .default('all_storage_classes_128K'),
    })
    .optional(),
  objects: z.array(object).default([]).describe('Versions of one key stand newest first'),
});

/** The buckets of an account, in all of its regions. */
export const s3Seed = z.strictObject({
  publicAccessBlock: publicAccessBlock.optional().describe("The account's own settings"),
  buckets: z.array(bucket).default([]),
});

export type S3Seed = z.output<typeof s3Seed>;

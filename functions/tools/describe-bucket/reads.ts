import {
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
} from '@aws-sdk/client-s3';
import {
  GetPublicAccessBlockCommand as GetAccountPublicAccessBlockCommand,
  ListAccessPointsCommand,
} from '@aws-sdk/client-s3-control';
import type { Account, Permission } from '../../core/account.ts';
import { bucketResource } from '../../core/bucket.ts';

export const reads = [
  ListBucketsCommand,
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  GetAccountPublicAccessBlockCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketAclCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketWebsiteCommand,
  GetBucketVersioningCommand,
  GetBucketReplicationCommand,
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  ListAccessPointsCommand,
] as const;
export type Reader = Account<typeof reads>;

export const permissions: readonly Permission[] = [
  {
    actions: [
      's3:GetBucketTagging',
      's3:GetBucketPublicAccessBlock',
      's3:GetBucketPolicy',
      's3:GetBucketPolicyStatus',
      's3:GetBucketAcl',
      's3:GetBucketOwnershipControls',
      's3:GetBucketWebsite',
      's3:GetBucketVersioning',
      's3:GetReplicationConfiguration',
      's3:GetEncryptionConfiguration',
      's3:GetBucketLogging',
    ],
    resources: [bucketResource()],
  },
  {
    actions: ['s3:ListAllMyBuckets', 's3:GetAccountPublicAccessBlock', 's3:ListAccessPoints'],
    resources: ['*'],
  },
];

/** The account's own bucket, by the name and in the region that its list gives; S3 answers in that region alone. */
export interface Place {
  readonly name: string;
  readonly region: string;
}

import { DescribeTagsCommand } from '@aws-sdk/client-ec2';
import { GetRoleCommand, GetUserCommand } from '@aws-sdk/client-iam';
import { GetBucketTaggingCommand } from '@aws-sdk/client-s3';
import type { Account, Permission } from '../core/account.ts';

/** IAM's lists of tags come in pages; what is asked for a user or a role holds all of them. */
export const reads = [DescribeTagsCommand, GetUserCommand, GetRoleCommand, GetBucketTaggingCommand] as const;
export type Reader = Account<typeof reads>;

/** DescribeTags knows no narrower resource. */
export const permissions: readonly Permission[] = [
  { actions: ['ec2:DescribeTags'], resources: ['*'] },
  { actions: ['iam:GetUser'], resources: ['arn:{partition}:iam::{account}:user/*'] },
  { actions: ['iam:GetRole'], resources: ['arn:{partition}:iam::{account}:role/*'] },
  { actions: ['s3:GetBucketTagging'], resources: ['arn:{partition}:s3:::*'] },
];

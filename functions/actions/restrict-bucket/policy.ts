import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { ListAccessPointsCommand } from '@aws-sdk/client-s3-control';
import type { Account } from '../../core/account.ts';
import { ourBucket, whereSet } from '../../core/bucket.ts';
import { WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';

export const reads = [
  GetBucketTaggingCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetPublicAccessBlockCommand,
  ListAccessPointsCommand,
] as const;
export const writes = [PutBucketPolicyCommand, DeleteBucketPolicyCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** Null where there is no policy; undefined where there is no bucket any more. */
export async function readPolicy(bucket: string, account: Reader): Promise<string | null | undefined> {
  const answer = await whereSet(
    whereSet(account.send(new GetBucketPolicyCommand(ourBucket(bucket, account))), 'NoSuchBucketPolicy').then(
      (found) => ({ policy: found?.Policy ?? null }),
    ),
    'NoSuchBucket',
  );
  return answer?.policy;
}

/** Null takes the policy away. S3 knows no condition for it: what somebody else writes in that very moment is lost. */
export async function writePolicy(bucket: string, policy: string | null, account: Writer): Promise<void> {
  if (policy === null) {
    await account.send(new DeleteBucketPolicyCommand(ourBucket(bucket, account)));
    return;
  }
  await account
    .send(new PutBucketPolicyCommand({ ...ourBucket(bucket, account), Policy: policy }))
    .catch((error: unknown) => {
      throw isBlocked(error) ? publicPolicyBlocked(bucket, error) : error;
    });
}

export async function hasPublicPolicy(bucket: string, account: Reader): Promise<boolean> {
  const answer = await whereSet(
    account.send(new GetBucketPolicyStatusCommand(ourBucket(bucket, account))),
    'NoSuchBucketPolicy',
  );
  return answer?.PolicyStatus?.IsPublic ?? false;
}

/**
 * Throws WrongStateError for a public policy in a bucket that takes none: S3 looks at what a policy grants, not at
 * what it denies, and would refuse the same policy with our statement. The account's settings are not read.
 */
export async function checkAccepted(bucket: string, isPublic: boolean, account: Reader): Promise<void> {
  if (!isPublic) return;
  const answer = await whereSet(
    account.send(new GetPublicAccessBlockCommand(ourBucket(bucket, account))),
    'NoSuchPublicAccessBlockConfiguration',
  );
  if (answer?.PublicAccessBlockConfiguration?.BlockPublicPolicy) throw publicPolicyBlocked(bucket);
}

function isBlocked(error: unknown): boolean {
  return hasName(error, 'AccessDenied') && /BlockPublicPolicy/.test((error as Error).message);
}

function publicPolicyBlocked(bucket: string, cause?: unknown): WrongStateError {
  return new WrongStateError(
    `bucket ${bucket}`,
    'closed to public policies (BlockPublicPolicy), while its own is public',
    'S3 takes no change that keeps the public statement; block-bucket-public-access shuts the public out, or remove that statement first',
    { cause },
  );
}

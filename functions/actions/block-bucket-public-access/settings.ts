import {
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { ListAccessPointsCommand } from '@aws-sdk/client-s3-control';
import type { Account } from '../../core/account.ts';
import { ourBucket, whereSet } from '../../core/bucket.ts';
import { configurationOf, type PublicAccess, publicAccessOf } from '../../core/public-access.ts';

export const reads = [
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  GetBucketWebsiteCommand,
  GetBucketPolicyStatusCommand,
  GetBucketPolicyCommand,
  ListAccessPointsCommand,
] as const;
export const writes = [PutPublicAccessBlockCommand, DeletePublicAccessBlockCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** Null where none are set; undefined where there is no bucket any more. */
export async function readSettings(
  bucket: string,
  account: Reader,
): Promise<PublicAccess | null | undefined> {
  const answer = await whereSet(
    whereSet(
      account.send(new GetPublicAccessBlockCommand(ourBucket(bucket, account))),
      'NoSuchPublicAccessBlockConfiguration',
    ).then((found) => ({ found })),
    'NoSuchBucket',
  );
  if (!answer) return undefined;
  return answer.found ? publicAccessOf(answer.found.PublicAccessBlockConfiguration) : null;
}

/** Null takes the settings away. */
export async function writeSettings(
  bucket: string,
  settings: PublicAccess | null,
  account: Writer,
): Promise<void> {
  if (settings === null) {
    await account.send(new DeletePublicAccessBlockCommand(ourBucket(bucket, account)));
    return;
  }
  await account.send(
    new PutPublicAccessBlockCommand({
      ...ourBucket(bucket, account),
      PublicAccessBlockConfiguration: configurationOf(settings),
    }),
  );
}

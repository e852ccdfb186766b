import {
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { Account } from '../../core/account.ts';
import { whereSet } from '../../core/bucket.ts';
import { configurationOf, type PublicAccess, publicAccessOf } from '../../core/public-access.ts';

export const reads = [
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  GetBucketWebsiteCommand,
  GetBucketPolicyStatusCommand,
  GetBucketPolicyCommand,
] as const;
export const writes = [PutPublicAccessBlockCommand, DeletePublicAccessBlockCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** Names a bucket as this account's: S3 refuses the call if the name is somebody else's by now. */
export function ours(bucket: string, { id }: Pick<Reader, 'id'>) {
  return { Bucket: bucket, ExpectedBucketOwner: id };
}

/** Null where none are set; undefined where there is no bucket any more. */
export async function readSettings(
  bucket: string,
  account: Reader,
): Promise<PublicAccess | null | undefined> {
  const answer = await whereSet(
    whereSet(
      account.send(new GetPublicAccessBlockCommand(ours(bucket, account))),
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
    await account.send(new DeletePublicAccessBlockCommand(ours(bucket, account)));
    return;
  }
  await account.send(
    new PutPublicAccessBlockCommand({
      ...ours(bucket, account),
      PublicAccessBlockConfiguration: configurationOf(settings),
    }),
  );
}

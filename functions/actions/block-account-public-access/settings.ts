import {
  GetBucketPolicyStatusCommand,
  GetBucketWebsiteCommand,
  ListBucketsCommand,
} from '@aws-sdk/client-s3';
import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3-control';
import type { Account } from '../../core/account.ts';
import { whereSet } from '../../core/bucket.ts';
import { configurationOf, type PublicAccess, publicAccessOf } from '../../core/public-access.ts';

export const reads = [
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  GetBucketPolicyStatusCommand,
  GetBucketWebsiteCommand,
] as const;
export const writes = [PutPublicAccessBlockCommand, DeletePublicAccessBlockCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** Null where the account has none. */
export async function readSettings(account: Reader): Promise<PublicAccess | null> {
  const answer = await whereSet(
    account.send(new GetPublicAccessBlockCommand({ AccountId: account.id })),
    'NoSuchPublicAccessBlockConfiguration',
  );
  return answer ? publicAccessOf(answer.PublicAccessBlockConfiguration) : null;
}

/** Null takes the settings away. */
export async function writeSettings(settings: PublicAccess | null, account: Writer): Promise<void> {
  if (settings === null) {
    await account.send(new DeletePublicAccessBlockCommand({ AccountId: account.id }));
    return;
  }
  await account.send(
    new PutPublicAccessBlockCommand({
      AccountId: account.id,
      PublicAccessBlockConfiguration: configurationOf(settings),
    }),
  );
}

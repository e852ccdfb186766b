import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  type TransitionDefaultMinimumObjectSize,
} from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { ourBucket, whereSet } from '../../core/bucket.ts';
import { WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import { Lifecycle, lifecycleOf, rulesOf } from './lifecycle.ts';

export const reads = [
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketLifecycleConfigurationCommand,
] as const;
export const writes = [PutBucketVersioningCommand, PutBucketLifecycleConfigurationCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** `never`: S3 has no word for it, and no way back to it. */
export const Versions = z.strictObject({
  versioning: z.enum(['Enabled', 'Suspended', 'never']),
  lifecycle: Lifecycle.nullable(),
});
export type Versions = z.infer<typeof Versions>;

/** How the bucket keeps versions, and whether a device is asked for; undefined where there is no bucket any more. */
export async function readVersions(
  bucket: string,
  account: Reader,
): Promise<{ readonly versions: Versions; readonly mfaDelete: boolean } | undefined> {
  const answer = await whereSet(
    account.send(new GetBucketVersioningCommand(ourBucket(bucket, account))),
    'NoSuchBucket',
  );
  if (!answer) return undefined;
  return {
    versions: { versioning: answer.Status ?? 'never', lifecycle: await readLifecycle(bucket, account) },
    mfaDelete: answer.MFADelete === 'Enabled',
  };
}

async function readLifecycle(bucket: string, account: Reader): Promise<Lifecycle | null> {
  const answer = await whereSet(
    account.send(new GetBucketLifecycleConfigurationCommand(ourBucket(bucket, account))),
    'NoSuchLifecycleConfiguration',
  );
  return answer ? lifecycleOf(answer.Rules ?? [], answer.TransitionDefaultMinimumObjectSize) : null;
}

/** Throws WrongStateError where a replication or Object Lock, which came since, needs versioning to stay. */
export async function writeVersioning(
  bucket: string,
  status: 'Enabled' | 'Suspended',
  account: Writer,
): Promise<void> {
  const input = { ...ourBucket(bucket, account), VersioningConfiguration: { Status: status } };
  await account.send(new PutBucketVersioningCommand(input)).catch((error: unknown) => {
    if (!hasName(error, 'InvalidBucketState')) throw error;
    throw new WrongStateError(
      `bucket ${bucket}`,
      'in need of its versions, for a replication or Object Lock',
      'versioning stays enabled; make it permanent, or end what needs it first',
      { cause: error },
    );
  });
}

export async function writeLifecycle(bucket: string, lifecycle: Lifecycle, account: Writer): Promise<void> {
  const { minimumSize: size } = lifecycle;
  await account.send(
    new PutBucketLifecycleConfigurationCommand({
      ...ourBucket(bucket, account),
      LifecycleConfiguration: { Rules: rulesOf(lifecycle) },
      ...(size === null
        ? {}
        : { TransitionDefaultMinimumObjectSize: size as TransitionDefaultMinimumObjectSize }),
    }),
  );
}

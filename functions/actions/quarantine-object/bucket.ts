import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { ourBucket, readBucketTags, whereSet } from '../../core/bucket.ts';
import { WrongStateError } from '../../core/errors.ts';
import type { Tag } from '../../core/reserved-tags.ts';
import type { ObjectName } from './object.ts';
import type { Reader } from './versions.ts';

/** Tags of the bucket and of the object's current version. */
export async function readTags(
  { bucket, key }: ObjectName,
  account: Reader,
): Promise<{ readonly ofBucket: readonly Tag[]; readonly ofObject: () => Promise<readonly Tag[]> }> {
  const ofBucket = await readBucketTags(bucket, () =>
    account.send(new GetBucketTaggingCommand(ourBucket(bucket, account))),
  );
  const ofObject = async () =>
    (await account.send(new GetObjectTaggingCommand({ ...ourBucket(bucket, account), Key: key }))).TagSet ??
    [];
  return { ofBucket, ofObject };
}

/**
 * Throws WrongStateError where a delete would be for good, or its marker could not be taken away again
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html).
 */
export async function checkVersioned(bucket: string, account: Reader): Promise<void> {
  const { Status: status, MFADelete: device } = await account.send(
    new GetBucketVersioningCommand(ourBucket(bucket, account)),
  );
  if (status !== 'Enabled')
    throw new WrongStateError(
      `bucket ${bucket}`,
      status === undefined ? 'without versions' : 'one whose versioning is suspended',
      'deleting the object would be for good; protect-bucket-versions keeps versions from then on',
    );
  if (device === 'Enabled')
    throw new WrongStateError(
      `bucket ${bucket}`,
      'under MFA delete',
      'only the root user with a device could take the delete marker away again',
    );
}

/** How many rules of the bucket, wherever they apply, delete versions that are no longer current. */
export async function rulesThatDelete(bucket: string, account: Reader): Promise<number> {
  const answer = await whereSet(
    account.send(new GetBucketLifecycleConfigurationCommand(ourBucket(bucket, account))),
    'NoSuchLifecycleConfiguration',
  );
  const rules = answer?.Rules ?? [];
  return rules.filter((rule) => rule.Status === 'Enabled' && rule.NoncurrentVersionExpiration).length;
}

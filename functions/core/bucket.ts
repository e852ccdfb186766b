import { NotOursError, TargetNotFoundError, WrongStateError } from './errors.ts';
import { hasName } from './named-error.ts';
import type { Tag } from './reserved-tags.ts';

/**
 * Names of today, and those of old buckets of us-east-1, which may be longer and hold capitals and underscores
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html). None holds what IAM reads as a
 * pattern.
 */
const NAME = /^[A-Za-z0-9][\w.-]{1,253}[\w-]$/;
/** Endings that S3 keeps for directory and table buckets and for the aliases of access points. */
const OTHER_THINGS = /(--x-s3|--table-s3|-s3alias|--ol-s3|\.mrap)$/;

/** The pattern of a bucket's ARN, or of an object's in it. */
export function bucketResource(name = '*', key?: string): string {
  return `arn:{partition}:s3:::${name}${key === undefined ? '' : `/${key}`}`;
}

/** Throws TargetNotFoundError for what is no bucket's name, WrongStateError for what only looks like a bucket. */
export function checkBucketName(name: string): void {
  if (!NAME.test(name)) throw new TargetNotFoundError(`bucket ${name}`);
  if (OTHER_THINGS.test(name))
    throw new WrongStateError(
      `bucket ${name}`,
      'a directory bucket, a table bucket or an access point',
      'S3 has no such setting for it; name the general purpose bucket behind it',
    );
}

/** Names a bucket as this account's: S3 refuses the call if the name is somebody else's by now. */
export function ourBucket(name: string, { id }: { readonly id: string }) {
  return { Bucket: name, ExpectedBucketOwner: id };
}

type GetTagging = () => Promise<{ readonly TagSet?: readonly Tag[] | undefined }>;

/**
 * Reads a bucket's tags, with which every plan begins: the name is checked first, and the question must name this
 * account as the owner. Throws TargetNotFoundError, NotOursError or WrongStateError.
 */
export async function readBucketTags(name: string, getTagging: GetTagging): Promise<readonly Tag[]> {
  checkBucketName(name);
  try {
    return (await whereSet(getTagging(), 'NoSuchTagSet'))?.TagSet ?? [];
  } catch (error) {
    throw bucketFault(name, error);
  }
}

/** The answer, or undefined where S3 says by one of these codes that nothing is set. */
export async function whereSet<Answer>(
  answer: Promise<Answer>,
  ...codes: readonly string[]
): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (hasName(error, ...codes)) return undefined;
    throw error;
  }
}

/** What S3's error says about the bucket itself; any other error as it is. */
function bucketFault(name: string, error: unknown): unknown {
  const bucket = `bucket ${name}`;
  if (hasName(error, 'NoSuchBucket')) return new TargetNotFoundError(bucket, { cause: error });
  if (hasName(error, 'AccessDenied'))
    return new NotOursError(bucket, 'it is another account’s, or its own policy keeps this role out');
  if (
    hasName(error, 'PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException')
  )
    return new WrongStateError(
      bucket,
      'in another region',
      'S3 takes changes there alone; look it up and name that region',
    );
  return error;
}

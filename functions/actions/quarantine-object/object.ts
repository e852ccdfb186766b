import { bucketResource, checkBucketName } from '../../core/bucket.ts';
import { clip } from '../../core/document.ts';
import { TargetNotFoundError, WrongStateError } from '../../core/errors.ts';

/** An object's place. The key is whatever its writer chose. */
export interface ObjectName {
  readonly bucket: string;
  readonly key: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const LONGEST_KEY = 1024;

/** `object shop/incoming/invoice.pdf`, cut to what fits into a sentence. */
export function labelOf({ bucket, key }: ObjectName): string {
  return `object ${clip(`${bucket}/${key}`, 160)}`;
}

/**
 * The bucket and key of an entity's id, `bucket/key`. Throws TargetNotFoundError for what names no object, and
 * WrongStateError for a key with `.` or `..` in its path, which a client may turn into another object's.
 */
export function objectNameOf(id: string): ObjectName {
  const slash = id.indexOf('/');
  const name = { bucket: id.slice(0, Math.max(slash, 0)), key: id.slice(slash + 1) };
  if (slash < 0 || name.key === '' || Buffer.byteLength(name.key) > LONGEST_KEY || !name.key.isWellFormed())
    throw new TargetNotFoundError(labelOf(name));
  checkBucketName(name.bucket);
  if (name.key.split('/').some((step) => step === '.' || step === '..'))
    throw new WrongStateError(
      labelOf(name),
      'under a key that holds . or .. as a step',
      'clients may resolve it to another object; remove it by hand',
    );
  return name;
}

/**
 * The ARN pattern of one object for a session policy, which takes printable ASCII and reads `*`, `?` and `${` as more
 * than themselves (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html): one such character is any
 * one character, and a stretch beyond ASCII is anything. The pattern always fits the object, and hardly another.
 */
export function objectResource({ bucket, key }: ObjectName): string {
  const pattern = key.replaceAll(/[^\x20-\x7e]+/g, '*').replaceAll(/[?$"\\{}]/g, '?');
  return bucketResource(bucket, pattern);
}

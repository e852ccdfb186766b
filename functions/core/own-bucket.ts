import * as z from 'zod';
import { NotOursError } from './errors.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, general purpose buckets */
export const BucketName = z.string().regex(/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);

interface Listed {
  readonly Name?: string | undefined;
  readonly BucketRegion?: string | undefined;
  readonly CreationDate?: Date | undefined;
}

interface Page {
  readonly Buckets?: readonly Listed[] | undefined;
  readonly ContinuationToken?: string | undefined;
}

type ListBuckets = (input: { Prefix: string; ContinuationToken: string | undefined }) => Promise<Page>;

interface OwnBucket {
  readonly region: string;
  readonly createdAt: Date | undefined;
}

/** A bucket as the account itself lists it, in whatever region it lies; undefined for one that is not the account's. */
export async function findOwnBucket(name: string, list: ListBuckets): Promise<OwnBucket | undefined> {
  let token: string | undefined;
  do {
    const page = await list({ Prefix: name, ContinuationToken: token });
    const found = page.Buckets?.find((bucket) => bucket.Name === name);
    if (found?.BucketRegion !== undefined)
      return { region: found.BucketRegion, createdAt: found.CreationDate };
    token = page.ContinuationToken;
  } while (token);
  return undefined;
}

/**
 * The region of a bucket of the account's own. Anybody may take a free name, and a bucket's policy may let us in:
 * what the account lists is the one proof that a log does not go to a stranger. Throws NotOursError.
 */
export async function ownBucketRegion(name: string, list: ListBuckets): Promise<string> {
  const found = await findOwnBucket(name, list);
  if (!found)
    throw new NotOursError(`bucket ${name}`, 'this account has none of that name, and a log stays at home');
  return found.region;
}

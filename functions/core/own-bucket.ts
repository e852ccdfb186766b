import * as z from 'zod';
import { NotOursError } from './errors.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, general purpose buckets */
export const BucketName = z.string().regex(/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);

interface Page {
  readonly Buckets?:
    | readonly { readonly Name?: string | undefined; readonly BucketRegion?: string | undefined }[]
    | undefined;
  readonly ContinuationToken?: string | undefined;
}

type ListBuckets = (input: { Prefix: string; ContinuationToken: string | undefined }) => Promise<Page>;

/**
 * The region of a bucket of the account's own. Anybody may take a free name, and a bucket's policy may let us in:
 * what the account lists is the one proof that a log does not go to a stranger. Throws NotOursError.
 */
export async function ownBucketRegion(name: string, list: ListBuckets): Promise<string> {
  let token: string | undefined;
  do {
    const page = await list({ Prefix: name, ContinuationToken: token });
    const found = page.Buckets?.find((bucket) => bucket.Name === name);
    if (found?.BucketRegion !== undefined) return found.BucketRegion;
    token = page.ContinuationToken;
  } while (token);
  throw new NotOursError(`bucket ${name}`, 'this account has none of that name, and a log stays at home');
}

import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { hasName } from '../core/named-error.ts';
import type { Clock, Intelligence } from '../core/ports.ts';
import { type Lookup, openLookup } from '../intelligence/lookup.ts';
import { clientSettings, measured } from './clients.ts';
import { COMPILED } from './feed-store.ts';

interface Held {
  readonly etag: string | undefined;
  readonly lookup: Lookup;
}

/** The compiled indicators, fetched when first asked and whenever they changed, and then asked in memory. */
export function s3Intelligence(
  bucket: string,
  clock: Clock,
  client = measured(new S3Client({ ...clientSettings, forcePathStyle: true })),
): Intelligence {
  const place = { Bucket: bucket, Key: COMPILED };
  /** Questions come several at once: each looks whether there is something newer after the one before has. */
  let latest: Promise<Held | undefined> = Promise.resolve(undefined);

  async function renewed(held: Held | undefined): Promise<Held | undefined> {
    try {
      const { ETag: etag } = await client.send(new HeadObjectCommand(place));
      if (held && held.etag === etag) return held;
      const answer = await client.send(new GetObjectCommand(place));
      const file = await answer.Body?.transformToByteArray();
      return file && { etag: answer.ETag, lookup: openLookup(file) };
    } catch (error) {
      // Nothing was compiled yet. HEAD has no body, so that S3 names the error by its status alone.
      if (hasName(error, 'NotFound', 'NoSuchKey')) return undefined;
      throw error;
    }
  }

  return {
    async about(observable) {
      latest = latest.catch(() => undefined).then(renewed);
      return (await latest)?.lookup.about(observable, clock());
    },
  };
}

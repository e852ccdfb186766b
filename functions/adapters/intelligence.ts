import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { hasName } from '../core/named-error.ts';
import type { Clock, Intelligence } from '../core/ports.ts';
import { type Lookup, openLookup } from '../intelligence/lookup.ts';
import { clientSettings, measured } from './clients.ts';
import { COMPILED } from './feed-store.ts';

/** How long a warm function asks what it has before it looks whether there is something newer. */
const FRESH_MS = 60_000;

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
  let held: Held | undefined;
  let freshUntil = 0;

  async function latest(): Promise<Held | undefined> {
    const { ETag: etag } = await client.send(new HeadObjectCommand(place));
    if (held && held.etag === etag) return held;
    const answer = await client.send(new GetObjectCommand(place));
    const file = await answer.Body?.transformToByteArray();
    return file && { etag: answer.ETag, lookup: openLookup(file) };
  }

  async function fresh(): Promise<Held | undefined> {
    const now = clock().getTime();
    if (now < freshUntil) return held;
    try {
      held = await latest();
    } catch (error) {
      // Nothing was compiled yet. HEAD has no body, so that S3 names the error by its status alone.
      if (!hasName(error, 'NotFound', 'NoSuchKey')) throw error;
      held = undefined;
    }
    freshUntil = now + FRESH_MS;
    return held;
  }

  return {
    about: async (observable) => (await fresh())?.lookup.about(observable, clock()),
  };
}

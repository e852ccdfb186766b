import {
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { FeedFile } from '../core/feeds.ts';
import { hasName } from '../core/named-error.ts';
import type { FeedStore } from '../core/ports.ts';
import { clientSettings, measured } from './clients.ts';

const FEEDS = 'feeds/';
/** The one compiled file: S3 replaces an object as a whole. */
export const COMPILED = 'compiled/lookup';

/** The feeds' files under `feeds/<feed>/` of a bucket, and the compiled file beside them. */
export function s3FeedStore(
  bucket: string,
  client = measured(new S3Client({ ...clientSettings, forcePathStyle: true })),
): FeedStore {
  return {
    async files() {
      const found: FeedFile[] = [];
      let from: string | undefined;
      do {
        const page: ListObjectsV2CommandOutput = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: FEEDS, ContinuationToken: from }),
        );
        found.push(...(page.Contents ?? []).flatMap(fileOf));
        from = page.NextContinuationToken;
      } while (from);
      return found;
    },
    async read({ feed, name, etag }) {
      const answer = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key: `${FEEDS}${feed}/${name}`, IfMatch: etag }),
      );
      return (await answer.Body?.transformToString('utf-8')) ?? '';
    },
    async compiled() {
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: COMPILED }));
        return await answer.Body?.transformToByteArray();
      } catch (error) {
        if (hasName(error, 'NoSuchKey')) return undefined;
        throw error;
      }
    },
    async keep(compiled) {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: COMPILED,
          Body: compiled,
          ContentType: 'application/octet-stream',
        }),
      );
    },
  };
}

/** What lies beside the feeds' folders, and the folders' own placeholders, are no files. */
function fileOf({
  Key = '',
  ETag = '',
  LastModified = new Date(0),
  Size = 0,
}: NonNullable<ListObjectsV2CommandOutput['Contents']>[number]): FeedFile[] {
  const [, feed, name] = /^feeds\/([^/]+)\/(.*[^/])$/s.exec(Key) ?? [];
  if (feed === undefined || name === undefined) return [];
  return [{ feed, name, etag: ETag, modified: LastModified, bytes: Size }];
}

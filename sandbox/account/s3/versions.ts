import type * as s3 from '@aws-sdk/client-s3';
import type { Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { onBucket } from './scope.ts';
import type { ObjectVersionState } from './state.ts';

type Input = s3.ListObjectVersionsCommandInput;
type Output = s3.ListObjectVersionsCommandOutput;

interface Row extends ObjectVersionState {
  readonly key: string;
  readonly isLatest: boolean;
}

/**
 * The versions of a bucket's objects by key, newest first
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html). Keys are ordered by their UTF-8.
 */
export function versionListingOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListObjectVersions: onBucket<Input, Output>(cloud, 's3:ListBucketVersions', ({ bucket }, input) => {
      const rows = Object.entries(bucket.objects)
        .filter(([key]) => key.startsWith(input.Prefix ?? ''))
        .sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
        .flatMap(([key, versions]) =>
          versions.map((one, index): Row => ({ ...one, key, isLatest: index === 0 })),
        );
      return pageOf(rows.slice(startOf(rows, input)), input);
    }),
  };
}

/** A page begins after the version that the markers name. */
function startOf(rows: readonly Row[], { KeyMarker: key, VersionIdMarker: version }: Input): number {
  if (key === undefined) return 0;
  const last = rows.findLastIndex(
    (row) => row.key === key && (version === undefined || row.versionId === version),
  );
  return last + 1;
}

function pageOf(rows: readonly Row[], { MaxKeys: size = 1000, EncodingType: encoding }: Input) {
  const page = rows.slice(0, size);
  const last = page.at(-1);
  const written = (key: string) => (encoding === 'url' ? urlEncoded(key) : key);
  const common = (row: Row) => ({
    Key: written(row.key),
    VersionId: row.versionId,
    IsLatest: row.isLatest,
    LastModified: new Date(row.lastModified),
  });
  return {
    IsTruncated: rows.length > size,
    MaxKeys: size,
    ...(encoding === undefined ? {} : { EncodingType: encoding }),
    Versions: page
      .filter((row) => !row.deleteMarker)
      .map((row) => ({ ...common(row), ETag: row.etag, Size: row.size })),
    DeleteMarkers: page.filter((row) => row.deleteMarker).map(common),
    ...(rows.length > size && last
      ? { NextKeyMarker: written(last.key), NextVersionIdMarker: last.versionId }
      : {}),
  };
}

/** As S3 writes it: like a form field, but with slashes as they are. */
function urlEncoded(key: string): string {
  return encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
}

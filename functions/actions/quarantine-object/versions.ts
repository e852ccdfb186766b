import {
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectTaggingCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import { ListAccessPointsCommand } from '@aws-sdk/client-s3-control';
import type { Account } from '../../core/account.ts';
import { ourBucket } from '../../core/bucket.ts';
import { WrongStateError } from '../../core/errors.ts';
import { labelOf, type ObjectName } from './object.ts';

export const reads = [
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketLifecycleConfigurationCommand,
  ListObjectVersionsCommand,
  GetObjectTaggingCommand,
  GetBucketPolicyCommand,
  GetBucketWebsiteCommand,
  GetBucketReplicationCommand,
  GetBucketNotificationConfigurationCommand,
  ListAccessPointsCommand,
] as const;
export const writes = [DeleteObjectCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** A version of an object, or a delete marker. */
export interface Version {
  readonly id: string;
  readonly isMarker: boolean;
  readonly isLatest: boolean;
  readonly eTag: string;
  /** Milliseconds since the epoch; S3 tells whole seconds. */
  readonly modified: number;
}

/** Pages of 1000; an object with more versions than that is somebody's heap, or an attack on whoever reads it. */
const PAGES = 10;
/** How many markers S3 is asked about: ours is the oldest of those that are younger than its version. */
const MARKERS = 50;

/** Every version and marker of one object. Across the two kinds their order is not known. */
export async function versionsOf(name: ObjectName, account: Reader): Promise<readonly Version[]> {
  const versions: Version[] = [];
  let after: { KeyMarker: string; VersionIdMarker: string | undefined } | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await list(name, { ...after }, account);
    versions.push(...rowsOf(answer, name));
    if (!answer.IsTruncated || decoded(answer.NextKeyMarker) !== name.key) return versions;
    after = { KeyMarker: name.key, VersionIdMarker: answer.NextVersionIdMarker };
  }
  throw new WrongStateError(
    labelOf(name),
    `kept in more than ${PAGES * 1000} versions`,
    'they are not read; remove the object by hand',
  );
}

/**
 * The marker right above a version: S3 is asked what comes after a marker. Nothing else tells one marker from another,
 * and nothing else needs to: whoever made it, the object is hidden by exactly one marker more.
 */
export async function markerAbove(
  version: Version,
  versions: readonly Version[],
  name: ObjectName,
  account: Reader,
): Promise<string | undefined> {
  const younger = versions.filter((one) => one.isMarker && one.modified >= version.modified);
  const oldestFirst = younger.toSorted((left, right) => left.modified - right.modified);
  for (const { id } of oldestFirst.slice(0, MARKERS)) {
    const next = await list(name, { KeyMarker: name.key, VersionIdMarker: id, MaxKeys: 1 }, account);
    if (rowsOf(next, name)[0]?.id === version.id) return id;
  }
  if (younger.length <= MARKERS) return undefined;
  throw new WrongStateError(
    labelOf(name),
    `under more than ${MARKERS} delete markers`,
    'ours is not looked for among them; remove by hand what hides the object',
  );
}

/** Keys come encoded: one may hold what no XML may. */
function list({ bucket, key }: ObjectName, where: object, account: Reader) {
  return account.send(
    new ListObjectVersionsCommand({
      ...ourBucket(bucket, account),
      Prefix: key,
      EncodingType: 'url',
      ...where,
    }),
  );
}

function rowsOf(
  { Versions: versions = [], DeleteMarkers: markers = [] }: ListObjectVersionsCommandOutput,
  { key }: ObjectName,
): readonly Version[] {
  const rows = [
    ...versions.map((one) => ({ ...one, isMarker: false })),
    ...markers.map((one) => ({ ...one, ETag: '', isMarker: true })),
  ];
  return rows
    .filter((one) => decoded(one.Key) === key)
    .map((one) => ({
      id: one.VersionId ?? '',
      isMarker: one.isMarker,
      isLatest: one.IsLatest ?? false,
      eTag: one.ETag ?? '',
      modified: one.LastModified?.getTime() ?? 0,
    }));
}

function decoded(key: string | undefined): string | undefined {
  return key && decodeURIComponent(key.replaceAll('+', ' '));
}

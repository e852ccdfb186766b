import type * as s3 from '@aws-sdk/client-s3';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { uuid } from '../ids.ts';
import { onBucket } from './scope.ts';
import type { BucketState, ObjectVersionState } from './state.ts';

/** Objects as far as containment reaches them: their versions, their tags, and the marker that hides them. */
export function objectOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetObjectTagging: onBucket<s3.GetObjectTaggingCommandInput, s3.GetObjectTaggingCommandOutput>(
      cloud,
      ({ VersionId: version }) =>
        version === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging',
      ({ bucket }, input) => tagging(bucket, input),
    ),
    DeleteObject: onBucket<s3.DeleteObjectCommandInput, s3.DeleteObjectCommandOutput>(
      cloud,
      ({ VersionId: version }) => (version === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion'),
      ({ bucket }, { Key: key = '', VersionId: version }) =>
        version === undefined ? hide(cloud, bucket, key) : erase(bucket, key, version),
    ),
  };
}

function tagging(
  bucket: BucketState,
  { Key: key, VersionId: version }: s3.GetObjectTaggingCommandInput,
): s3.GetObjectTaggingCommandOutput {
  const versions = find(bucket.objects, key) ?? [];
  const found = version === undefined ? versions[0] : versions.find((one) => one.versionId === version);
  if (!found || found.deleteMarker) throw missing(version, found);
  return {
    $metadata: {},
    VersionId: found.versionId,
    TagSet: Object.entries(found.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html */
function missing(version: string | undefined, found: ObjectVersionState | undefined): AwsError {
  if (version === undefined) return new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  return found
    ? new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405)
    : new AwsError('NoSuchVersion', 'The specified version does not exist.', 404);
}

/**
 * A delete without a version: a marker goes on top. Where versioning is suspended it takes the place of the null
 * version; where it never was, the object is gone
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html).
 */
function hide(cloud: Cloud, bucket: BucketState, key: string): object {
  const versions = find(bucket.objects, key) ?? [];
  if (bucket.versioning === undefined) return setVersions(bucket, key, []);
  const isEnabled = bucket.versioning === 'Enabled';
  const marker: ObjectVersionState = {
    versionId: isEnabled ? uuid(cloud).replaceAll('-', '') : 'null',
    deleteMarker: true,
    lastModified: cloud.now().toISOString(),
    etag: '',
    size: 0,
    tags: {},
  };
  const kept = isEnabled ? versions : versions.filter((one) => one.versionId !== 'null');
  setVersions(bucket, key, [marker, ...kept]);
  return { DeleteMarker: true, VersionId: marker.versionId };
}

/** A delete of one version is for good. That it is gone already is no error. */
function erase(bucket: BucketState, key: string, version: string): object {
  const versions = find(bucket.objects, key) ?? [];
  const found = versions.find((one) => one.versionId === version);
  setVersions(
    bucket,
    key,
    versions.filter((one) => one !== found),
  );
  return { VersionId: version, ...(found?.deleteMarker ? { DeleteMarker: true } : {}) };
}

function setVersions({ objects }: BucketState, key: string, versions: ObjectVersionState[]): object {
  if (versions.length === 0) delete objects[key];
  else objects[key] = versions;
  return {};
}

import * as S3 from '@aws-sdk/client-s3';
import * as S3Control from '@aws-sdk/client-s3-control';
import type { S3Seed } from '../../../../sandbox/account/seed/s3-schema.ts';
import { ACCOUNT, REGION } from '../../../contract/action-case.ts';
import type { ImitatedAccount, ImitatedService } from '../service.ts';
import { absent, eachOf, tagList, tagRecord } from '../shapes.ts';

type Bucket = S3Seed['buckets'][number];
type Settings = NonNullable<S3Seed['publicAccessBlock']>;

/** S3 is of the account, whatever region a bucket is in. What an object holds is nobody's business. */
export const s3: ImitatedService = {
  of: 'account',
  invented: [
    'creationDate',
    'lastModified',
    'etag',
    'mfaDelete',
    'replication',
    'replicatesDeleteMarkers',
    'notifications',
    'eventBridge',
    'accessPoints',
    'transitionDefaultMinimumObjectSize',
  ],

  async seed({ s3: seed }, account) {
    if (seed.publicAccessBlock)
      await account.send(
        new S3Control.PutPublicAccessBlockCommand({
          AccountId: ACCOUNT,
          PublicAccessBlockConfiguration: configuration(seed.publicAccessBlock),
        }),
      );
    for (const bucket of seed.buckets) await seedBucket(bucket, account);
  },

  async read(account) {
    const { Buckets } = await account.send(new S3.ListBucketsCommand({}));
    const own = await absent(
      'NoSuchPublicAccessBlockConfiguration',
      account.send(new S3Control.GetPublicAccessBlockCommand({ AccountId: ACCOUNT })),
    );
    return {
      ...(own ? { publicAccessBlock: settings(own.PublicAccessBlockConfiguration) } : {}),
      buckets: await eachOf(Buckets, 'Name', (Bucket) => readBucket(Bucket, account)),
    };
  },
};

async function seedBucket(bucket: Bucket, account: ImitatedAccount): Promise<void> {
  const Bucket = bucket.name;
  const region = bucket.region ?? REGION;
  // The one region that must not be named: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
  const where = { LocationConstraint: region as S3.BucketLocationConstraint };
  await account.send(
    new S3.CreateBucketCommand({
      Bucket,
      ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: where }),
    }),
    region,
  );
  const TagSet = tagList(bucket.tags);
  if (TagSet.length > 0) await account.send(new S3.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
  if (bucket.website)
    await account.send(
      new S3.PutBucketWebsiteCommand({
        Bucket,
        WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
      }),
    );
  const older = bucket.objects.filter((one) => one.versionId === 'null');
  // Before the bucket kept versions, or they would get ids.
  await seedObjects(Bucket, older, account);
  await seedProtection(bucket, account);
  await seedObjects(
    Bucket,
    bucket.objects.filter((one) => one.versionId !== 'null'),
    account,
  );
}

async function seedProtection(bucket: Bucket, account: ImitatedAccount): Promise<void> {
  const { name: Bucket, policy, publicAccessBlock, versioning, lifecycle } = bucket;
  if (policy) await account.send(new S3.PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(policy) }));
  if (publicAccessBlock)
    await account.send(
      new S3.PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: configuration(publicAccessBlock),
      }),
    );
  if (versioning)
    await account.send(
      new S3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: versioning } }),
    );
  if (lifecycle)
    await account.send(
      new S3.PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: { Rules: dated(lifecycle.rules) as S3.LifecycleRule[] },
      }),
    );
}

/** A seed has days as texts, the SDK as dates. */
function dated(value: unknown, key = ''): unknown {
  if (key === 'Date') return new Date(String(value));
  if (Array.isArray(value)) return value.map((one) => dated(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, dated(one, name)]));
}

/** Oldest first; a seed has the versions of a key newest first. */
async function seedObjects(
  Bucket: string,
  objects: Bucket['objects'],
  account: ImitatedAccount,
): Promise<void> {
  for (const { key: Key, size, tags, versionId, deleteMarker } of [...objects].reverse()) {
    const Tagging = new URLSearchParams(tags).toString();
    const made = deleteMarker
      ? await account.send(new S3.DeleteObjectCommand({ Bucket, Key }))
      : await account.send(new S3.PutObjectCommand({ Bucket, Key, Body: new Uint8Array(size), Tagging }));
    if (versionId !== 'null') account.name(versionId, made.VersionId);
  }
}

async function readBucket(Bucket: string, account: ImitatedAccount): Promise<unknown> {
  const { LocationConstraint } = await account.send(new S3.GetBucketLocationCommand({ Bucket }));
  const tags = await absent('NoSuchTagSet', account.send(new S3.GetBucketTaggingCommand({ Bucket })));
  const website = await absent(
    'NoSuchWebsiteConfiguration',
    account.send(new S3.GetBucketWebsiteCommand({ Bucket })),
  );
  return {
    name: Bucket,
    region: LocationConstraint || 'us-east-1',
    tags: tagRecord(tags?.TagSet),
    website: website !== undefined,
    ...(await readProtection(Bucket, account)),
    objects: await readObjects(Bucket, account),
  };
}

async function readProtection(Bucket: string, account: ImitatedAccount): Promise<object> {
  const block = await absent(
    'NoSuchPublicAccessBlockConfiguration',
    account.send(new S3.GetPublicAccessBlockCommand({ Bucket })),
  );
  const policy = await absent('NoSuchBucketPolicy', account.send(new S3.GetBucketPolicyCommand({ Bucket })));
  const { Status } = await account.send(new S3.GetBucketVersioningCommand({ Bucket }));
  const lifecycle = await absent(
    'NoSuchLifecycleConfiguration',
    account.send(new S3.GetBucketLifecycleConfigurationCommand({ Bucket })),
  );
  return {
    publicAccessBlock: block && settings(block.PublicAccessBlockConfiguration),
    policy: policy?.Policy,
    versioning: Status,
    // Through JSON, for days as texts.
    lifecycle: lifecycle && { rules: JSON.parse(JSON.stringify(lifecycle.Rules)) as unknown },
  };
}

async function readObjects(Bucket: string, account: ImitatedAccount): Promise<Record<string, unknown[]>> {
  const { Versions, DeleteMarkers } = await account.send(new S3.ListObjectVersionsCommand({ Bucket }));
  const all = [
    ...(Versions ?? []).map((one) => ({ ...one, deleteMarker: false })),
    ...(DeleteMarkers ?? []).map((one) => ({ ...one, Size: 0, deleteMarker: true })),
  ].sort((a, b) => Number(b.LastModified) - Number(a.LastModified));
  const objects: Record<string, unknown[]> = {};
  for (const { Key = '', VersionId, Size, deleteMarker } of all) {
    const tags = deleteMarker
      ? undefined
      : await account.send(new S3.GetObjectTaggingCommand({ Bucket, Key, VersionId }));
    const version = { versionId: VersionId, deleteMarker, size: Size, tags: tagRecord(tags?.TagSet) };
    objects[Key] = [...(objects[Key] ?? []), version];
  }
  return objects;
}

function configuration(block: Settings): S3.PublicAccessBlockConfiguration {
  return {
    BlockPublicAcls: block.blockPublicAcls,
    IgnorePublicAcls: block.ignorePublicAcls,
    BlockPublicPolicy: block.blockPublicPolicy,
    RestrictPublicBuckets: block.restrictPublicBuckets,
  };
}

function settings(block: S3.PublicAccessBlockConfiguration | undefined) {
  return {
    blockPublicAcls: block?.BlockPublicAcls,
    ignorePublicAcls: block?.IgnorePublicAcls,
    blockPublicPolicy: block?.BlockPublicPolicy,
    restrictPublicBuckets: block?.RestrictPublicBuckets,
  };
}

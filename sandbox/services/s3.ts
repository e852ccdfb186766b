import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as s3 from '@aws-sdk/client-s3';
import * as z from 'zod';
import { asList, type PolicyDocument } from '../authorize/policy.ts';
import type { Home } from '../home.ts';
import { AwsError, operation, type Requirement, type Service } from '../wire/service.ts';

type Put = [s3.PutObjectCommandInput, s3.PutObjectCommandOutput];
type Get = [s3.GetObjectCommandInput, s3.GetObjectCommandOutput];
type Head = [s3.HeadObjectCommandInput, s3.HeadObjectCommandOutput];
type List = [s3.ListObjectsV2CommandInput, s3.ListObjectsV2CommandOutput];

interface Bucket {
  readonly name: string;
  readonly arn: string;
  readonly policy: PolicyDocument | undefined;
}

interface StoredObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly contentType: string;
  readonly modified: string;
}

const BucketPolicyProperties = z.looseObject({
  Bucket: z.string(),
  PolicyDocument: z.custom<PolicyDocument>((value) => value !== null && typeof value === 'object'),
});

/**
 * S3, as far as the system calls it: objects as files in the state folder, one version each. It answers for the
 * buckets of the template alone; every other is the account's.
 */
export function s3Service(home: Home): Service {
  const buckets = new Buckets(home);
  return {
    signingName: 's3',
    protocol: 'restXml',
    schemas: s3,
    claims: ({ path }) => buckets.has(path.split('/')[1] ?? ''),
    operations: {
      PutObject: putObject(buckets, home),
      GetObject: getObject(buckets),
      HeadObject: headObject(buckets),
      ListObjectsV2: listObjectsV2(buckets),
    },
  };
}

class Buckets {
  readonly #directory: string;
  readonly #buckets: readonly Bucket[];

  constructor({ stack, stateDirectory }: Home) {
    this.#directory = join(stateDirectory, 's3');
    const policies = stack.ofType('AWS::S3::BucketPolicy', BucketPolicyProperties);
    this.#buckets = stack.ofType('AWS::S3::Bucket', z.looseObject({})).map(({ name, arn }) => {
      const statements = policies
        .filter(({ properties }) => properties.Bucket === name)
        .flatMap(({ properties }) => asList(properties.PolicyDocument.Statement));
      return { name, arn, policy: statements.length > 0 ? { Statement: statements } : undefined };
    });
  }

  has(name: string): boolean {
    return this.#buckets.some((bucket) => bucket.name === name);
  }

  find(name: string): Bucket {
    const bucket = this.#buckets.find((candidate) => candidate.name === name);
    if (bucket) return bucket;
    throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
  }

  read(bucket: string, key: string): StoredObject | undefined {
    const file = this.#fileOf(bucket, key);
    if (!existsSync(`${file}.json`)) return undefined;
    const about = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as Omit<StoredObject, 'body'>;
    return { ...about, body: readFileSync(file) };
  }

  /** Every key that begins so, in the order of its bytes. */
  keys(bucket: string, prefix: string): string[] {
    const folder = join(this.#directory, bucket);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => String(JSON.parse(readFileSync(join(folder, name), 'utf8')).key))
      .filter((key) => key.startsWith(prefix))
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  write(bucket: string, key: string, { body, ...about }: StoredObject): void {
    const file = this.#fileOf(bucket, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, body);
    renameSync(`${file}.new`, file);
    // The description comes last: an object exists from then on, whole.
    writeFileSync(`${file}.json`, JSON.stringify({ key, ...about }));
  }

  /** Keys may be anything; file names are their hashes. */
  #fileOf(bucket: string, key: string): string {
    return join(this.#directory, bucket, createHash('sha256').update(key).digest('hex'));
  }
}

function requirement(
  buckets: Buckets,
  action: string,
  {
    Bucket,
    Key,
    IfNoneMatch,
  }: { Bucket?: string | undefined; Key?: string | undefined; IfNoneMatch?: string | undefined },
): Requirement[] {
  const { arn, policy } = buckets.find(Bucket ?? '');
  return [
    {
      action,
      resource: `${arn}/${Key}`,
      // The sandbox stands for S3's endpoints, which speak TLS.
      context: {
        's3:tlsversion': '1.3',
        ...(IfNoneMatch === undefined ? {} : { 's3:if-none-match': IfNoneMatch }),
      },
      ...(policy ? { resourcePolicy: { document: policy } } : {}),
    },
  ];
}

function putObject(buckets: Buckets, home: Home) {
  return operation<Put[0], Put[1]>({
    requires: (input) => requirement(buckets, 's3:PutObject', input),
    handle({
      Bucket = '',
      Key = '',
      Body,
      ContentType = 'application/octet-stream',
      IfNoneMatch,
      ChecksumSHA256,
    }) {
      if (IfNoneMatch === '*' && buckets.read(Bucket, Key))
        throw new AwsError(
          'PreconditionFailed',
          'At least one of the pre-conditions you specified did not hold',
          412,
        );
      const body = Buffer.from((Body ?? '') as unknown as Uint8Array);
      if (
        ChecksumSHA256 !== undefined &&
        ChecksumSHA256 !== createHash('sha256').update(body).digest('base64')
      )
        throw new AwsError('BadDigest', 'The SHA256 you specified did not match what we received.');
      const etag = `"${createHash('md5').update(body).digest('hex')}"`;
      buckets.write(Bucket, Key, {
        body,
        etag,
        contentType: ContentType,
        modified: home.now().toISOString(),
      });
      return { ETag: etag };
    },
  });
}

function getObject(buckets: Buckets) {
  return operation<Get[0], Get[1]>({
    requires: (input) => requirement(buckets, 's3:GetObject', input),
    handle({ Bucket = '', Key = '', IfMatch }) {
      const found = buckets.read(Bucket, Key);
      if (!found) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
      if (IfMatch !== undefined && IfMatch !== found.etag)
        throw new AwsError(
          'PreconditionFailed',
          'At least one of the pre-conditions you specified did not hold',
          412,
        );
      return { ...describe(found), Body: found.body };
    },
  });
}

function headObject(buckets: Buckets) {
  return operation<Head[0], Head[1]>({
    requires: (input) => requirement(buckets, 's3:GetObject', input),
    handle({ Bucket = '', Key = '' }) {
      const found = buckets.read(Bucket, Key);
      if (!found) throw new AwsError('NotFound', 'Not Found', 404);
      return describe(found);
    },
  });
}

const MOST_LISTED = 1000;

/** Listing by prefix, a page of up to 1,000 keys at a time. Throws where the request asks for folders. */
function listObjectsV2(buckets: Buckets) {
  return operation<List[0], List[1]>({
    requires: ({ Bucket, Prefix = '' }) => {
      const { arn, policy } = buckets.find(Bucket ?? '');
      const resourcePolicy = policy ? { resourcePolicy: { document: policy } } : {};
      const context = { 's3:tlsversion': '1.3', 's3:prefix': Prefix };
      return [{ action: 's3:ListBucket', resource: arn, context, ...resourcePolicy }];
    },
    handle({ Bucket = '', Prefix = '', ContinuationToken, MaxKeys = MOST_LISTED, Delimiter, StartAfter }) {
      if (Delimiter !== undefined || StartAfter !== undefined)
        throw new AwsError(
          'NotImplemented',
          'A header you provided implies functionality that is not implemented.',
          501,
        );
      // S3's tokens are opaque; ours is the last key of the page before.
      const after = Buffer.from(ContinuationToken ?? '', 'base64').toString('utf8');
      const left = buckets
        .keys(Bucket, Prefix)
        .filter((key) => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0);
      const keys = left.slice(0, Math.min(MaxKeys, MOST_LISTED));
      const isTruncated = keys.length < left.length;
      return {
        Name: Bucket,
        Prefix,
        KeyCount: keys.length,
        MaxKeys,
        IsTruncated: isTruncated,
        Contents: keys.flatMap((key) => contentOf(buckets, Bucket, key)),
        ...(isTruncated ? { NextContinuationToken: Buffer.from(keys.at(-1) ?? '').toString('base64') } : {}),
      };
    },
  });
}

function contentOf(buckets: Buckets, bucket: string, Key: string) {
  const found = buckets.read(bucket, Key);
  if (!found) return [];
  const { ContentLength: Size, ETag, LastModified } = describe(found);
  return [{ Key, Size, ETag, LastModified, StorageClass: 'STANDARD' as const }];
}

function describe({ body, etag, contentType, modified }: StoredObject) {
  return {
    ContentLength: body.byteLength,
    ContentType: contentType,
    ETag: etag,
    LastModified: new Date(modified),
  };
}

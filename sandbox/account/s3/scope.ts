import {
  type Awaitable,
  AwsError,
  type Call,
  type Caller,
  type Operation,
  operation,
  type Reply,
  type Requirement,
} from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { parsePolicy } from '../policies.ts';
import { isPublicPolicy } from './public-policy.ts';
import type { BucketState, PublicAccessBlockState, S3State } from './state.ts';

export interface BucketInput {
  readonly Bucket?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly Key?: string | undefined;
}

/** A bucket and the account that it belongs to. */
export interface Owned {
  readonly owner: string;
  readonly bucket: BucketState;
}

/** An account's S3, made on the first write. */
export function s3Of(cloud: Cloud, account: string): S3State {
  const state = cloud.account(account);
  state.s3 ??= { buckets: {} };
  return state.s3;
}

/** Names are global: the bucket may be any account's. */
export function findBucket(cloud: Cloud, name: string | undefined): Owned {
  for (const { account: owner, s3 } of Object.values(cloud.state.accounts)) {
    const bucket = find(s3?.buckets ?? {}, name);
    if (bucket) return { owner, bucket };
  }
  throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name });
}

/** The most restrictive combination of the bucket's settings and the account's. */
export function effectiveBlock(cloud: Cloud, { owner, bucket }: Owned): PublicAccessBlockState {
  const settings = [bucket.publicAccessBlock, cloud.account(owner).s3?.publicAccessBlock];
  const on = (name: keyof PublicAccessBlockState) => settings.some((one) => one?.[name] === true);
  return {
    blockPublicAcls: on('blockPublicAcls'),
    ignorePublicAcls: on('ignorePublicAcls'),
    blockPublicPolicy: on('blockPublicPolicy'),
    restrictPublicBuckets: on('restrictPublicBuckets'),
  };
}

/** An operation on a bucket, or on an object of it where the input has a key. */
export function onBucket<In extends BucketInput, Out extends object>(
  cloud: Cloud,
  action: string | ((input: In) => string),
  handle: (owned: Owned, input: In) => Awaitable<Reply<Out>>,
): Operation {
  return operation<In, Out>({
    requires(input, caller, call) {
      const owned = located(cloud, input, call);
      return [requirement(cloud, typeof action === 'string' ? action : action(input), owned, input, caller)];
    },
    handle: (input) => handle(findBucket(cloud, input.Bucket), input),
  });
}

/**
 * The bucket, if the caller looks for it in the right place
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html).
 */
function located(
  cloud: Cloud,
  { Bucket: name, ExpectedBucketOwner: expected }: BucketInput,
  call: Call,
): Owned {
  const owned = findBucket(cloud, name);
  if (owned.bucket.region !== call.region)
    throw new AwsError(
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
      301,
      { Bucket: name, Endpoint: `s3.${owned.bucket.region}.amazonaws.com` },
    );
  if (expected !== undefined && expected !== owned.owner)
    throw new AwsError('AccessDenied', 'Access Denied', 403);
  return owned;
}

function requirement(
  cloud: Cloud,
  action: string,
  owned: Owned,
  { Key: key }: BucketInput,
  caller: Caller,
): Requirement {
  const { owner, bucket } = owned;
  const arn = `arn:aws:s3:::${bucket.name}`;
  const counts = bucket.policy !== undefined && !isShutOut(cloud, owned, caller);
  return {
    action,
    resource: key === undefined ? arn : `${arn}/${key}`,
    resourceAccount: owner,
    context: { 's3:tlsversion': '1.3' },
    ...(counts ? { resourcePolicy: { document: parsePolicy(bucket.policy ?? '') } } : {}),
  };
}

/** RestrictPublicBuckets leaves a public policy to the owner's account and to AWS's services. */
function isShutOut(cloud: Cloud, owned: Owned, { account }: Caller): boolean {
  return (
    account !== owned.owner &&
    effectiveBlock(cloud, owned).restrictPublicBuckets &&
    isPublicPolicy(parsePolicy(owned.bucket.policy ?? ''))
  );
}

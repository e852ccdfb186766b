/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html */
export interface PublicAccessBlockState {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** A version of an object, or a delete marker. What an object holds is not kept. */
export interface ObjectVersionState {
  /** `null` for what was written without versioning. */
  readonly versionId: string;
  readonly deleteMarker: boolean;
  readonly lastModified: string;
  readonly etag: string;
  readonly size: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface LifecycleState {
  /** Rules in the API's own shape, dates as ISO 8601 texts. */
  readonly rules: readonly Readonly<Record<string, unknown>>[];
  readonly transitionDefaultMinimumObjectSize: string;
}

/** Whom S3 tells of which events, such as `s3:ObjectRemoved:*`. */
export interface NotificationState {
  readonly to: 'function' | 'queue' | 'topic';
  readonly arn: string;
  readonly events: readonly string[];
}

export interface AccessPointState {
  readonly name: string;
  /** Absent for one that is reached from the internet. */
  readonly vpcId?: string | undefined;
}

export interface BucketState {
  readonly name: string;
  readonly region: string;
  readonly creationDate: string;
  readonly tags: Readonly<Record<string, string>>;
  publicAccessBlock?: PublicAccessBlockState | undefined;
  /** The text as it was put. */
  policy?: string | undefined;
  readonly website: boolean;
  /** Absent as long as it was never enabled. */
  versioning?: 'Enabled' | 'Suspended' | undefined;
  readonly mfaDelete: boolean;
  /** Whether it is the source of a replication, which keeps versioning from being suspended. */
  readonly replication: boolean;
  /** Whether the replication copies delete markers. This and what follows is absent where it is not set. */
  readonly replicatesDeleteMarkers?: boolean | undefined;
  readonly notifications?: readonly NotificationState[] | undefined;
  readonly eventBridge?: boolean | undefined;
  readonly accessPoints?: readonly AccessPointState[] | undefined;
  lifecycle?: LifecycleState | undefined;
  /** By key, newest version first. */
  readonly objects: Record<string, ObjectVersionState[]>;
}

/** A bucket as it is when it was just made. */
export function newBucket(name: string, region: string, creationDate: string): BucketState {
  const none = { tags: {}, website: false, mfaDelete: false, replication: false, objects: {} };
  return { name, region, creationDate, ...none };
}

/** One account's S3. Names of buckets are global; each bucket lives in its region. */
export interface S3State {
  publicAccessBlock?: PublicAccessBlockState | undefined;
  readonly buckets: Record<string, BucketState>;
}

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
  lifecycle?: LifecycleState | undefined;
  /** By key, newest version first. */
  readonly objects: Record<string, ObjectVersionState[]>;
}

/** One account's S3. Names of buckets are global; each bucket lives in its region. */
export interface S3State {
  publicAccessBlock?: PublicAccessBlockState | undefined;
  readonly buckets: Record<string, BucketState>;
}

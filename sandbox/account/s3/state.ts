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

/** A line of an access control list besides the owner's own: to one of S3's groups, or to a canonical user. */
export interface AclGrantState {
  readonly grantee: string;
  readonly permission: 'FULL_CONTROL' | 'READ' | 'READ_ACP' | 'WRITE' | 'WRITE_ACP';
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html */
export interface EncryptionState {
  readonly algorithm: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  /** The key's ARN; absent for a key that AWS manages. */
  readonly key?: string | undefined;
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
  /** `unset` for a bucket that is older than the setting; enforced when absent. */
  readonly objectOwnership?:
    | 'BucketOwnerEnforced'
    | 'BucketOwnerPreferred'
    | 'ObjectWriter'
    | 'unset'
    | undefined;
  readonly acl?: readonly AclGrantState[] | undefined;
  readonly encryption?: EncryptionState | undefined;
  /** The bucket that the records of who asks for objects go to. */
  readonly loggingBucket?: string | undefined;
  /** The account that the replication copies to, where that is another. */
  readonly replicationAccount?: string | undefined;
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

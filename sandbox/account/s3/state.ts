export interface BucketState {
  readonly name: string;
  readonly region: string;
  readonly creationDate: string;
  /** The bucket policy, as it was put. */
  policy?: string | undefined;
}

/** One account's buckets, by name. Names are global; each bucket lives in its region. */
export interface S3State {
  readonly buckets: Record<string, BucketState>;
}

/** A trail, in the region where it was made: its home. */
export interface TrailState {
  readonly name: string;
  readonly s3BucketName: string;
  readonly isMultiRegionTrail: boolean;
  /** The organisation's management account, whose trail this is; a member sees it and cannot change it. */
  readonly managementAccount?: string | undefined;
  isLogging: boolean;
  /** S3's word for why the last delivery failed. */
  readonly latestDeliveryError?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** One region's trails, by name. */
export interface TrailsState {
  readonly trails: Record<string, TrailState>;
}

export function emptyTrailsState(): TrailsState {
  return { trails: {} };
}

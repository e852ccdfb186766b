/**
 * A CloudTrail record, as far as we read and write them
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html).
 */
export interface CloudTrailRecord {
  readonly eventVersion: string;
  readonly eventID: string;
  /** ISO 8601, whole seconds. */
  readonly eventTime: string;
  readonly eventName: string;
  /** `iam.amazonaws.com` */
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
  readonly resources?: readonly RecordedResource[] | undefined;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
  readonly readOnly: boolean;
  readonly managementEvent: boolean;
  readonly eventType: string;
  readonly sessionCredentialFromConsole?: 'true' | undefined;
  readonly recipientAccountId: string;
  readonly requestID?: string | undefined;
  readonly additionalEventData?: Readonly<Record<string, unknown>> | undefined;
}

export interface RecordedResource {
  readonly ARN?: string | undefined;
  readonly type?: string | undefined;
  readonly accountId?: string | undefined;
}

/** S3's bucket operations are called otherwise in the history, and S3 Control's too. */
const eventNames: Readonly<Record<string, string>> = {
  's3:GetPublicAccessBlock': 'GetBucketPublicAccessBlock',
  's3:PutPublicAccessBlock': 'PutBucketPublicAccessBlock',
  's3:DeletePublicAccessBlock': 'DeleteBucketPublicAccessBlock',
  's3:GetBucketLifecycleConfiguration': 'GetBucketLifecycle',
  's3:PutBucketLifecycleConfiguration': 'PutBucketLifecycle',
  's3control:GetPublicAccessBlock': 'GetAccountPublicAccessBlock',
  's3control:PutPublicAccessBlock': 'PutAccountPublicAccessBlock',
  's3control:DeletePublicAccessBlock': 'DeleteAccountPublicAccessBlock',
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html */
export function eventNameOf(service: string, operation: string): string {
  const name = `${service}:${operation}`;
  return Object.hasOwn(eventNames, name) ? (eventNames[name] ?? operation) : operation;
}

export function eventSourceOf(service: string): string {
  return `${service === 's3control' ? 's3' : service}.amazonaws.com`;
}

/** Calls on objects are data events, which the event history does not hold. */
export function isDataEvent(service: string, operation: string): boolean {
  return service === 's3' && /Object/.test(operation);
}

/** The events of global services are recorded in us-east-1 alone, wherever the caller was. */
export function regionOfEvent(eventSource: string, region: string): string {
  return /^(iam|sts)\./.test(eventSource) ? 'us-east-1' : region;
}

/** CloudTrail calls these read-only; AssumeRole among them, since it changes no resource. */
export function isReadOnlyEvent(eventName: string): boolean {
  return /^(Describe|Get|List|Lookup|AssumeRole)/.test(eventName);
}

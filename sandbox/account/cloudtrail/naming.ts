/** Operations that the history calls otherwise: S3's on buckets, and Lambda's with the version of their API. */
const eventNames: Readonly<Record<string, string>> = {
  'lambda:AddPermission': 'AddPermission20150331v2',
  'lambda:DeleteFunctionConcurrency': 'DeleteFunctionConcurrency20171031',
  'lambda:PutFunctionConcurrency': 'PutFunctionConcurrency20171031',
  'lambda:RemovePermission': 'RemovePermission20150331v2',
  's3:GetPublicAccessBlock': 'GetBucketPublicAccessBlock',
  's3:PutPublicAccessBlock': 'PutBucketPublicAccessBlock',
  's3:DeletePublicAccessBlock': 'DeleteBucketPublicAccessBlock',
  's3:GetBucketLifecycleConfiguration': 'GetBucketLifecycle',
  's3:PutBucketLifecycleConfiguration': 'PutBucketLifecycle',
  's3control:GetPublicAccessBlock': 'GetAccountPublicAccessBlock',
  's3control:PutPublicAccessBlock': 'PutAccountPublicAccessBlock',
  's3control:DeletePublicAccessBlock': 'DeleteAccountPublicAccessBlock',
};

/**
 * The name in the event history (https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html).
 */
export function eventNameOf(service: string, operation: string): string {
  const name = `${service}:${operation}`;
  return Object.hasOwn(eventNames, name) ? (eventNames[name] ?? operation) : operation;
}

/** Services whose name in the SDK's schemas is another than their source's. */
const eventSources: Readonly<Record<string, string>> = { s3control: 's3', ssoadmin: 'sso' };

export function eventSourceOf(service: string): string {
  return `${eventSources[service] ?? service}.amazonaws.com`;
}

/** Calls on objects are data events, which the event history does not hold. */
export function isDataEvent(service: string, operation: string): boolean {
  return service === 's3' && /Object/.test(operation);
}

/** The events of global services are recorded in us-east-1 alone, wherever the caller was. */
export function regionOfEvent(eventSource: string, region: string): string {
  return /^(iam|sts|organizations)\./.test(eventSource) ? 'us-east-1' : region;
}

/** CloudTrail calls these read-only; AssumeRole among them, since it changes no resource. */
export function isReadOnlyEvent(eventName: string): boolean {
  return /^(Describe|Get|List|Lookup|AssumeRole)/.test(eventName);
}

/** The services that show an account's own things; calls to the responder's parts of the same cloud are none of its events. */
export const accountServices: ReadonlySet<string> = new Set([
  'cloudtrail',
  'ec2',
  'ecs',
  'eks',
  'iam',
  'lambda',
  's3',
  's3control',
  'sts',
]);

/** The events of global services are recorded in us-east-1 alone, wherever the caller was. */
export function regionOfEvent(eventSource: string, region: string): string {
  return /^(iam|sts)\./.test(eventSource) ? 'us-east-1' : region;
}

/** CloudTrail calls these read-only; AssumeRole among them, since it changes no resource. */
export function isReadOnlyEvent(eventName: string): boolean {
  return /^(Describe|Get|List|Lookup|AssumeRole)/.test(eventName);
}

/** Data events, which the event history leaves out. */
const dataEvents: ReadonlySet<string> = new Set(['lambda:Invoke']);

export function isManagementEvent(service: string, operation: string): boolean {
  return !dataEvents.has(`${service}:${operation}`);
}

/** Lambda's events carry the version of its API (https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html). */
const versionedEvents: Readonly<Record<string, string>> = {
  'lambda:AddPermission': 'AddPermission20150331v2',
  'lambda:DeleteFunctionConcurrency': 'DeleteFunctionConcurrency20171031',
  'lambda:PutFunctionConcurrency': 'PutFunctionConcurrency20171031',
  'lambda:RemovePermission': 'RemovePermission20150331v2',
};

export function eventNameOf(service: string, operation: string): string {
  return versionedEvents[`${service}:${operation}`] ?? operation;
}

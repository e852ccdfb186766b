/** The events of global services are recorded in us-east-1 alone, wherever the caller was. */
export function regionOfEvent(eventSource: string, region: string): string {
  return /^(iam|sts)\./.test(eventSource) ? 'us-east-1' : region;
}

/** CloudTrail calls these read-only; AssumeRole among them, since it changes no resource. */
export function isReadOnlyEvent(eventName: string): boolean {
  return /^(Describe|Get|List|Lookup|AssumeRole)/.test(eventName);
}

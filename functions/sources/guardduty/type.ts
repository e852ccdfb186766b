/**
 * The parts of a finding type, in GuardDuty's words: `Backdoor:EC2/C&CActivity.B!DNS` has the threat purpose Backdoor,
 * the affected resource EC2, the family C&CActivity, the mechanism B and the artifact DNS.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-format.html. A type of next year has them too.
 */
export function factsOfType(type: string): Record<string, string | undefined> {
  const parts = /^(\w+):(\w+)\/([\w&]+)(?:\.([\w.]+))?(?:!(\w+))?$/.exec(type);
  const [, threatPurpose, threatResource, threatFamily, mechanism, artifact] = parts ?? [];
  return { threatPurpose, threatResource, threatFamily, mechanism, artifact };
}

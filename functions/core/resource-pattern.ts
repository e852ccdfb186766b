/** Where a resource lives. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** The AWS partition of a region (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html). */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}

/** Fills `{partition}`, `{region}` and `{account}` in a permission's resource. */
export function fillResource(pattern: string, { account, region }: Place): string {
  return pattern
    .replaceAll('{partition}', partitionOf(region))
    .replaceAll('{region}', region)
    .replaceAll('{account}', account);
}

/** The pattern of an EC2 resource's ARN: `ec2Resource('instance', 'i-0abc')`, or `*` for all of them. */
export function ec2Resource(type: string, id = '*'): string {
  return `arn:{partition}:ec2:{region}:{account}:${type}/${id}`;
}

/** Conditions with `{forensics}` filled in; without such an account, by what no account is called. */
export function fillConditions<Conditions extends Readonly<Record<string, object>>>(
  conditions: Conditions,
  forensicsAccount = 'none',
): Conditions {
  return JSON.parse(JSON.stringify(conditions).replaceAll('{forensics}', forensicsAccount)) as Conditions;
}

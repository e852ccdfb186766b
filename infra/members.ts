import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import { READER_ROLE, roleArn } from './names.ts';

/** Taking a role for an incident: its id is the session's source identity. */
export const TAKE_ROLE = ['sts:AssumeRole', 'sts:SetSourceIdentity'];

/**
 * Taking roles of these names in the member accounts, and in no other. The accounts stand in a condition, since an ARN
 * for each role in each account would outgrow the 10,240 characters of a role's policies
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
 */
export function takeInMembers(
  scope: Construct,
  { accounts }: Config,
  names: readonly string[],
): PolicyStatement[] {
  if (accounts.length === 0 || names.length === 0) return [];
  return [
    new PolicyStatement({
      actions: TAKE_ROLE,
      resources: rolesInMembers(scope, names),
      conditions: { StringEquals: { 'aws:ResourceAccount': accounts } },
    }),
  ];
}

/** The patterns that {@link takeInMembers} puts before its condition. */
export function rolesInMembers(scope: Construct, names: readonly string[]): string[] {
  return names.map((name) => roleArn(scope, '*', name));
}

/** The accounts that may be read, and the role that reads a member. */
export function coveredAccounts(
  scope: Construct,
  { accounts }: Config,
  reader = READER_ROLE,
): Record<string, string> {
  return {
    OWN_ACCOUNT: Aws.ACCOUNT_ID,
    MEMBER_ACCOUNTS: accounts.join(','),
    READER_ROLE_ARN: roleArn(scope, '{account}', reader),
  };
}

import type { Caller } from '../wire/service.ts';
import { accountOfArn, nameOfArn } from './arns.ts';
import type { Cloud } from './cloud.ts';
import { find } from './find.ts';
import { stableIamId } from './ids.ts';

/** The unique id that CloudTrail and GetCallerIdentity show: `AIDA...`, or `AROA...:session`. */
export function principalId(cloud: Cloud, caller: Caller): string {
  if (caller.roleArn !== undefined) return `${roleId(cloud, caller.roleArn)}:${caller.sessionName}`;
  const user = find(cloud.account(caller.account).iam.users, nameOfArn(caller.arn));
  return user?.userId ?? stableIamId('AIDA', caller.arn);
}

/** Registered roles have no state of their own, so theirs is made from the ARN. */
export function roleId(cloud: Cloud, roleArn: string): string {
  const role = find(cloud.account(accountOfArn(roleArn)).iam.roles, nameOfArn(roleArn));
  return role?.roleId ?? stableIamId('AROA', roleArn);
}

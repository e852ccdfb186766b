import { AwsError } from '../../wire/service.ts';
import { roleArn, userArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { tagContext } from '../tags.ts';
import type { RoleState, UserState } from './state.ts';

/** Names as IAM accepts them: `[\w+=,.@-]`, 128 at most (64 for users and roles). */
export function checkName(member: string, value: string | undefined, maximum: number): string {
  const name = value ?? '';
  if (name.length < 1 || name.length > maximum || !/^[\w+=,.@-]+$/.test(name))
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: ` +
        `Member must satisfy regular expression pattern: [\\w+=,.@-]{1,${maximum}}`,
    );
  return name;
}

export function findUser(cloud: Cloud, account: string, userName: string | undefined): UserState {
  const name = checkName('userName', userName, 64);
  const { users } = cloud.account(account).iam;
  const user = find(users, name);
  if (!user) throw noSuchEntity(`The user with name ${name} cannot be found.`);
  return user;
}

export function findRole(cloud: Cloud, account: string, roleName: string | undefined): RoleState {
  const name = checkName('roleName', roleName, 64);
  const { roles } = cloud.account(account).iam;
  const role = find(roles, name);
  if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

/** The ARN that a requirement names; a user that does not exist has no path. */
export function userResource(cloud: Cloud, account: string, userName: string | undefined): string {
  const { users } = cloud.account(account).iam;
  return userArn(account, find(users, userName) ?? { path: '/', userName: userName ?? '' });
}

export function roleResource(cloud: Cloud, account: string, roleName: string | undefined): string {
  const { roles } = cloud.account(account).iam;
  return roleArn(account, find(roles, roleName) ?? { path: '/', roleName: roleName ?? '' });
}

/** `aws:ResourceTag/...` and IAM's own spelling of it. */
export function iamTagContext(tags: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return tagContext(tags, ['aws', 'iam']);
}

export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, 404);
}

import {
  GetLoginProfileCommand,
  GetRoleCommand,
  GetUserCommand,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import type { Account } from '../../core/account.ts';
import type { Foothold } from '../../core/footholds.ts';
import { hasName } from '../../core/named-error.ts';

export const reads = [GetLoginProfileCommand, GetRoleCommand, GetUserCommand, ListAccessKeysCommand] as const;
type Reader = Account<typeof reads>;

/** A record's time has whole seconds, and IAM's own clock is another one. */
const SAME_MOMENT_MS = 60_000;

/**
 * Whether what the call made is still there, and is still that: what somebody else made since under the same name is no
 * work of this principal's. A key that is off opens nothing.
 */
export async function stands(foothold: Foothold, account: Reader): Promise<boolean> {
  try {
    return await isThere(foothold, account);
  } catch (error) {
    if (hasName(error, 'NoSuchEntityException')) return false;
    throw error;
  }
}

async function isThere(foothold: Foothold, account: Reader): Promise<boolean> {
  const { call, id, of, uniqueId, at } = foothold;
  switch (call) {
    case 'CreateAccessKey': {
      const { AccessKeyMetadata: keys } = await account.send(new ListAccessKeysCommand({ UserName: of }));
      return keys?.some((key) => key.AccessKeyId === id && key.Status === 'Active') ?? false;
    }
    case 'CreateUser': {
      const { User: user } = await account.send(new GetUserCommand({ UserName: id }));
      return uniqueId !== undefined && user?.UserId === uniqueId;
    }
    case 'CreateRole': {
      const { Role: role } = await account.send(new GetRoleCommand({ RoleName: id }));
      return uniqueId !== undefined && role?.RoleId === uniqueId;
    }
    case 'UpdateAssumeRolePolicy': {
      const { Role: role } = await account.send(new GetRoleCommand({ RoleName: id }));
      return isBefore(role?.CreateDate, at);
    }
    case 'CreateLoginProfile':
    case 'UpdateLoginProfile': {
      const { LoginProfile: login } = await account.send(new GetLoginProfileCommand({ UserName: id }));
      return isBefore(login?.CreateDate, at);
    }
  }
}

/** What was made after the call is something else of the same name. */
function isBefore(made: Date | undefined, at: string): boolean {
  return made !== undefined && made.getTime() <= Date.parse(at) + SAME_MOMENT_MS;
}

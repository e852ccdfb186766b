import { GetUserIdCommand, IsMemberInGroupsCommand } from '@aws-sdk/client-identitystore';
import {
  DescribePermissionSetCommand,
  ListInstancesCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-sso-admin';
import { TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { Tag } from '../../core/reserved-tags.ts';
import { IdentityCenter, type Reader } from './operations.ts';

/** The one Identity Center of a region. Throws WrongStateError where there is none, or more than one. */
export async function readIdentityCenter(region: string, account: Reader): Promise<IdentityCenter> {
  const { Instances: found = [] } = await asAdministrator(account, () =>
    account.send(new ListInstancesCommand({}), region),
  );
  const [instance, ...others] = found.filter(({ Status }) => Status === 'ACTIVE');
  if (!instance || others.length > 0)
    throw new WrongStateError(
      `account ${account.id}`,
      `one that sees ${instance ? 'several instances' : 'no instance'} of IAM Identity Center in ${region}`,
      'remove the assignment in the account that administers Identity Center',
    );
  return IdentityCenter.parse({
    instanceArn: instance.InstanceArn,
    identityStore: instance.IdentityStoreId,
    region,
  });
}

/** The user of exactly this name, which is unique in a directory. Throws TargetNotFoundError. */
export async function readUserId(
  userName: string,
  { identityStore, region }: IdentityCenter,
  account: Reader,
): Promise<string> {
  const name = `user ${userName} of IAM Identity Center`;
  const AlternateIdentifier = { UniqueAttribute: { AttributePath: 'userName', AttributeValue: userName } };
  const input = { IdentityStoreId: identityStore, AlternateIdentifier };
  try {
    const { UserId: id } = await asAdministrator(account, () =>
      account.send(new GetUserIdCommand(input), region),
    );
    if (id === undefined) throw new TargetNotFoundError(name);
    return id;
  } catch (error) {
    if (hasName(error, 'ResourceNotFoundException')) throw new TargetNotFoundError(name, { cause: error });
    throw error;
  }
}

/** Groups that one call of IsMemberInGroups takes. */
const GROUPS = 100;

/** How many of these groups the user is in. */
export async function countGroups(
  UserId: string,
  groups: readonly string[],
  { identityStore: IdentityStoreId, region }: IdentityCenter,
  account: Reader,
): Promise<number> {
  let count = 0;
  for (let start = 0; start < groups.length; start += GROUPS) {
    const GroupIds = groups.slice(start, start + GROUPS);
    const input = { IdentityStoreId, MemberId: { UserId }, GroupIds };
    const { Results: results = [] } = await account.send(new IsMemberInGroupsCommand(input), region);
    count += results.filter(({ MembershipExists }) => MembershipExists).length;
  }
  return count;
}

/** The ARN of the account's permission set of exactly this name, unique in an instance. Throws TargetNotFoundError. */
export async function readPermissionSet(
  name: string,
  { instanceArn: InstanceArn, region }: IdentityCenter,
  account: Reader,
): Promise<string> {
  for (const PermissionSetArn of await provisioned(InstanceArn, region, account)) {
    const input = { InstanceArn, PermissionSetArn };
    const { PermissionSet: found } = await account.send(new DescribePermissionSetCommand(input), region);
    if (found?.Name === name) return PermissionSetArn;
  }
  throw new TargetNotFoundError(`permission set ${name} in account ${account.id}`);
}

async function provisioned(InstanceArn: string, region: string, account: Reader): Promise<readonly string[]> {
  const arns: string[] = [];
  let NextToken: string | undefined;
  do {
    const input = { InstanceArn, AccountId: account.id, NextToken };
    const page = await asAdministrator(account, () =>
      account.send(new ListPermissionSetsProvisionedToAccountCommand(input), region),
    );
    arns.push(...(page.PermissionSets ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return arns;
}

/** The tags of a permission set; an assignment has none of its own. */
export async function readTags(
  ResourceArn: string,
  { instanceArn: InstanceArn, region }: IdentityCenter,
  account: Reader,
): Promise<readonly Tag[]> {
  const { Tags: tags = [] } = await account.send(
    new ListTagsForResourceCommand({ InstanceArn, ResourceArn }),
    region,
  );
  return tags;
}

/** Says in words why Identity Center answers nobody here. Throws WrongStateError. */
async function asAdministrator<Answer>(account: Reader, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!hasName(error, 'AccessDeniedException')) throw error;
    throw new WrongStateError(
      `account ${account.id}`,
      'not one that administers IAM Identity Center',
      'only the management account and a delegated administrator may; remove the assignment there',
      { cause: error },
    );
  }
}

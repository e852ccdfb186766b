import type * as iam from '@aws-sdk/client-iam';
import { type Caller, type Operation, operation, type Requirement } from '../../wire/service.ts';
import { groupArn, nameOfArn, userArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { findUser, iamTagContext, tagList, userResource } from './lookup.ts';
import { pageOf } from './pages.ts';

/** An input whose user is the caller when it is left out. */
interface OfUser {
  readonly UserName?: string | undefined;
}

/** The requirement of an operation on one user, with the user's tags. */
export function requireUser(cloud: Cloud, action: string) {
  return (input: OfUser, caller: Caller): readonly Requirement[] => {
    const userName = userNameOf(input, caller);
    const user = find(cloud.account(caller.account).iam.users, userName);
    return [
      { action, resource: userResource(cloud, caller.account, userName), context: iamTagContext(user?.tags) },
    ];
  };
}

export function userNameOf(input: OfUser, caller: Caller): string | undefined {
  return input.UserName ?? (caller.roleArn === undefined ? nameOfArn(caller.arn) : undefined);
}

/** Reading users: who they are and what they belong to. */
export function userOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetUser: getUser(cloud),
    ListGroupsForUser: listGroupsForUser(cloud),
    ListUserTags: listUserTags(cloud),
    ListMFADevices: listMfaDevices(cloud),
  };
}

function getUser(cloud: Cloud) {
  return operation<iam.GetUserCommandInput, iam.GetUserCommandOutput>({
    requires: requireUser(cloud, 'iam:GetUser'),
    handle(input, caller) {
      const user = findUser(cloud, caller.account, userNameOf(input, caller));
      const used = user.passwordLastUsed;
      return {
        User: {
          UserName: user.userName,
          UserId: user.userId,
          Path: user.path,
          Arn: userArn(caller.account, user),
          CreateDate: new Date(user.createDate),
          PasswordLastUsed: used === undefined ? undefined : new Date(used),
          PermissionsBoundary: boundary(user.permissionsBoundary),
          Tags: tagList(user.tags),
        },
      };
    },
  });
}

/** A permissions boundary as users and roles show it. */
export function boundary(arn: string | undefined) {
  return arn === undefined
    ? undefined
    : { PermissionsBoundaryType: 'PermissionsBoundaryPolicy' as const, PermissionsBoundaryArn: arn };
}

function listGroupsForUser(cloud: Cloud) {
  return operation<iam.ListGroupsForUserCommandInput, iam.ListGroupsForUserCommandOutput>({
    requires: requireUser(cloud, 'iam:ListGroupsForUser'),
    handle(input, caller) {
      const user = findUser(cloud, caller.account, input.UserName);
      const { groups } = cloud.account(caller.account).iam;
      const member = Object.values(groups).filter((group) => user.groups.includes(group.groupName));
      const { items, ...page } = pageOf(member, input);
      const Groups = items.map((group) => ({
        GroupName: group.groupName,
        GroupId: group.groupId,
        Path: group.path,
        Arn: groupArn(caller.account, group),
        CreateDate: new Date(group.createDate),
      }));
      return { Groups, ...page };
    },
  });
}

function listUserTags(cloud: Cloud) {
  return operation<iam.ListUserTagsCommandInput, iam.ListUserTagsCommandOutput>({
    requires: requireUser(cloud, 'iam:ListUserTags'),
    handle(input, caller) {
      const { items, ...page } = pageOf(tagList(findUser(cloud, caller.account, input.UserName).tags), input);
      return { Tags: [...items], ...page };
    },
  });
}

function listMfaDevices(cloud: Cloud) {
  return operation<iam.ListMFADevicesCommandInput, iam.ListMFADevicesCommandOutput>({
    requires: requireUser(cloud, 'iam:ListMFADevices'),
    handle(input, caller) {
      const user = findUser(cloud, caller.account, userNameOf(input, caller));
      const { items, ...page } = pageOf(user.mfaDevices, input);
      const MFADevices = items.map((device) => ({
        UserName: user.userName,
        SerialNumber: device.serialNumber,
        EnableDate: new Date(device.enableDate),
      }));
      return { MFADevices, ...page };
    },
  });
}

import type * as iam from '@aws-sdk/client-iam';
import { AwsError, type Caller, type Operation, operation, type Requirement } from '../../wire/service.ts';
import { instanceProfileArn, roleArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { checkTrustPolicy, encodeDocument } from './documents.ts';
import { checkName, findRole, iamTagContext, noSuchEntity, roleResource, tagList } from './lookup.ts';
import { pageOf } from './pages.ts';
import type { InstanceProfileState, RoleState } from './state.ts';
import { boundary } from './users.ts';

/** The requirement of an operation on one role, with the role's tags. */
export function requireRole(cloud: Cloud, action: string) {
  return (input: { readonly RoleName: string | undefined }, caller: Caller): readonly Requirement[] => {
    const role = find(cloud.account(caller.account).iam.roles, input.RoleName);
    return [
      {
        action,
        resource: roleResource(cloud, caller.account, input.RoleName),
        context: iamTagContext(role?.tags),
      },
    ];
  };
}

/** Roles, who may assume them, and the instance profiles that carry them. */
export function roleOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetRole: getRole(cloud),
    UpdateAssumeRolePolicy: updateAssumeRolePolicy(cloud),
    ListRoleTags: listRoleTags(cloud),
    GetInstanceProfile: getInstanceProfile(cloud),
    ListInstanceProfilesForRole: listInstanceProfilesForRole(cloud),
  };
}

function getRole(cloud: Cloud) {
  return operation<iam.GetRoleCommandInput, iam.GetRoleCommandOutput>({
    requires: requireRole(cloud, 'iam:GetRole'),
    handle: (input, caller) => ({
      Role: {
        ...describeRole(caller.account, findRole(cloud, caller.account, input.RoleName)),
      },
    }),
  });
}

function updateAssumeRolePolicy(cloud: Cloud) {
  return operation<iam.UpdateAssumeRolePolicyCommandInput, iam.UpdateAssumeRolePolicyCommandOutput>({
    requires: requireRole(cloud, 'iam:UpdateAssumeRolePolicy'),
    handle(input, caller) {
      const role = findRole(cloud, caller.account, input.RoleName);
      checkChangeable(role);
      const text = input.PolicyDocument ?? '';
      checkTrustPolicy(text);
      role.trustPolicy = text;
      return {};
    },
  });
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
function checkChangeable({ path, roleName }: RoleState): void {
  if (path.startsWith('/aws-service-role/') || path.startsWith('/aws-reserved/'))
    throw new AwsError(
      'UnmodifiableEntity',
      `Cannot perform the operation on the protected role '${roleName}' - this role is only modifiable by AWS`,
    );
}

function listRoleTags(cloud: Cloud) {
  return operation<iam.ListRoleTagsCommandInput, iam.ListRoleTagsCommandOutput>({
    requires: requireRole(cloud, 'iam:ListRoleTags'),
    handle(input, caller) {
      const { items, ...page } = pageOf(tagList(findRole(cloud, caller.account, input.RoleName).tags), input);
      return { Tags: [...items], ...page };
    },
  });
}

function getInstanceProfile(cloud: Cloud) {
  return operation<iam.GetInstanceProfileCommandInput, iam.GetInstanceProfileCommandOutput>({
    requires(input, caller) {
      const profile = find(cloud.account(caller.account).iam.instanceProfiles, input.InstanceProfileName);
      const unknown = { path: '/', instanceProfileName: input.InstanceProfileName ?? '' };
      return [
        {
          action: 'iam:GetInstanceProfile',
          resource: instanceProfileArn(caller.account, profile ?? unknown),
        },
      ];
    },
    handle(input, caller) {
      const name = checkName('instanceProfileName', input.InstanceProfileName, 128);
      const { instanceProfiles } = cloud.account(caller.account).iam;
      const profile = find(instanceProfiles, name);
      if (!profile) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
      return { InstanceProfile: describeProfile(cloud, caller.account, profile) };
    },
  });
}

function listInstanceProfilesForRole(cloud: Cloud) {
  return operation<iam.ListInstanceProfilesForRoleCommandInput, iam.ListInstanceProfilesForRoleCommandOutput>(
    {
      requires: requireRole(cloud, 'iam:ListInstanceProfilesForRole'),
      handle(input, caller) {
        const { roleName } = findRole(cloud, caller.account, input.RoleName);
        const profiles = Object.values(cloud.account(caller.account).iam.instanceProfiles);
        const { items, ...page } = pageOf(
          profiles.filter((profile) => profile.roleName === roleName),
          input,
        );
        return {
          InstanceProfiles: items.map((profile) => describeProfile(cloud, caller.account, profile)),
          ...page,
        };
      },
    },
  );
}

function describeProfile(cloud: Cloud, account: string, profile: InstanceProfileState): iam.InstanceProfile {
  const role = find(cloud.account(account).iam.roles, profile.roleName);
  return {
    InstanceProfileName: profile.instanceProfileName,
    InstanceProfileId: profile.instanceProfileId,
    Path: profile.path,
    Arn: instanceProfileArn(account, profile),
    CreateDate: new Date(profile.createDate),
    Roles: role ? [describeRole(account, role)] : [],
  };
}

function describeRole(account: string, role: RoleState): iam.Role {
  return {
    RoleName: role.roleName,
    RoleId: role.roleId,
    Path: role.path,
    Arn: roleArn(account, role),
    CreateDate: new Date(role.createDate),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    PermissionsBoundary: boundary(role.permissionsBoundary),
    Tags: tagList(role.tags),
  };
}

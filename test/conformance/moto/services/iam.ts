import * as IAM from '@aws-sdk/client-iam';
import type { IamSeed } from '../../../../sandbox/account/seed/iam-schema.ts';
import type { ImitatedAccount, ImitatedService, ServiceState } from '../service.ts';
import { absent, byId, eachOf, tagList, tagRecord } from '../shapes.ts';

type Item<Name extends keyof IamSeed> = IamSeed[Name][number];

/** IAM is of the account. Passwords are never given back, and dates are nobody's to choose. */
export const iam: ImitatedService = {
  of: 'account',
  invented: [
    'userId',
    'groupId',
    'roleId',
    'policyId',
    'instanceProfileId',
    'createDate',
    'enableDate',
    'passwordLastUsed',
    'secretAccessKey',
    'lastUsed',
  ],

  async seed({ account: id, iam: seed }, account) {
    for (const { policyName, path, document } of seed.policies)
      await account.send(
        new IAM.CreatePolicyCommand({
          PolicyName: policyName,
          Path: path,
          PolicyDocument: JSON.stringify(document),
        }),
      );
    for (const group of seed.groups) await seedGroup(group, account);
    for (const user of seed.users) await seedUser(user, id, account);
    for (const role of seed.roles) await seedRole(role, account);
    for (const profile of seed.instanceProfiles) await seedProfile(profile, account);
  },

  async read(account) {
    return {
      users: await readUsers(account),
      groups: await readGroups(account),
      roles: await readRoles(account),
      policies: await readPolicies(account),
      instanceProfiles: await readProfiles(account),
    };
  },

  async byHand(before, after, account) {
    for (const [UserName, { loginProfile }] of Object.entries(after.iam.users))
      if (loginProfile && !before.iam.users[UserName]?.loginProfile)
        await account.send(new IAM.CreateLoginProfileCommand({ UserName, Password: PASSWORD }));
  },
};

const PASSWORD = 'any-Password-of-20';

async function seedGroup(group: Item<'groups'>, account: ImitatedAccount): Promise<void> {
  const GroupName = group.groupName;
  await account.send(new IAM.CreateGroupCommand({ GroupName, Path: group.path }));
  for (const [PolicyName, document] of Object.entries(group.inlinePolicies))
    await account.send(
      new IAM.PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument: JSON.stringify(document) }),
    );
  for (const PolicyArn of group.attachedPolicies)
    await account.send(new IAM.AttachGroupPolicyCommand({ GroupName, PolicyArn }));
}

async function seedUser(user: Item<'users'>, id: string, account: ImitatedAccount): Promise<void> {
  const UserName = user.userName;
  await account.send(
    new IAM.CreateUserCommand({
      UserName,
      Path: user.path,
      Tags: tagList(user.tags),
      PermissionsBoundary: user.permissionsBoundary,
    }),
  );
  for (const [PolicyName, document] of Object.entries(user.inlinePolicies))
    await account.send(
      new IAM.PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: JSON.stringify(document) }),
    );
  for (const PolicyArn of user.attachedPolicies)
    await account.send(new IAM.AttachUserPolicyCommand({ UserName, PolicyArn }));
  for (const GroupName of user.groups)
    await account.send(new IAM.AddUserToGroupCommand({ UserName, GroupName }));
  await seedCredentials(user, id, account);
}

async function seedCredentials(user: Item<'users'>, id: string, account: ImitatedAccount): Promise<void> {
  const UserName = user.userName;
  for (const key of user.accessKeys) {
    const { AccessKey } = await account.send(new IAM.CreateAccessKeyCommand({ UserName }));
    account.name(key.accessKeyId, AccessKey?.AccessKeyId);
    if (key.status === 'Inactive')
      await account.send(
        new IAM.UpdateAccessKeyCommand({ UserName, AccessKeyId: key.accessKeyId, Status: key.status }),
      );
  }
  if (user.loginProfile)
    await account.send(
      new IAM.CreateLoginProfileCommand({
        UserName,
        Password: PASSWORD,
        PasswordResetRequired: user.loginProfile.passwordResetRequired,
      }),
    );
  for (const { serialNumber } of user.mfaDevices) await seedMfa(UserName, serialNumber, id, account);
}

/** A virtual device: the only kind whose serial number is an ARN of the account. */
async function seedMfa(
  UserName: string,
  SerialNumber: string,
  id: string,
  account: ImitatedAccount,
): Promise<void> {
  const VirtualMFADeviceName = SerialNumber.replace(`arn:aws:iam::${id}:mfa/`, '');
  await account.send(new IAM.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName }));
  const codes = { AuthenticationCode1: '123456', AuthenticationCode2: '654321' };
  await account.send(new IAM.EnableMFADeviceCommand({ UserName, SerialNumber, ...codes }));
}

async function seedRole(role: Item<'roles'>, account: ImitatedAccount): Promise<void> {
  const RoleName = role.roleName;
  await account.send(
    new IAM.CreateRoleCommand({
      RoleName,
      Path: role.path,
      Description: role.description,
      AssumeRolePolicyDocument: JSON.stringify(role.trustPolicy),
      MaxSessionDuration: role.maxSessionDuration,
      PermissionsBoundary: role.permissionsBoundary,
      Tags: tagList(role.tags),
    }),
  );
  for (const [PolicyName, document] of Object.entries(role.inlinePolicies))
    await account.send(
      new IAM.PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(document) }),
    );
  for (const PolicyArn of role.attachedPolicies)
    await account.send(new IAM.AttachRolePolicyCommand({ RoleName, PolicyArn }));
}

async function seedProfile(profile: Item<'instanceProfiles'>, account: ImitatedAccount): Promise<void> {
  const InstanceProfileName = profile.instanceProfileName;
  await account.send(new IAM.CreateInstanceProfileCommand({ InstanceProfileName, Path: profile.path }));
  if (profile.role)
    await account.send(
      new IAM.AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: profile.role }),
    );
}

async function readUsers(account: ImitatedAccount): Promise<ServiceState[string]> {
  const { Users } = await account.send(new IAM.ListUsersCommand({}));
  return eachOf(Users, 'UserName', async (UserName) => {
    const { User: user } = await account.send(new IAM.GetUserCommand({ UserName }));
    const keys = await account.send(new IAM.ListAccessKeysCommand({ UserName }));
    const groups = await account.send(new IAM.ListGroupsForUserCommand({ UserName }));
    const devices = await account.send(new IAM.ListMFADevicesCommand({ UserName }));
    const inline = await account.send(new IAM.ListUserPoliciesCommand({ UserName }));
    const attached = await account.send(new IAM.ListAttachedUserPoliciesCommand({ UserName }));
    return {
      userName: UserName,
      userId: user?.UserId,
      path: user?.Path,
      accessKeys: keys.AccessKeyMetadata?.map((key) => ({
        accessKeyId: key.AccessKeyId,
        status: key.Status,
      })),
      groups: groups.Groups?.map((group) => group.GroupName),
      tags: tagRecord(user?.Tags),
      mfaDevices: devices.MFADevices?.map((device) => ({ serialNumber: device.SerialNumber })),
      loginProfile: await readLoginProfile(UserName, account),
      permissionsBoundary: user?.PermissionsBoundary?.PermissionsBoundaryArn,
      attachedPolicies: attached.AttachedPolicies?.map((policy) => policy.PolicyArn),
      inlinePolicies: await documents(inline.PolicyNames, async (PolicyName) =>
        account.send(new IAM.GetUserPolicyCommand({ UserName, PolicyName })),
      ),
    };
  });
}

async function readLoginProfile(UserName: string, account: ImitatedAccount) {
  const answer = await absent(
    'NoSuchEntityException',
    account.send(new IAM.GetLoginProfileCommand({ UserName })),
  );
  return answer && { passwordResetRequired: answer.LoginProfile?.PasswordResetRequired ?? false };
}

async function readGroups(account: ImitatedAccount): Promise<ServiceState[string]> {
  const { Groups } = await account.send(new IAM.ListGroupsCommand({}));
  return eachOf(Groups, 'GroupName', async (GroupName, group) => {
    const inline = await account.send(new IAM.ListGroupPoliciesCommand({ GroupName }));
    const attached = await account.send(new IAM.ListAttachedGroupPoliciesCommand({ GroupName }));
    return {
      groupName: GroupName,
      groupId: group.GroupId,
      path: group.Path,
      attachedPolicies: attached.AttachedPolicies?.map((policy) => policy.PolicyArn),
      inlinePolicies: await documents(inline.PolicyNames, async (PolicyName) =>
        account.send(new IAM.GetGroupPolicyCommand({ GroupName, PolicyName })),
      ),
    };
  });
}

async function readRoles(account: ImitatedAccount): Promise<ServiceState[string]> {
  const { Roles } = await account.send(new IAM.ListRolesCommand({}));
  return eachOf(Roles, 'RoleName', async (RoleName) => {
    const { Role: role } = await account.send(new IAM.GetRoleCommand({ RoleName }));
    const inline = await account.send(new IAM.ListRolePoliciesCommand({ RoleName }));
    const attached = await account.send(new IAM.ListAttachedRolePoliciesCommand({ RoleName }));
    return {
      roleName: RoleName,
      roleId: role?.RoleId,
      path: role?.Path,
      description: role?.Description || undefined,
      trustPolicy: decodeURIComponent(role?.AssumeRolePolicyDocument ?? ''),
      maxSessionDuration: role?.MaxSessionDuration,
      tags: tagRecord(role?.Tags),
      permissionsBoundary: role?.PermissionsBoundary?.PermissionsBoundaryArn,
      attachedPolicies: attached.AttachedPolicies?.map((policy) => policy.PolicyArn),
      inlinePolicies: await documents(inline.PolicyNames, async (PolicyName) =>
        account.send(new IAM.GetRolePolicyCommand({ RoleName, PolicyName })),
      ),
    };
  });
}

async function readPolicies(account: ImitatedAccount): Promise<ServiceState[string]> {
  const { Policies } = await account.send(new IAM.ListPoliciesCommand({ Scope: 'Local' }));
  return eachOf(Policies, 'Arn', async (PolicyArn, policy) => {
    const { Versions } = await account.send(new IAM.ListPolicyVersionsCommand({ PolicyArn }));
    const names = Versions?.map((version) => version.VersionId ?? '');
    return {
      arn: PolicyArn,
      policyName: policy.PolicyName,
      path: policy.Path,
      defaultVersionId: policy.DefaultVersionId,
      versions: await documents(names, async (VersionId) => {
        const { PolicyVersion } = await account.send(
          new IAM.GetPolicyVersionCommand({ PolicyArn, VersionId }),
        );
        return { PolicyDocument: PolicyVersion?.Document };
      }),
    };
  });
}

async function readProfiles(account: ImitatedAccount): Promise<ServiceState[string]> {
  const { InstanceProfiles } = await account.send(new IAM.ListInstanceProfilesCommand({}));
  return byId(InstanceProfiles, 'InstanceProfileName', (profile) => ({
    instanceProfileName: profile.InstanceProfileName,
    instanceProfileId: profile.InstanceProfileId,
    path: profile.Path,
    roleName: profile.Roles?.[0]?.RoleName,
  }));
}

/** Name → text of the policies, which IAM gives URL-encoded. */
async function documents(
  names: readonly string[] | undefined,
  get: (name: string) => Promise<{ readonly PolicyDocument?: string | undefined }>,
): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const name of names ?? []) texts[name] = decodeURIComponent((await get(name)).PolicyDocument ?? '');
  return texts;
}

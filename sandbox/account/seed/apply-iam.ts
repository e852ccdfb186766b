import { policyArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import type { AccessKeyState, IamState, PolicyHolder } from '../iam/state.ts';
import { iamId } from '../ids.ts';
import type { IamSeed } from './iam-schema.ts';
import { resolveInstant } from './time.ts';

type Kind = keyof IamSeed;
type Item<Name extends Kind> = IamSeed[Name][number];

/** Adds the seeded identities to an account. */
export function applyIam(cloud: Cloud, account: string, seed: IamSeed, now: Date): void {
  const { iam } = cloud.account(account);
  for (const user of seed.users) iam.users[user.userName] = toUser(cloud, user, now);
  for (const group of seed.groups) iam.groups[group.groupName] = toGroup(cloud, group, now);
  for (const role of seed.roles) iam.roles[role.roleName] = toRole(cloud, role, now);
  for (const profile of seed.instanceProfiles)
    iam.instanceProfiles[profile.instanceProfileName] = toProfile(cloud, profile, now);
  for (const policy of seed.policies) {
    const arn = policyArn(account, policy);
    iam.policies[arn] = toPolicy(cloud, arn, policy, now);
  }
}

function toUser(cloud: Cloud, seed: Item<'users'>, now: Date): IamState['users'][string] {
  return {
    ...seed,
    ...holder(seed),
    userId: seed.userId ?? iamId(cloud, 'AIDA'),
    createDate: resolveInstant(seed.createDate, now),
    passwordLastUsed: seed.passwordLastUsed && resolveInstant(seed.passwordLastUsed, now),
    accessKeys: seed.accessKeys.map((key) => toAccessKey(key, now)),
    mfaDevices: seed.mfaDevices.map((device) => ({
      ...device,
      enableDate: resolveInstant(device.enableDate, now),
    })),
    loginProfile: seed.loginProfile && {
      ...seed.loginProfile,
      createDate: resolveInstant(seed.loginProfile.createDate, now),
    },
  };
}

function toAccessKey(seed: Item<'users'>['accessKeys'][number], now: Date): AccessKeyState {
  return {
    ...seed,
    createDate: resolveInstant(seed.createDate, now),
    lastUsed: seed.lastUsed && { ...seed.lastUsed, date: resolveInstant(seed.lastUsed.date, now) },
  };
}

function toGroup(cloud: Cloud, seed: Item<'groups'>, now: Date): IamState['groups'][string] {
  return {
    ...seed,
    ...holder(seed),
    groupId: iamId(cloud, 'AGPA'),
    createDate: resolveInstant(seed.createDate, now),
  };
}

function toRole(cloud: Cloud, seed: Item<'roles'>, now: Date): IamState['roles'][string] {
  return {
    ...seed,
    ...holder(seed),
    roleId: seed.roleId ?? iamId(cloud, 'AROA'),
    createDate: resolveInstant(seed.createDate, now),
    trustPolicy: JSON.stringify(seed.trustPolicy),
  };
}

function toPolicy(
  cloud: Cloud,
  arn: string,
  seed: Item<'policies'>,
  now: Date,
): IamState['policies'][string] {
  return {
    arn,
    policyName: seed.policyName,
    policyId: iamId(cloud, 'ANPA'),
    path: seed.path,
    createDate: resolveInstant(seed.createDate, now),
    defaultVersionId: 'v1',
    versions: { v1: JSON.stringify(seed.document) },
  };
}

function toProfile(
  cloud: Cloud,
  seed: Item<'instanceProfiles'>,
  now: Date,
): IamState['instanceProfiles'][string] {
  return {
    instanceProfileName: seed.instanceProfileName,
    instanceProfileId: iamId(cloud, 'AIPA'),
    path: seed.path,
    createDate: resolveInstant(seed.createDate, now),
    roleName: seed.role,
  };
}

function holder(seed: Pick<Item<'groups'>, 'inlinePolicies' | 'attachedPolicies'>): PolicyHolder {
  const documents = Object.entries(seed.inlinePolicies).map(([name, document]) => [
    name,
    JSON.stringify(document),
  ]);
  return {
    inlinePolicies: Object.fromEntries(documents) as Record<string, string>,
    attachedPolicies: [...seed.attachedPolicies],
  };
}

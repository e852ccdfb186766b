import type * as iam from '@aws-sdk/client-iam';
import { type Operation, operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { checkInlinePolicy, encodeDocument } from './documents.ts';
import { checkName, findRole, findUser, noSuchEntity } from './lookup.ts';
import { pageOf } from './pages.ts';
import { requireRole } from './roles.ts';
import type { PolicyHolder } from './state.ts';
import { requireUser } from './users.ts';

/** Characters of all inline policies together, white space aside. */
const userLimit = { kind: 'user', size: 2048 } as const;
const roleLimit = { kind: 'role', size: 10_240 } as const;

/** Inline policies of users and of roles: the same four operations on either. */
export function inlinePolicyOperations(cloud: Cloud): Record<string, Operation> {
  return { ...ofUsers(cloud), ...ofRoles(cloud) };
}

function ofUsers(cloud: Cloud): Record<string, Operation> {
  return {
    PutUserPolicy: operation<iam.PutUserPolicyCommandInput, iam.PutUserPolicyCommandOutput>({
      requires: requireUser(cloud, 'iam:PutUserPolicy'),
      handle: (input, caller) => put(findUser(cloud, caller.account, input.UserName), input, userLimit),
    }),
    GetUserPolicy: operation<iam.GetUserPolicyCommandInput, iam.GetUserPolicyCommandOutput>({
      requires: requireUser(cloud, 'iam:GetUserPolicy'),
      handle: (input, caller) => ({
        UserName: input.UserName,
        ...get(findUser(cloud, caller.account, input.UserName), input.PolicyName, 'user'),
      }),
    }),
    DeleteUserPolicy: operation<iam.DeleteUserPolicyCommandInput, iam.DeleteUserPolicyCommandOutput>({
      requires: requireUser(cloud, 'iam:DeleteUserPolicy'),
      handle: (input, caller) =>
        remove(findUser(cloud, caller.account, input.UserName), input.PolicyName, 'user'),
    }),
    ListUserPolicies: operation<iam.ListUserPoliciesCommandInput, iam.ListUserPoliciesCommandOutput>({
      requires: requireUser(cloud, 'iam:ListUserPolicies'),
      handle: (input, caller) => list(findUser(cloud, caller.account, input.UserName), input),
    }),
  };
}

function ofRoles(cloud: Cloud): Record<string, Operation> {
  return {
    PutRolePolicy: operation<iam.PutRolePolicyCommandInput, iam.PutRolePolicyCommandOutput>({
      requires: requireRole(cloud, 'iam:PutRolePolicy'),
      handle: (input, caller) => put(findRole(cloud, caller.account, input.RoleName), input, roleLimit),
    }),
    GetRolePolicy: operation<iam.GetRolePolicyCommandInput, iam.GetRolePolicyCommandOutput>({
      requires: requireRole(cloud, 'iam:GetRolePolicy'),
      handle: (input, caller) => ({
        RoleName: input.RoleName,
        ...get(findRole(cloud, caller.account, input.RoleName), input.PolicyName, 'role'),
      }),
    }),
    DeleteRolePolicy: operation<iam.DeleteRolePolicyCommandInput, iam.DeleteRolePolicyCommandOutput>({
      requires: requireRole(cloud, 'iam:DeleteRolePolicy'),
      handle: (input, caller) =>
        remove(findRole(cloud, caller.account, input.RoleName), input.PolicyName, 'role'),
    }),
    ListRolePolicies: operation<iam.ListRolePoliciesCommandInput, iam.ListRolePoliciesCommandOutput>({
      requires: requireRole(cloud, 'iam:ListRolePolicies'),
      handle: (input, caller) => list(findRole(cloud, caller.account, input.RoleName), input),
    }),
  };
}

function put(
  holder: PolicyHolder,
  input: { readonly PolicyName: string | undefined; readonly PolicyDocument: string | undefined },
  limit: typeof userLimit | typeof roleLimit,
): object {
  const name = checkName('policyName', input.PolicyName, 128);
  const text = input.PolicyDocument ?? '';
  checkInlinePolicy(holder.inlinePolicies, name, text, limit);
  holder.inlinePolicies[name] = text;
  return {};
}

function get(holder: PolicyHolder, policyName: string | undefined, kind: 'user' | 'role') {
  const { name, text } = existing(holder, policyName, kind);
  return { PolicyName: name, PolicyDocument: encodeDocument(text) };
}

function remove(holder: PolicyHolder, policyName: string | undefined, kind: 'user' | 'role'): object {
  const { name } = existing(holder, policyName, kind);
  delete holder.inlinePolicies[name];
  return {};
}

function list(holder: PolicyHolder, input: Parameters<typeof pageOf>[1]) {
  const { items, ...page } = pageOf(Object.keys(holder.inlinePolicies).sort(), input);
  return { PolicyNames: [...items], ...page };
}

function existing(holder: PolicyHolder, policyName: string | undefined, kind: 'user' | 'role') {
  const name = checkName('policyName', policyName, 128);
  const text = find(holder.inlinePolicies, name);
  if (text === undefined) throw noSuchEntity(`The ${kind} policy with name ${name} cannot be found.`);
  return { name, text };
}

import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
} from '@aws-sdk/client-iam';
import type { Account } from '../../core/account.ts';
import type { Tag } from '../../core/reserved-tags.ts';

export const reads = [
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  ListAttachedUserPoliciesCommand,
  ListUserPoliciesCommand,
  GetUserPolicyCommand,
  ListGroupsForUserCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
] as const;
export type Reader = Account<typeof reads>;

/** A role or a user, seen alike. Documents are as IAM answers them: percent-encoded. */
export interface Principal {
  readonly kind: 'role' | 'user';
  readonly arn: string;
  readonly path: string;
  readonly createdAt: string;
  readonly boundary: string | null;
  readonly tags: readonly Tag[];
  readonly trustPolicy: string | undefined;
  readonly attached: readonly { readonly name: string; readonly arn: string }[];
  readonly inline: readonly string[];
  readonly groups: readonly string[];
  /** A list had more than its first page. */
  readonly truncated: boolean;
  readonly inlineDocument: (name: string) => Promise<string | undefined>;
}

export async function readRole(name: string, account: Reader): Promise<Principal> {
  const { Role: role } = await account.send(new GetRoleCommand({ RoleName: name }));
  const attached = await account.send(new ListAttachedRolePoliciesCommand({ RoleName: name }));
  const inline = await account.send(new ListRolePoliciesCommand({ RoleName: name }));
  return {
    kind: 'role',
    ...described(role),
    trustPolicy: role?.AssumeRolePolicyDocument,
    attached: policiesOf(attached.AttachedPolicies),
    inline: inline.PolicyNames ?? [],
    groups: [],
    truncated: Boolean(attached.IsTruncated || inline.IsTruncated),
    inlineDocument: async (policy) =>
      (await account.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: policy }))).PolicyDocument,
  };
}

export async function readUser(name: string, account: Reader): Promise<Principal> {
  const { User: user } = await account.send(new GetUserCommand({ UserName: name }));
  const attached = await account.send(new ListAttachedUserPoliciesCommand({ UserName: name }));
  const inline = await account.send(new ListUserPoliciesCommand({ UserName: name }));
  const groups = await account.send(new ListGroupsForUserCommand({ UserName: name }));
  return {
    kind: 'user',
    ...described(user),
    trustPolicy: undefined,
    attached: policiesOf(attached.AttachedPolicies),
    inline: inline.PolicyNames ?? [],
    groups: (groups.Groups ?? []).flatMap((group) => group.GroupName ?? []),
    truncated: Boolean(attached.IsTruncated || inline.IsTruncated || groups.IsTruncated),
    inlineDocument: async (policy) =>
      (await account.send(new GetUserPolicyCommand({ UserName: name, PolicyName: policy }))).PolicyDocument,
  };
}

/** A managed policy's document in the version that counts. */
export async function managedDocument(arn: string, account: Reader): Promise<string | undefined> {
  const { Policy: policy } = await account.send(new GetPolicyCommand({ PolicyArn: arn }));
  const version = { PolicyArn: arn, VersionId: policy?.DefaultVersionId };
  return (await account.send(new GetPolicyVersionCommand(version))).PolicyVersion?.Document;
}

interface Described {
  readonly Arn?: string | undefined;
  readonly Path?: string | undefined;
  readonly CreateDate?: Date | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn?: string | undefined } | undefined;
}

function described(one: Described | undefined) {
  return {
    arn: one?.Arn ?? '',
    path: one?.Path ?? '/',
    createdAt: one?.CreateDate?.toISOString() ?? '',
    boundary: one?.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    tags: one?.Tags ?? [],
  };
}

function policiesOf(
  attached: readonly { PolicyName?: string | undefined; PolicyArn?: string | undefined }[] | undefined,
) {
  return (attached ?? []).map(({ PolicyName = '', PolicyArn = '' }) => ({
    name: PolicyName,
    arn: PolicyArn,
  }));
}

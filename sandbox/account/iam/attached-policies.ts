import type * as iam from '@aws-sdk/client-iam';
import { type Operation, operation } from '../../wire/service.ts';
import { nameOfArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { managedPolicy } from '../policies.ts';
import { encodeDocument } from './documents.ts';
import { findRole, findUser, noSuchEntity } from './lookup.ts';
import { pageOf } from './pages.ts';
import { requireRole } from './roles.ts';
import type { ManagedPolicyState, PolicyHolder } from './state.ts';
import { requireUser } from './users.ts';

/** Managed policies and what they hang on, for reading. */
export function attachedPolicyOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListAttachedUserPolicies: operation<
      iam.ListAttachedUserPoliciesCommandInput,
      iam.ListAttachedUserPoliciesCommandOutput
    >({
      requires: requireUser(cloud, 'iam:ListAttachedUserPolicies'),
      handle: (input, caller) => list(findUser(cloud, caller.account, input.UserName), input),
    }),
    ListAttachedRolePolicies: operation<
      iam.ListAttachedRolePoliciesCommandInput,
      iam.ListAttachedRolePoliciesCommandOutput
    >({
      requires: requireRole(cloud, 'iam:ListAttachedRolePolicies'),
      handle: (input, caller) => list(findRole(cloud, caller.account, input.RoleName), input),
    }),
    GetPolicy: getPolicy(cloud),
    GetPolicyVersion: getPolicyVersion(cloud),
  };
}

function list(holder: PolicyHolder, input: Parameters<typeof pageOf>[1]) {
  const { items, ...page } = pageOf(holder.attachedPolicies, input);
  return { AttachedPolicies: items.map((arn) => ({ PolicyArn: arn, PolicyName: nameOfArn(arn) })), ...page };
}

function getPolicy(cloud: Cloud) {
  return operation<iam.GetPolicyCommandInput, iam.GetPolicyCommandOutput>({
    requires: (input) => [{ action: 'iam:GetPolicy', resource: input.PolicyArn ?? '' }],
    handle(input, caller) {
      const policy = findPolicy(cloud, caller.account, input.PolicyArn);
      return {
        Policy: {
          PolicyName: policy.policyName,
          PolicyId: policy.policyId,
          Arn: policy.arn,
          Path: policy.path,
          DefaultVersionId: policy.defaultVersionId,
          AttachmentCount: attachments(cloud, caller.account, policy.arn),
          IsAttachable: true,
          CreateDate: new Date(policy.createDate),
          UpdateDate: new Date(policy.createDate),
        },
      };
    },
  });
}

function getPolicyVersion(cloud: Cloud) {
  return operation<iam.GetPolicyVersionCommandInput, iam.GetPolicyVersionCommandOutput>({
    requires: (input) => [{ action: 'iam:GetPolicyVersion', resource: input.PolicyArn ?? '' }],
    handle(input, caller) {
      const policy = findPolicy(cloud, caller.account, input.PolicyArn);
      const text = find(policy.versions, input.VersionId);
      if (text === undefined)
        throw noSuchEntity(
          `Policy ${policy.arn} version ${input.VersionId} does not exist or is not attachable.`,
        );
      return {
        PolicyVersion: {
          Document: encodeDocument(text),
          VersionId: input.VersionId,
          IsDefaultVersion: input.VersionId === policy.defaultVersionId,
          CreateDate: new Date(policy.createDate),
        },
      };
    },
  });
}

function findPolicy(cloud: Cloud, account: string, arn: string | undefined): ManagedPolicyState {
  const policy = managedPolicy(cloud.account(account), arn ?? '');
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

function attachments(cloud: Cloud, account: string, arn: string): number {
  const { users, groups, roles } = cloud.account(account).iam;
  const holders = [users, groups, roles].flatMap((kind) => Object.values(kind) as PolicyHolder[]);
  return holders.filter((holder) => holder.attachedPolicies.includes(arn)).length;
}

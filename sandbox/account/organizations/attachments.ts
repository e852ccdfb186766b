import type * as organizations from '@aws-sdk/client-organizations';
import { AwsError, type Operation, type Requirement } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { pageOf } from './pages.ts';
import { fullAccess, summaryOf } from './policies.ts';
import { findPolicy, inOrganization, requireAccount, requirePolicy, type Scope } from './scope.ts';
import type { ServiceControlPolicyState } from './state.ts';

/** Service control policies on one account, AWS's own included (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html). */
const MOST = 5;

type List = [
  organizations.ListPoliciesForTargetCommandInput,
  organizations.ListPoliciesForTargetCommandOutput,
];
interface Attachment {
  readonly PolicyId?: string | undefined;
  readonly TargetId?: string | undefined;
}

/** What binds an account. Targets are accounts: nobody here attaches anything to units or the root. */
export function attachmentOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListPoliciesForTarget: inOrganization<List[0], List[1]>(
      cloud,
      ({ TargetId }, scope) => [requireAccount(scope, 'ListPoliciesForTarget', TargetId)],
      (input, scope) => {
        const attached = attachedTo(input.TargetId, scope).map((one) => summaryOf(one, scope));
        const { items, NextToken } = pageOf([fullAccess(scope), ...attached], input);
        return { Policies: items, NextToken };
      },
    ),
    AttachPolicy: inOrganization<Attachment, object>(cloud, requireBoth('AttachPolicy'), attach),
    DetachPolicy: inOrganization<Attachment, object>(cloud, requireBoth('DetachPolicy'), (input, scope) => {
      const policy = findPolicy(scope, input.PolicyId);
      if (!policy.targets.some((target) => target === input.TargetId))
        throw new AwsError(
          'PolicyNotAttachedException',
          "The policy isn't attached to the specified target in the specified root.",
        );
      policy.targets = policy.targets.filter((target) => target !== input.TargetId);
      return {};
    }),
  };
}

/** The policies of the organization's own that are attached to an account. */
function attachedTo(account: string | undefined, { organization }: Scope): ServiceControlPolicyState[] {
  return Object.values(organization.policies).filter(({ targets }) =>
    targets.some((target) => target === account),
  );
}

function requireBoth(action: string) {
  return ({ PolicyId, TargetId }: Attachment, scope: Scope): readonly Requirement[] => [
    requirePolicy(scope, action, PolicyId),
    requireAccount(scope, action, TargetId),
  ];
}

function attach({ PolicyId, TargetId = '' }: Attachment, scope: Scope): object {
  const policy = findPolicy(scope, PolicyId);
  if (!scope.organization.serviceControlPolicies)
    throw new AwsError(
      'PolicyTypeNotEnabledException',
      "The specified policy type isn't currently enabled in this root.",
    );
  if (policy.targets.includes(TargetId))
    throw new AwsError(
      'DuplicatePolicyAttachmentException',
      'The selected policy is already attached to the specified target.',
    );
  if (attachedTo(TargetId, scope).length + 1 >= MOST)
    throw new AwsError(
      'ConstraintViolationException',
      'You have attached the maximum number of policies of this type to the specified target.',
      400,
      { Reason: 'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED' },
    );
  policy.targets = [...policy.targets, TargetId].sort();
  return {};
}

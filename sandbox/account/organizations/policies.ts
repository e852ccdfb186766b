import type * as organizations from '@aws-sdk/client-organizations';
import { AwsError, type Operation, type Requirement } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { parsePolicyText } from '../iam/documents.ts';
import { uuid } from '../ids.ts';
import { pageOf } from './pages.ts';
import { FULL_ACCESS, findPolicy, inOrganization, policyArn, requirePolicy, type Scope } from './scope.ts';
import type { ServiceControlPolicyState } from './state.ts';

/** A document of more characters is refused (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html). */
const LARGEST = 5120;

type List = [organizations.ListPoliciesCommandInput, organizations.ListPoliciesCommandOutput];
type Describe = [organizations.DescribePolicyCommandInput, organizations.DescribePolicyCommandOutput];
type Create = [organizations.CreatePolicyCommandInput, organizations.CreatePolicyCommandOutput];
type Delete = [organizations.DeletePolicyCommandInput, object];

/** The service control policies of an organization, attached or not. */
export function policyOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListPolicies: inOrganization<List[0], List[1]>(
      cloud,
      () => [{ action: 'organizations:ListPolicies', resource: '*' }],
      (input, scope) => {
        const own = Object.values(scope.organization.policies).map((one) => summaryOf(one, scope));
        const { items, NextToken } = pageOf([fullAccess(scope), ...own], input);
        return { Policies: items, NextToken };
      },
    ),
    DescribePolicy: inOrganization<Describe[0], Describe[1]>(
      cloud,
      ({ PolicyId }, scope) => [requirePolicy(scope, 'DescribePolicy', PolicyId)],
      ({ PolicyId }, scope) => {
        const policy = findPolicy(scope, PolicyId);
        return { Policy: { PolicySummary: summaryOf(policy, scope), Content: policy.content } };
      },
    ),
    CreatePolicy: inOrganization<Create[0], Create[1]>(cloud, creating, create),
    DeletePolicy: inOrganization<Delete[0], Delete[1]>(
      cloud,
      ({ PolicyId }, scope) => [requirePolicy(scope, 'DeletePolicy', PolicyId)],
      ({ PolicyId }, scope) => {
        const { id, targets } = findPolicy(scope, PolicyId);
        if (targets.length > 0)
          throw new AwsError(
            'PolicyInUseException',
            'The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.',
          );
        delete scope.organization.policies[id];
        return {};
      },
    ),
  };
}

export function summaryOf(
  { id, name, description }: ServiceControlPolicyState,
  scope: Scope,
): organizations.PolicySummary {
  return {
    Id: id,
    Arn: policyArn(scope, id),
    Name: name,
    Description: description,
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: false,
  };
}

export function fullAccess(scope: Scope): organizations.PolicySummary {
  return {
    Id: FULL_ACCESS,
    Arn: policyArn(scope, FULL_ACCESS),
    Name: 'FullAWSAccess',
    Description: 'Allows access to every operation',
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: true,
  };
}

/** Tags in the request ask for a permission of their own. */
function creating(input: Create[0], scope: Scope): readonly Requirement[] {
  const entries = Object.entries(tagsOf(input)).map(([key, value]) => [
    `aws:requesttag/${key.toLowerCase()}`,
    value,
  ]);
  const context = Object.fromEntries(entries) as Record<string, string>;
  const create = requirePolicy(scope, 'CreatePolicy', '*', context);
  return entries.length > 0 ? [create, { ...create, action: 'organizations:TagResource' }] : [create];
}

function create(input: Create[0], scope: Scope): Create[1] {
  const { Name: name = '', Description: description = '', Content: content = '', Type: type } = input;
  const { cloud, organization } = scope;
  if (type !== 'SERVICE_CONTROL_POLICY')
    throw new AwsError('InvalidInputException', 'Only service control policies are known here.');
  if (Object.values(organization.policies).some((one) => one.name === name))
    throw new AwsError('DuplicatePolicyException', 'A policy with the same name already exists.');
  checkContent(content);
  const id = `p-${uuid(cloud).slice(0, 8)}`;
  const policy = { id, name, description, content, tags: tagsOf(input), targets: [] };
  organization.policies[id] = policy;
  return { Policy: { PolicySummary: summaryOf(policy, scope), Content: content }, $metadata: {} };
}

function checkContent(content: string): void {
  if (content.length > LARGEST)
    throw new AwsError('ConstraintViolationException', 'You have exceeded the maximum policy size.', 400, {
      Reason: 'POLICY_CONTENT_LIMIT_EXCEEDED',
    });
  parsePolicyText(content, 'MalformedPolicyDocumentException');
}

function tagsOf({ Tags: tags = [] }: Create[0]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

import * as z from 'zod';
import type { PolicyDocument } from '../authorize/policy.ts';
import { assertSupported } from '../authorize/supported.ts';
import { TemplateError } from './error.ts';
import type { Stack, StackResource } from './stack.ts';

/** A role of the template with every policy that bounds it. */
export interface TemplateRole {
  readonly arn: string;
  readonly name: string;
  readonly trustPolicy: PolicyDocument;
  readonly identityPolicies: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
  readonly maxSessionDuration?: number;
}

const Document = z.custom<PolicyDocument>(
  (value) => value !== null && typeof value === 'object',
  'a policy document',
);
const RoleProperties = z.looseObject({
  AssumeRolePolicyDocument: Document,
  Policies: z.array(z.looseObject({ PolicyDocument: Document })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  PermissionsBoundary: z.string().optional(),
  MaxSessionDuration: z.coerce.number().optional(),
});
const PolicyProperties = z.looseObject({ PolicyDocument: Document, Roles: z.array(z.string()).default([]) });
type Policies = readonly StackResource<z.infer<typeof PolicyProperties>>[];

/** AWS's own policies that CDK attaches by itself, as AWS publishes them. */
const awsPolicies: Readonly<Record<string, PolicyDocument>> = {
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: '*',
    },
  },
};

/** Every role of the stack. Throws TemplateError for a policy that is missing or cannot be judged faithfully. */
export function readRoles(stack: Stack): TemplateRole[] {
  const inline = stack.ofType('AWS::IAM::Policy', PolicyProperties);
  const managed = stack.ofType('AWS::IAM::ManagedPolicy', PolicyProperties);
  return stack.ofType('AWS::IAM::Role', RoleProperties).map(({ logicalId, name, arn, properties }) => {
    const find = (policyArn: string): PolicyDocument => managedDocument(managed, policyArn, logicalId);
    const attached = [...inline, ...managed].filter((policy) => policy.properties.Roles.includes(name));
    const { PermissionsBoundary, MaxSessionDuration, AssumeRolePolicyDocument, Policies, ManagedPolicyArns } =
      properties;
    const role = {
      arn,
      name,
      trustPolicy: AssumeRolePolicyDocument,
      identityPolicies: [
        ...Policies.map((policy) => policy.PolicyDocument),
        ...attached.map((policy) => policy.properties.PolicyDocument),
        ...ManagedPolicyArns.map(find),
      ],
      ...(PermissionsBoundary === undefined ? {} : { boundary: find(PermissionsBoundary) }),
      ...(MaxSessionDuration === undefined ? {} : { maxSessionDuration: MaxSessionDuration }),
    };
    assertJudgeable(role, logicalId);
    return role;
  });
}

function managedDocument(managed: Policies, arn: string, where: string): PolicyDocument {
  const own = managed.find((policy) => policy.ref === arn)?.properties.PolicyDocument;
  const found = own ?? awsPolicies[arn];
  if (found) return found;
  throw new TemplateError(where, `uses the policy ${arn}, which the sandbox does not have`);
}

function assertJudgeable(role: Omit<TemplateRole, 'name'>, where: string): void {
  for (const document of [role.trustPolicy, ...role.identityPolicies, role.boundary ?? { Statement: [] }]) {
    try {
      assertSupported(document);
    } catch (cause) {
      throw new TemplateError(where, (cause as Error).message, { cause });
    }
  }
}

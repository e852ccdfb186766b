import type { PolicyDocument } from '../../authorize/policy.ts';
import type { ManagedPolicyState } from './state.ts';

function allow(action: string | readonly string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] };
}

/** AWS's own policies that seeds may attach. ReadOnlyAccess is an approximation of a list of 30 kB. */
const documents: Readonly<Record<string, PolicyDocument>> = {
  AdministratorAccess: allow('*'),
  PowerUserAccess: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }],
  },
  ReadOnlyAccess: allow(['*:Describe*', '*:Get*', '*:List*', '*:Lookup*']),
  IAMFullAccess: allow('iam:*'),
  AmazonEC2FullAccess: allow('ec2:*'),
  AmazonS3FullAccess: allow('s3:*'),
  AmazonS3ReadOnlyAccess: allow(['s3:Get*', 's3:List*', 's3:Describe*']),
  AmazonSSMManagedInstanceCore: allow(['ssm:UpdateInstanceInformation', 'ssmmessages:*', 'ec2messages:*']),
};

/** By ARN. */
export const awsManagedPolicies: ReadonlyMap<string, ManagedPolicyState> = new Map(
  Object.entries(documents).map(([policyName, document], at) => {
    const arn = `arn:aws:iam::aws:policy/${policyName}`;
    const policy: ManagedPolicyState = {
      arn,
      policyName,
      policyId: `ANPASANDBOX${String(at).padStart(9, '0')}`,
      path: '/',
      createDate: '2015-02-06T18:39:46Z',
      defaultVersionId: 'v1',
      versions: { v1: JSON.stringify(document) },
    };
    return [arn, policy] as const;
  }),
);

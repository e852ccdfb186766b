import {
  AttachPolicyCommand,
  DeletePolicyCommand,
  DetachPolicyCommand,
  ListPoliciesForTargetCommand,
} from '@aws-sdk/client-organizations';
import { ACCOUNT, type ActionCase, target } from '../action-case.ts';
import { GUARD, organization } from './organization-seeds.ts';
import { allowing } from './seeds.ts';

const trust = { Statement: { Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' } };
const iam = {
  users: [
    { userName: 'ci-deploy', path: '/robots/', tags: { 'sallyport:protected': '' } },
    { userName: 'alice' },
  ],
  roles: [
    { roleName: 'deploy', path: '/ci/', trustPolicy: trust, inlinePolicies: { any: allowing('*') } },
    { roleName: 'deploy-2', path: '/ci/', trustPolicy: trust },
  ],
};

const common = {
  innocent: ({ iam: identities, organization: found }) => [
    identities,
    Object.values(found?.policies ?? {}).filter(({ name }) => !name.startsWith('SallyportDeny')),
  ],
  trespasses: () => [
    new AttachPolicyCommand({ PolicyId: GUARD, TargetId: ACCOUNT }),
    new DetachPolicyCommand({ PolicyId: GUARD, TargetId: '444455556666' }),
    new DeletePolicyCommand({ PolicyId: GUARD }),
    new AttachPolicyCommand({ PolicyId: 'p-FullAWSAccess', TargetId: ACCOUNT }),
    new DetachPolicyCommand({ PolicyId: 'p-FullAWSAccess', TargetId: ACCOUNT }),
    new ListPoliciesForTargetCommand({ TargetId: '444455556666', Filter: 'SERVICE_CONTROL_POLICY' }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'a role with a path, in an account that has no policy of its own',
    target: target('role', 'deploy'),
    seed: { iam, ...organization() },
  },
  {
    ...common,
    name: 'a user whom people protect, beside policies of others, on several pages',
    target: target('user', 'ci-deploy'),
    seed: { iam, ...organization({ targets: [ACCOUNT] }, 25) },
  },
];

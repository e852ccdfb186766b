import { DeleteRolePolicyCommand, PutRolePolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { type ActionCase, target } from '../action-case.ts';
import { allowing, callOf, network } from './seeds.ts';

export const OFFICE = '198.51.100.0/24';
export const VPC = 'vpc-0a000000000000001';
const trustPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const read = allowing('s3:Get*');
export const seed = {
  ec2: network(),
  iam: {
    users: [
      { userName: 'bob', path: '/people/', inlinePolicies: { read } },
      {
        userName: 'dana',
        tags: { 'sallyport:protected': '', 'aws:cloudformation:stack-name': 'shop' },
      },
      { userName: 'alice' },
    ],
    roles: [
      { roleName: 'web', path: '/service/', trustPolicy, inlinePolicies: { read } },
      { roleName: 'batch', trustPolicy, inlinePolicies: { read } },
    ],
  },
};

const policy = { PolicyName: 'any', PolicyDocument: JSON.stringify(read) };
const common = {
  seed,
  params: { networks: OFFICE },
  trespasses: () => [
    new PutUserPolicyCommand({ UserName: 'alice', ...policy }),
    new PutRolePolicyCommand({ RoleName: 'batch', ...policy }),
    new DeleteRolePolicyCommand({ RoleName: 'batch', PolicyName: 'read' }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'a user of one office',
    target: target('user', 'bob'),
    activity: [callOf('bob')],
    innocent: ({ iam }) => [iam.users.alice, iam.users.dana, iam.users.bob?.inlinePolicies.read, iam.roles],
  },
  {
    ...common,
    name: 'a role of two networks and a VPC',
    target: target('role', 'web'),
    params: { networks: `${OFFICE},2001:db8::/32`, vpcs: VPC },
    innocent: ({ iam, regions }) => [iam.users, iam.roles.batch, iam.roles.web?.inlinePolicies.read, regions],
  },
  {
    ...common,
    name: 'a protected user that a stack keeps',
    target: target('user', 'dana'),
    innocent: ({ iam }) => [iam.users.alice, iam.users.bob, iam.roles],
  },
];

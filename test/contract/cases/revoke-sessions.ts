import { DeleteRolePolicyCommand, PutRolePolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { type ActionCase, target } from '../action-case.ts';

const document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }],
};
const trustPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const iam = {
  users: [{ userName: 'bob', path: '/people/', inlinePolicies: { read: document } }, { userName: 'alice' }],
  roles: [
    { roleName: 'web', path: '/service/', trustPolicy, inlinePolicies: { read: document } },
    { roleName: 'batch', trustPolicy, inlinePolicies: { read: document } },
  ],
};
const PolicyDocument = JSON.stringify(document);
const policy = { PolicyName: 'any', PolicyDocument };

export const cases: readonly ActionCase[] = [
  {
    name: 'a role with policies of its own',
    target: target('role', 'web'),
    seed: { iam },
    innocent: (account) => [account.iam.roles.batch, account.iam.users],
    trespasses: () => [
      new PutRolePolicyCommand({ RoleName: 'batch', ...policy }),
      new DeleteRolePolicyCommand({ RoleName: 'batch', PolicyName: 'read' }),
      new PutUserPolicyCommand({ UserName: 'bob', ...policy }),
    ],
  },
  {
    name: 'a user',
    target: target('user', 'bob'),
    seed: { iam },
    innocent: (account) => [account.iam.users.alice, account.iam.roles],
    trespasses: () => [
      new PutUserPolicyCommand({ UserName: 'alice', ...policy }),
      new PutRolePolicyCommand({ RoleName: 'web', ...policy }),
    ],
  },
];

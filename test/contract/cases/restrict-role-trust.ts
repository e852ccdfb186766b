import { GetRoleCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { type ActionCase, target } from '../action-case.ts';
import { allowing } from './seeds.ts';

export const PARTNER = '444455556666';
const OWN = '111122223333';

export function trusting(...statements: readonly object[]) {
  return {
    Version: '2012-10-17',
    Statement: statements.map((one) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', ...one })),
  };
}

const service = { Principal: { Service: 'ec2.amazonaws.com' } };
const DELETED = 'AROADELETED0000000000';

export function roles(trustPolicy: object, more: object = {}) {
  return {
    iam: {
      roles: [
        { roleName: 'vendor', trustPolicy, inlinePolicies: { read: allowing('s3:Get*') }, ...more },
        { roleName: 'batch', trustPolicy: trusting({ Principal: { AWS: PARTNER } }) },
      ],
    },
  };
}

const common = {
  target: target('role', 'vendor'),
  innocent: ({ iam }) => [iam.roles.batch, { ...iam.roles.vendor, trustPolicy: '' }, iam.users],
  trespasses: () => [
    new UpdateAssumeRolePolicyCommand({
      RoleName: 'batch',
      PolicyDocument: JSON.stringify(trusting({ Principal: { AWS: OWN } })),
    }),
    new GetRoleCommand({ RoleName: 'batch' }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'a partner beside a service and the own account',
    seed: roles(
      trusting(service, {
        Principal: { AWS: [`arn:aws:iam::${PARTNER}:role/sync`, `arn:aws:iam::${OWN}:root`] },
        Condition: { StringEquals: { 'sts:ExternalId': 'open sesame' } },
      }),
      { path: '/service/' },
    ),
    activity: [assumption()],
  },
  { ...common, name: 'a role that everybody may assume', seed: roles(trusting({ Principal: '*' })) },
  {
    ...common,
    name: 'a protected role that outsiders alone may assume, in a single statement',
    seed: roles(
      { Statement: { Effect: 'Allow', Principal: { AWS: PARTNER }, Action: 'sts:AssumeRole' } },
      { tags: { 'sallyport:protected': '', 'aws:cloudformation:stack-name': 'shop' } },
    ),
  },
  {
    ...common,
    name: 'a role that also trusts somebody who was deleted',
    seed: roles(trusting(service, { Principal: { AWS: [DELETED, PARTNER] } })),
    restorable: ({ iam }) => [
      { ...iam.roles, vendor: { ...iam.roles.vendor, trustPolicy: '' } },
      iam.roles.vendor?.trustPolicy.replace(`"${DELETED}",`, ''),
    ],
  },
];

/** Somebody from outside took the role. */
function assumption() {
  return {
    eventTime: '-PT2H',
    eventName: 'AssumeRole',
    eventSource: 'sts.amazonaws.com',
    sourceIPAddress: '198.51.100.7',
    userIdentity: { type: 'AWSAccount', accountId: PARTNER },
    requestParameters: { roleArn: `arn:aws:iam::${OWN}:role/service/vendor`, roleSessionName: 'sync' },
  };
}

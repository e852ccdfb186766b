import { ACCOUNT, REGION } from '../action-case.ts';

export const KEY = 'ASIASESSION000000000';
export const ALICE = '0a000000-0000-4000-8000-00000000000a';
export const BOB = '0a000000-0000-4000-8000-00000000000b';
export const ADMINS = '0a000000-0000-4000-8000-0000000000a1';
export const INSTANCE = 'arn:aws:sso:::instance/ssoins-0a0a0a0a0a0a0a0a';
export const permissionSetArn = (id: string) =>
  `arn:aws:sso:::permissionSet/ssoins-0a0a0a0a0a0a0a0a/ps-${id.padEnd(16, '0')}`;
export const ADMIN = permissionSetArn('admin');
export const READ = permissionSetArn('read');
export const ROLE = 'AWSReservedSSO_Admin_0123456789abcdef';
const PATH = `/aws-reserved/sso.amazonaws.com/${REGION}/`;
const trustPolicy = { Statement: { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRoleWithSAML' } };

/** Who has which permission set, in this account when no other is named. */
export const assigned = (principalId: string, more: object = {}) => ({
  account: ACCOUNT,
  permissionSetArn: ADMIN,
  principalId,
  ...more,
});

/** An Identity Center with two people and two permission sets, of which both have one in the account. */
export function identityCenter(fields: object = {}, tags: Readonly<Record<string, string>> = {}) {
  return {
    iam: {
      roles: [
        { roleName: ROLE, path: PATH, trustPolicy },
        { roleName: 'AWSReservedSSO_Read_0123456789abcdef', path: PATH, trustPolicy },
      ],
    },
    identityCenter: {
      users: [
        { userId: ALICE, userName: 'alice@example.com' },
        { userId: BOB, userName: 'bob@example.com' },
      ],
      permissionSets: [
        { arn: READ, name: 'Read' },
        { arn: ADMIN, name: 'Admin', tags },
      ],
      assignments: [
        assigned(ALICE),
        assigned(ALICE, { permissionSetArn: READ }),
        assigned(ALICE, { account: '444455556666' }),
        assigned(BOB),
      ],
      ...fields,
    },
  };
}

/** A call that the session made, as CloudTrail has it. */
export function callOfSession(name = 'alice@example.com', more: object = {}, role = ROLE, path = PATH) {
  const issuer = { type: 'Role', arn: `arn:aws:iam::${ACCOUNT}:role${path}${role}`, userName: role };
  return {
    eventTime: '-PT2H',
    eventName: 'DescribeInstances',
    eventSource: 'ec2.amazonaws.com',
    sourceIPAddress: '203.0.113.99',
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
      accessKeyId: KEY,
      sessionContext: { sessionIssuer: issuer },
    },
    ...more,
  };
}

import { ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { afterEach, expect, test } from 'vitest';
import { deactivateAccessKey } from '../../functions/actions/deactivate-access-key.ts';
import { revokeSessions } from '../../functions/actions/revoke-sessions/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { NotOursError } from '../../functions/core/errors.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, target } from './action-case.ts';
import { planCase } from './planning.ts';

const KEY = 'AKIASTOLEN000000000A';
const trustPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const read = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iam:ListAccessKeys', Resource: '*' }],
};
const reserved = (roleName: string, path: string) => ({ roleName, path, trustPolicy });
const seed = {
  iam: {
    users: [
      {
        userName: 'ci-deploy',
        accessKeys: [{ accessKeyId: KEY }],
        inlinePolicies: { read },
        tags: { 'sallyport:protected': '' },
      },
    ],
    roles: [
      { roleName: 'web', trustPolicy, inlinePolicies: { read } },
      reserved('AWSServiceRoleForSupport', '/aws-service-role/support.amazonaws.com/'),
      reserved('AWSReservedSSO_Admin_0123456789abcdef', '/aws-reserved/sso.amazonaws.com/'),
      reserved('AWSReservedSSO_Fake_0123456789abcdef', '/'),
    ],
  },
};
const WEB = `arn:aws:iam::${ACCOUNT}:role/web`;
const stolen = (eventName: string, eventSource: string, more: object = {}) => ({
  eventTime: '-PT2H',
  eventName,
  eventSource,
  sourceIPAddress: '198.51.100.7',
  userIdentity: { type: 'IAMUser', userName: 'ci-deploy', accessKeyId: KEY },
  ...more,
});

let under: AccountUnderTest;
afterEach(() => under.close());

test('sessions that are open lose everything, new ones and the user’s own key do not', async () => {
  under = await AccountUnderTest.start(seed);
  const minute = 60_000;
  const open = under.credentialsOf(WEB, 'intruder');
  const list = (credentials: Parameters<AccountUnderTest['open']>[0]) =>
    under
      .open(credentials, [ListAccessKeysCommand], 'read')
      .send(new ListAccessKeysCommand({ UserName: 'ci-deploy' }));
  await list(open);

  const { planned } = await planCase(revokeSessions, { target: target('role', 'web') }, under);
  const session = await under.session(revokeSessions, planned);
  const intentAt = new Date(under.cloud.now().getTime() + minute);
  await revokeSessions.execute(planned, session, execution(intentAt));
  await expect(list(open)).rejects.toThrow('explicit deny');

  await revokeSessions.execute(planned, session, execution(new Date(under.cloud.now().getTime() - minute)));
  await list(under.credentialsOf(WEB, 'new'));
});

test('a policy that somebody changed is not done', async () => {
  under = await AccountUnderTest.start(seed);
  const { planned } = await planCase(revokeSessions, { target: target('role', 'web') }, under);
  const session = await under.session(revokeSessions, planned);
  await revokeSessions.execute(planned, session, execution());
  const { inlinePolicies = {} } = under.cloud.account(ACCOUNT).iam.roles.web ?? {};
  const name = Object.keys(inlinePolicies).find((one) => one.startsWith('SallyportRevokeSessions-')) ?? '';
  inlinePolicies[name] = JSON.stringify(read);
  expect((await revokeSessions.verify(planned, session, execution())).status).toBe('not-done');
});

test('two plans that revoke the same role do not undo each other', async () => {
  under = await AccountUnderTest.start(seed);
  const { planned } = await planCase(revokeSessions, { target: target('role', 'web') }, under);
  const session = await under.session(revokeSessions, planned);
  const second = { ...execution(), manifestHash: 'b'.repeat(64) };
  await revokeSessions.execute(planned, session, execution());
  await revokeSessions.execute(planned, session, second);
  await revokeSessions.rollback(planned, session, execution());
  expect((await revokeSessions.verify(planned, session, second)).status).toBe('done');
});

test.each([
  ['a service-linked role', 'role', 'AWSServiceRoleForSupport', 'linked to an AWS service'],
  [
    'a role of IAM Identity Center',
    'role',
    'AWSReservedSSO_Admin_0123456789abcdef',
    'Identity Center manages it',
  ],
] as const)('%s is not ours to change', async (_, kind, id, reason) => {
  under = await AccountUnderTest.start(seed);
  const answer = planCase(revokeSessions, { target: target(kind, id) }, under);
  await expect(answer).rejects.toBeInstanceOf(NotOursError);
  await expect(answer).rejects.toThrow(reason);
});

test('a role that only bears the name of one of IAM Identity Center is contained', async () => {
  under = await AccountUnderTest.start(seed);
  const impostor = target('role', 'AWSReservedSSO_Fake_0123456789abcdef');
  const { planned } = await planCase(revokeSessions, { target: impostor }, under);
  expect(planned.change).toContain('AWSReservedSSO_Fake_0123456789abcdef');
});

test.each(['role', 'user'] as const)('a %s that is gone is not found', async (kind) => {
  under = await AccountUnderTest.start(seed);
  const answer = planCase(revokeSessions, { target: target(kind, 'nobody') }, under);
  await expect(answer).rejects.toMatchObject({ name: 'TargetNotFoundError', target: `${kind} nobody` });
});

test('a key’s blast radius is what it did in the last day, in every region that records it', async () => {
  under = await AccountUnderTest.start(seed, [
    stolen('RunInstances', 'ec2.amazonaws.com'),
    stolen('CreateUser', 'iam.amazonaws.com', { errorCode: 'AccessDenied' }),
    stolen('ListUsers', 'iam.amazonaws.com'),
    stolen('DescribeInstances', 'ec2.amazonaws.com', { eventTime: '-P2D' }),
  ]);
  const { answer, planned } = await planCase(
    deactivateAccessKey,
    { target: target('access-key', KEY) },
    under,
  );
  expect(answer.blastRadius.map(({ what, count }) => [what, count])).toEqual([
    ['successful calls in the last 24 h', 2],
    ['services used in the last 24 h: ec2, iam', 2],
    ['credentials that called in the last 24 h: 1 access key(s), 0 session(s)', 1],
    ['addresses that called in the last 24 h: 198.51.100.7', 1],
  ]);
  expect(planned.protectedTarget).toBe(true);
});

test('the sessions that a key opened are counted: they live on when it is deactivated', async () => {
  const opened = (accessKeyId: string) => ({
    responseElements: { credentials: { accessKeyId, expiration: 'Nov 21, 2026, 1:00:00 PM' } },
  });
  under = await AccountUnderTest.start(seed, [
    stolen('AssumeRole', 'sts.amazonaws.com', opened('ASIAONE0000000000000')),
    stolen('GetSessionToken', 'sts.amazonaws.com', opened('ASIATWO0000000000000')),
    stolen('AssumeRole', 'sts.amazonaws.com', { errorCode: 'AccessDenied' }),
  ]);
  const { answer } = await planCase(deactivateAccessKey, { target: target('access-key', KEY) }, under);
  expect(answer.blastRadius.find(({ what }) => what.startsWith('sessions that it opened'))?.count).toBe(2);
});

test('a history that does not end counts as unknown', async () => {
  const many = Array.from({ length: 250 }, () => stolen('RunInstances', 'ec2.amazonaws.com'));
  under = await AccountUnderTest.start(seed, many);
  const { answer } = await planCase(deactivateAccessKey, { target: target('access-key', KEY) }, under);
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([null, null, null, null]);
});

test.each([
  [
    'AKIAMISSING00000000A',
    'TargetNotFoundError',
    'access key AKIAMISSING00000000A does not exist, or no longer does',
  ],
  [
    'ASIASESSION00000000A',
    'NotOursError',
    'access key ASIASESSION00000000A is not ours to change: it belongs to a session and cannot be deactivated; revoke the sessions of its role or user instead',
  ],
])('key %s cannot be deactivated', async (id, name, message) => {
  under = await AccountUnderTest.start(seed);
  const answer = planCase(deactivateAccessKey, { target: target('access-key', id) }, under);
  await expect(answer).rejects.toMatchObject({ name, message });
});

test('of two keys the one that is named counts, whatever the other is', async () => {
  under = await AccountUnderTest.start(seed);
  const other = { accessKeyId: 'AKIASECOND000000000A', status: 'Inactive' } as const;
  const [key] = under.cloud.account(ACCOUNT).iam.users['ci-deploy']?.accessKeys ?? [];
  under.cloud.account(ACCOUNT).iam.users['ci-deploy']?.accessKeys.unshift({ ...key, ...other } as never);
  const { planned } = await planCase(deactivateAccessKey, { target: target('access-key', KEY) }, under);
  expect(planned.before.status).toBe('Active');
  const session = await under.session(deactivateAccessKey, planned);
  expect((await deactivateAccessKey.verify(planned, session, execution())).status).toBe('not-done');
});

test('a key that its owner deleted since can no longer be used, which is what matters', async () => {
  under = await AccountUnderTest.start(seed);
  const { planned } = await planCase(deactivateAccessKey, { target: target('access-key', KEY) }, under);
  const session = await under.session(deactivateAccessKey, planned);
  under.cloud.account(ACCOUNT).iam.users['ci-deploy']?.accessKeys.splice(0);
  expect(await deactivateAccessKey.verify(planned, session, execution())).toEqual({
    status: 'done',
    observed: 'the key no longer exists',
  });
});

function execution(intentAt = new Date('2026-11-21T03:04:05Z')): Execution {
  return { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt };
}

test('a policy of our name that is not ours is neither overwritten nor deleted', async () => {
  under = await AccountUnderTest.start(seed);
  const { planned } = await planCase(revokeSessions, { target: target('role', 'web') }, under);
  const session = await under.session(revokeSessions, planned);
  await revokeSessions.execute(planned, session, execution());
  const policies = under.cloud.account(ACCOUNT).iam.roles.web?.inlinePolicies ?? {};
  const ours = Object.keys(policies).find((name) => name.startsWith('SallyportRevokeSessions')) ?? '';
  const foreign = (policies[ours] ?? '').replace('"Action":"*"', '"Action":"s3:*"');
  policies[ours] = foreign;
  const refused = { name: 'NotOursError', message: expect.stringContaining(`policy ${ours} of role web`) };
  await expect(revokeSessions.execute(planned, session, execution())).rejects.toMatchObject(refused);
  await expect(revokeSessions.rollback(planned, session, execution())).rejects.toMatchObject(refused);
  expect(policies[ours]).toBe(foreign);
});

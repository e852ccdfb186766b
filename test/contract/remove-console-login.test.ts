import { CreateLoginProfileCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterEach, expect, test } from 'vitest';
import { removeConsoleLogin } from '../../functions/actions/remove-console-login.ts';
import type { Execution } from '../../functions/core/account.ts';
import { CannotRestoreError, TargetNotFoundError } from '../../functions/core/errors.ts';
import { returnsSecrets } from '../../functions/core/operation.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { callOf } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const ADMIN = 'AKIAADMIN0000000000A';
const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const admin = {
  userName: 'admin',
  accessKeys: [{ accessKeyId: ADMIN }],
  attachedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
};
const bob = { userName: 'bob', path: '/people/', loginProfile: { createDate: '-P80D' } };

let under: AccountUnderTest;
afterEach(() => under.close());

async function prepare(more: object = {}, activity: readonly object[] = []) {
  under = await AccountUnderTest.start({ iam: { users: [admin, { ...bob, ...more }] } }, activity);
  const { planned, answer } = await planCase(removeConsoleLogin, { target: target('user', 'bob') }, under);
  return { planned, answer, session: await under.session(removeConsoleLogin, planned) };
}

function newPassword() {
  const credentials = { accessKeyId: ADMIN, secretAccessKey: 'any' };
  const set = { UserName: 'bob', Password: 'correct horse battery', PasswordResetRequired: true };
  return new IAMClient({ region: REGION, credentials }).send(new CreateLoginProfileCommand(set));
}

const profile = () => under.cloud.account(ACCOUNT).iam.users.bob?.loginProfile;

test('rollback invents no password: it says what a person must do, and is done when that was done', async () => {
  const { planned, session } = await prepare();
  await removeConsoleLogin.execute(planned, session, execution);
  const undone = removeConsoleLogin.rollback(planned, session, execution);
  await expect(undone).rejects.toBeInstanceOf(CannotRestoreError);
  await expect(undone).rejects.toThrow('an administrator sets a new one');
  expect(profile()).toBeUndefined();

  await newPassword();
  await removeConsoleLogin.rollback(planned, session, execution);
  expect((await removeConsoleLogin.verify(planned, session, execution)).status).toBe('not-done');
});

test('its role could not set a password either', async () => {
  const { session } = await prepare();
  const set = new CreateLoginProfileCommand({ UserName: 'bob', Password: 'any' });
  await expect(session.send(set)).rejects.toThrow('refused');
  expect(removeConsoleLogin.permissions.flatMap(({ actions }) => actions)).not.toContain(
    'iam:CreateLoginProfile',
  );
  expect(returnsSecrets('iam:CreateLoginProfile')).toBe(true);
});

test('that the password cannot be restored is declared, so that people always decide', async () => {
  const { answer } = await prepare();
  expect(answer.cannotRestore).toEqual([expect.stringContaining('the password')]);
});

test('a password that was set since is not the one that people approved to delete', async () => {
  const { planned, session } = await prepare();
  await removeConsoleLogin.execute(planned, session, execution);
  await newPassword();
  await removeConsoleLogin.execute(planned, session, execution);
  expect(profile()).toMatchObject({ passwordResetRequired: true });
  const now = under.cloud.now().toISOString();
  expect(await removeConsoleLogin.verify(planned, session, execution)).toEqual({
    status: 'not-done',
    observed: `the user has a console password since ${now}`,
  });
});

test('a user without a console password is nothing to act on, nor is one that does not exist', async () => {
  await prepare();
  const plan = (id: string) => planCase(removeConsoleLogin, { target: target('user', id) }, under);
  await expect(plan('admin')).rejects.toThrow('the console password of user admin does not exist');
  await expect(plan('admin')).rejects.toBeInstanceOf(TargetNotFoundError);
  await expect(plan('nobody')).rejects.toBeInstanceOf(TargetNotFoundError);
});

test('a password that somebody else deletes at that moment is gone, which is what was asked for', async () => {
  under = await AccountUnderTest.start({ iam: { users: [bob] } }, [], ({ operation }) => {
    const user = under.cloud.account(ACCOUNT).iam.users.bob;
    if (operation === 'DeleteLoginProfile' && user) user.loginProfile = undefined;
  });
  const { planned } = await planCase(removeConsoleLogin, { target: target('user', 'bob') }, under);
  const session = await under.session(removeConsoleLogin, planned);
  await removeConsoleLogin.execute(planned, session, execution);
  expect((await removeConsoleLogin.verify(planned, session, execution)).status).toBe('done');
});

test('a user that was deleted since can no longer sign in', async () => {
  const { planned, session } = await prepare({ path: '/' });
  delete under.cloud.account(ACCOUNT).iam.users.bob;
  await removeConsoleLogin.execute(planned, session, execution);
  expect((await removeConsoleLogin.verify(planned, session, execution)).status).toBe('done');
});

test.each([
  ['-PT23H', 1],
  ['-PT25H', 0],
])('a password last used %s ago counts %i', async (passwordLastUsed, count) => {
  const { answer } = await prepare({ passwordLastUsed });
  expect(answer.blastRadius[0]).toMatchObject({
    what: 'passwords that signed in within the last 24 h',
    count,
  });
});

test('calls with keys go on, so only those from the console are counted', async () => {
  const { answer } = await prepare({}, [
    callOf('bob'),
    callOf('bob', { sessionCredentialFromConsole: 'true', eventSource: 's3.amazonaws.com' }),
  ]);
  expect(answer.blastRadius.map(({ what, count }) => [what, count])).toEqual([
    ['passwords that signed in within the last 24 h', 0],
    ['successful calls from the console in the last 24 h', 1],
    ['services used from the console in the last 24 h: s3', 1],
    ['credentials that called from the console in the last 24 h: 1 access key(s), 0 session(s)', 1],
    ['addresses that called from the console in the last 24 h: 198.51.100.7', 1],
  ]);
});

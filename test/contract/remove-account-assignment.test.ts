import { afterEach, expect, test } from 'vitest';
import { removeAccountAssignment } from '../../functions/actions/remove-account-assignment/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AwsError, type CallRecord } from '../../sandbox/wire/service.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import {
  ADMIN,
  ADMINS,
  ALICE,
  assigned,
  BOB,
  callOfSession,
  identityCenter,
  KEY,
  ROLE,
} from './cases/identity-center-seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const group = { principalType: 'GROUP' };
const inAdmins = [{ userId: ALICE, userName: 'alice@example.com', groups: [ADMINS] }];

let under: AccountUnderTest;
afterEach(() => under.close());

interface Situation {
  readonly center?: object;
  readonly calls?: readonly object[];
  readonly key?: string;
  readonly sabotage?: (record: CallRecord) => void;
}

async function plan({ center, calls = [callOfSession()], key = KEY, sabotage }: Situation = {}) {
  under = await AccountUnderTest.start(identityCenter(center), calls, sabotage);
  return planCase(removeAccountAssignment, { target: target('access-key', key) }, under);
}

async function prepare(situation?: Situation) {
  const { planned } = await plan(situation);
  const session = await under.session(removeAccountAssignment, planned);
  return {
    execute: () => removeAccountAssignment.execute(planned, session, execution),
    verify: () => removeAccountAssignment.verify(planned, session, execution),
    rollback: () => removeAccountAssignment.rollback(planned, session, execution),
  };
}

const center = () => {
  const found = under.cloud.region(ACCOUNT, REGION).identityCenter;
  if (!found) throw new Error('the Identity Center is gone');
  return found;
};
const admins = () =>
  center()
    .assignments.filter((one) => one.permissionSetArn === ADMIN && one.account === ACCOUNT)
    .map(({ principalId }) => principalId);
const calls = (name: string) => under.calls.filter(({ operation }) => operation === name).length;

test('whose session it is comes from CloudTrail, and who else has the permission set keeps it', async () => {
  const { execute } = await prepare({ calls: [callOfSession(), callOfSession('alice@example.com')] });
  await execute();
  expect(admins()).toEqual([BOB]);
});

test('the plan counts the session’s calls of the last day, and says what stays', async () => {
  const old = callOfSession('alice@example.com', { eventTime: '-P2D' });
  const { answer } = await plan({ calls: [callOfSession(), old] });
  expect(answer.blastRadius[0]).toMatchObject({
    what: 'successful calls by this session in the last 24 h',
    count: 1,
  });
  expect(answer.change).toContain('Sessions that are open live on');
  expect(answer.cannotRestore).toEqual([]);
});

test('the last assignment takes the role with it, and the plan says so', async () => {
  const { answer } = await plan({ center: { assignments: [assigned(ALICE)] } });
  expect(answer.cannotRestore).toEqual([expect.stringContaining('its last assignment in the account')]);
});

test.each([
  ['no call of the key', [], 'TargetNotFoundError', 'a call of access key'],
  [
    'a role that only looks like AWS’s, under a user’s name',
    [callOfSession('alice@example.com', {}, ROLE, '/')],
    'NotOursError',
    'did not give it out',
  ],
  [
    'another path that only looks like AWS’s',
    [callOfSession('alice@example.com', {}, ROLE, '/x/aws-reserved/sso.amazonaws.com/eu-west-1/')],
    'NotOursError',
    'did not give it out',
  ],
  ['a role of ours', [callOfSession('alice', {}, 'deploy', '/ci/')], 'NotOursError', 'did not give it out'],
  [
    'a name that may be cut off',
    [callOfSession('a'.repeat(64))],
    'WrongStateError',
    'does not give the user',
  ],
  ['nobody in the directory', [callOfSession('mallory')], 'TargetNotFoundError', 'user mallory'],
  ['the beginning of a name', [callOfSession('alice')], 'TargetNotFoundError', 'user alice'],
  [
    'a permission set that is gone',
    [callOfSession('alice@example.com', {}, 'AWSReservedSSO_Gone_0123456789abcdef')],
    'TargetNotFoundError',
    'permission set Gone',
  ],
])('%s gets no plan', async (_, records, name, words) => {
  await expect(plan({ calls: records })).rejects.toMatchObject({
    name,
    message: expect.stringContaining(words),
  });
});

test('a session in another account gets no plan', async () => {
  const text = JSON.stringify(callOfSession()).replaceAll(ACCOUNT, '444455556666');
  await expect(plan({ calls: [JSON.parse(text) as object] })).rejects.toMatchObject({
    name: 'NotOursError',
    message: 'access key ASIASESSION000000000 is not ours to change: it is a session in another account',
  });
});

test.each([
  ['administered elsewhere', { administers: false }, 'WrongStateError', 'not one that administers'],
  [
    'a group of the user’s gives it',
    { users: inAdmins, assignments: [assigned(ADMINS, group)] },
    'WrongStateError',
    'take the user out of the group',
  ],
  [
    'a group gives it as well',
    { users: inAdmins, assignments: [assigned(ALICE), assigned(ADMINS, group)] },
    'WrongStateError',
    'take the user out of the group',
  ],
  ['nobody gives it', { assignments: [assigned(BOB)] }, 'NothingToDoError', 'is not assigned'],
])('%s: no plan, in words', async (_, fields, name, words) => {
  await expect(plan({ center: fields })).rejects.toMatchObject({
    name,
    message: expect.stringContaining(words),
  });
});

test('without an Identity Center in the region of the role there is no plan', async () => {
  under = await AccountUnderTest.start({}, [callOfSession()]);
  const planning = planCase(removeAccountAssignment, { target: target('access-key', KEY) }, under);
  await expect(planning).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'account 111122223333 is one that sees no instance of IAM Identity Center in eu-west-1: remove the assignment in the account that administers Identity Center',
  });
});

test('a deletion that takes its time is waited for, and asked for once', async () => {
  const { execute, verify, rollback } = await prepare({ center: { polls: 5 } });
  await execute();
  await expect(verify()).rejects.toMatchObject({
    name: 'NotYetError',
    message:
      'the assignment of permission set Admin to user alice@example.com in account 111122223333 is still being changed; the same change is tried again',
    $retryable: {},
  });
  await execute();
  await expect(rollback()).rejects.toMatchObject({
    name: 'NotYetError',
    message:
      'the assignment of permission set Admin to user alice@example.com in account 111122223333 is still being deleted; the same change is tried again',
  });
  expect(await verify()).toMatchObject({ status: 'done' });
  expect(calls('DeleteAccountAssignment')).toBe(1);
});

test('giving it back that takes its time is waited for, and asked for once', async () => {
  const { execute, verify, rollback } = await prepare();
  await execute();
  Object.assign(center(), { polls: 4 });
  await rollback();
  await expect(verify()).rejects.toMatchObject({ name: 'NotYetError' });
  await rollback();
  expect(await verify()).toMatchObject({ status: 'not-done' });
  expect(admins()).toEqual([ALICE, BOB]);
  expect(calls('CreateAccountAssignment')).toBe(1);
});

test('another person’s change that is under way is not waited for', async () => {
  const { execute, verify } = await prepare();
  await execute();
  under.cloud.state.assignmentRequests = {
    other: {
      requestId: 'other',
      instanceArn: center().instanceArn,
      kind: 'deletion',
      assignment: { ...assigned(BOB), principalType: 'USER' },
      createdAt: new Date().toISOString(),
      status: 'IN_PROGRESS',
      polls: 9,
    },
  };
  expect(await verify()).toMatchObject({ status: 'done' });
});

test('a change that fails in the background is said to have failed, with AWS’s reason', async () => {
  const { execute, verify } = await prepare({ center: { fails: true } });
  await expect(execute()).rejects.toMatchObject({
    name: 'WrongStateError',
    message: expect.stringContaining('FAILED'),
  });
  expect(await verify()).toMatchObject({ status: 'not-done' });
});

test('a change that fails later is not done', async () => {
  const { execute, verify } = await prepare({ center: { fails: true, polls: 2 } });
  await execute();
  expect(await verify()).toMatchObject({ status: 'not-done' });
});

test.each(['DeleteAccountAssignment', 'CreateAccountAssignment'])(
  '%s that meets another change of the same assignment is tried again',
  async (operation) => {
    const { execute, rollback } = await prepare({
      sabotage(record) {
        if (record.operation === operation) throw new AwsError('ConflictException', 'busy');
      },
    });
    const first = execute();
    const conflicting = operation.startsWith('Delete') ? first : first.then(rollback);
    await expect(conflicting).rejects.toMatchObject({ name: 'NotYetError', $retryable: {} });
  },
);

test('a user who was deleted since is done, and cannot be given it back', async () => {
  const { execute, verify, rollback } = await prepare();
  await execute();
  delete center().users[ALICE];
  expect(await verify()).toMatchObject({ status: 'done' });
  await expect(rollback()).rejects.toMatchObject({ name: 'TargetNotFoundError' });
});

test('a permission set that was deleted since is done', async () => {
  const { execute, verify } = await prepare();
  delete center().permissionSets[ADMIN];
  await execute();
  expect(await verify()).toMatchObject({ status: 'done' });
});

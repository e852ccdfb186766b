import { afterEach, expect, test } from 'vitest';
import { cancelKeyDeletion } from '../../functions/actions/cancel-key-deletion/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import type { KeyState } from '../../sandbox/account/kms/state.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { KEY } from './cases/cancel-key-deletion.ts';
import { planCase } from './planning.ts';

const DAY = 86_400_000;
const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(change: object = {}, id = KEY) {
  const keys = [{ keyId: KEY, deletion: { scheduled: '-P3D', pendingWindowInDays: 30 }, ...change }];
  under = await AccountUnderTest.start({ kms: { keys } });
  return planCase(cancelKeyDeletion, { target: target('key', id) }, under);
}

async function planned(change: object = {}) {
  const { planned: step } = await plan(change);
  return { step, session: await under.session(cancelKeyDeletion, step) };
}

const key = () => under.cloud.region(ACCOUNT, REGION).kms.keys[KEY] as KeyState;
const daysUntilDeletion = () =>
  Math.round((Date.parse(key().deletionDate ?? '') - under.cloud.now().getTime()) / DAY);

test.each(['Enabled', 'Disabled', 'PendingImport'])(
  'a key that is %s has no deletion to cancel',
  async (keyState) => {
    await expect(plan({ keyState, deletion: undefined })).rejects.toMatchObject({
      name: 'NothingToDoError',
      target: 'key 0a000000-0000-4000-8000-000000000001',
      message: `key ${KEY} already is not on its way into deletion (${keyState}): there is nothing to do`,
    });
  },
);

test.each([
  ['a key that does not exist', '0c000000-0000-4000-8000-000000000001'],
  ['an alias', 'alias/orders'],
  ['the ARN of another account’s key', `arn:aws:kms:${REGION}:999988887777:key/${KEY}`],
  ['nothing', ''],
])('%s is not found', async (_, id) => {
  await expect(plan({}, id)).rejects.toMatchObject({ name: 'TargetNotFoundError', target: `key ${id}` });
  expect(
    under.calls.every(({ errorCode }) => errorCode === undefined || errorCode === 'NotFoundException'),
  ).toBe(true);
});

test('a key that AWS manages is not ours', async () => {
  await expect(plan({ keyManager: 'AWS' })).rejects.toMatchObject({
    name: 'NotOursError',
    message:
      'key 0a000000-0000-4000-8000-000000000001 is not ours to change: AWS manages it, and deletes it itself',
  });
});

test('a key whose policy shuts the account out is for whomever the policy names', async () => {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/mallory` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
  await expect(plan({ policy })).rejects.toMatchObject({
    name: 'NotOursError',
    message:
      "key 0a000000-0000-4000-8000-000000000001 is not ours to change: its key policy does not let the account's IAM policies decide; whomever the policy names must act",
  });
});

test.each([
  ['-P3D', 30, 27],
  ['-PT1H', 30, 30],
  ['-P6D', 7, 7],
  ['-P12DT1H', 30, 18],
])(
  'a deletion scheduled %s, for %i days, gets %i days again',
  async (scheduled, pendingWindowInDays, days) => {
    const { step, session } = await planned({ deletion: { scheduled, pendingWindowInDays } });
    await cancelKeyDeletion.execute(step, session, execution);
    expect(key().keyState).toBe('Enabled');
    await cancelKeyDeletion.rollback(step, session, execution);
    expect([key().keyState, daysUntilDeletion()]).toEqual(['PendingDeletion', days]);
  },
);

test('a deletion that somebody scheduled anew since keeps its date', async () => {
  const { step, session } = await planned();
  await cancelKeyDeletion.execute(step, session, execution);
  const theirs = new Date(under.cloud.now().getTime() + 9 * DAY).toISOString();
  Object.assign(key(), { keyState: 'PendingDeletion', deletionDate: theirs });
  await cancelKeyDeletion.rollback(step, session, execution);
  expect(key().deletionDate).toBe(theirs);
});

test('another date of deletion is another state', async () => {
  const { planned: first } = await plan();
  await under.close();
  const { planned: second } = await plan({ deletion: { scheduled: '-P4D', pendingWindowInDays: 30 } });
  expect(second.before).not.toEqual(first.before);
});

test('a key without its imported material comes back, but is not done', async () => {
  const { step, session } = await planned({ materialMissing: true });
  await cancelKeyDeletion.execute(step, session, execution);
  expect(await cancelKeyDeletion.verify(step, session, execution)).toEqual({
    status: 'not-done',
    observed: 'the key is PendingImport',
  });
  await cancelKeyDeletion.rollback(step, session, execution);
  expect(key().keyState).toBe('PendingDeletion');
});

test('a key that is gone cannot be brought back, and says so', async () => {
  const { step, session } = await planned();
  delete under.cloud.region(ACCOUNT, REGION).kms.keys[KEY];
  await expect(cancelKeyDeletion.execute(step, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'key 0a000000-0000-4000-8000-000000000001 does not exist, or no longer does',
  });
  expect(await cancelKeyDeletion.verify(step, session, execution)).toEqual({
    status: 'not-done',
    observed: 'the key no longer exists',
  });
  await expect(cancelKeyDeletion.rollback(step, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'key 0a000000-0000-4000-8000-000000000001 does not exist, or no longer does',
  });
});

test('the reserved tag protects', async () => {
  expect((await plan({ tags: { 'sallyport:protected': '' } })).answer.protectedTarget).toBe(true);
  await under.close();
  expect((await plan({ tags: { Name: 'sallyport:protected' } })).answer.protectedTarget).toBe(false);
});

import { afterEach, expect, test } from 'vitest';
import { rotateSecret } from '../../functions/actions/rotate-secret/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import type { SecretState } from '../../sandbox/account/secretsmanager/state.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { CURRENT, FUNCTION } from './cases/rotate-secret.ts';
import { planCase } from './planning.ts';

const OWN = 'a'.repeat(64);
const THEIRS = 'b'.repeat(64);
const execution: Execution = { incident: INCIDENT, manifestHash: OWN, intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(change: object = {}, id = 'orders-AbCdEf') {
  const secrets = [
    { name: 'orders', rotationLambdaArn: FUNCTION, current: CURRENT, ...change },
    { name: 'orders-AbCdEf-old', rotationLambdaArn: FUNCTION },
  ];
  under = await AccountUnderTest.start({ secretsmanager: { secrets } });
  return planCase(rotateSecret, { target: target('secret', id) }, under);
}

async function planned(change: object = {}) {
  const { planned: step } = await plan(change);
  return { step, session: await under.session(rotateSecret, step) };
}

const secret = () => under.cloud.region(ACCOUNT, REGION).secretsmanager.secrets.orders as SecretState;
const made = (name: string) => under.calls.filter(({ operation }) => operation === name);

test.each([
  ['without a function', { rotationLambdaArn: undefined }, 'without automatic rotation'],
  ['whose rotation is switched off', { rotationEnabled: false }, 'without automatic rotation'],
  ['that an AWS service manages', { owningService: 'rds' }, 'managed by an AWS service'],
  ['that is a replica', { primaryRegion: 'us-east-1' }, 'a replica'],
  ['that is being deleted', { deletedDate: '-P1D' }, 'on its way into deletion'],
  ['that is being rotated', { pending: THEIRS }, 'in the middle of a rotation'],
])('a secret %s cannot be rotated', async (_, change, words) => {
  await expect(plan(change)).rejects.toMatchObject({
    name: 'WrongStateError',
    target: 'secret orders-AbCdEf',
    message: expect.stringContaining(`secret orders-AbCdEf is ${words}: `),
  });
});

test('the primary of a secret with replicas is rotated', async () => {
  expect((await plan({ primaryRegion: REGION })).planned.before).toMatchObject({ current: CURRENT });
});

test.each([
  ['another account', FUNCTION.replace(ACCOUNT, '999988887777')],
  ['another region', FUNCTION.replace(REGION, 'us-east-1')],
  ['nowhere', 'rotate-orders'],
])('a function of %s is not handed the new value', async (_, rotationLambdaArn) => {
  await expect(plan({ rotationLambdaArn })).rejects.toMatchObject({ name: 'NotOursError' });
});

test.each([
  ['does not exist', 'payments-AbCdEf'],
  ['is only how another begins', 'order'],
  ['is a pattern', 'orders-??????'],
  ['is nothing', ''],
  ['is another account’s ARN', `arn:aws:secretsmanager:${REGION}:999988887777:secret:orders-AbCdEf`],
])('what %s is not found', async (_, id) => {
  await expect(plan({}, id)).rejects.toMatchObject({ name: 'TargetNotFoundError', target: `secret ${id}` });
});

test('a name without its six characters means one secret, by its full ARN from then on', async () => {
  const { planned: step } = await plan({}, 'orders');
  expect(step.target.arn).toBe(`arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:orders-AbCdEf`);
});

test('the value is never asked for', async () => {
  const { step, session } = await planned();
  await rotateSecret.execute(step, session, execution);
  await rotateSecret.rollback(step, session, execution);
  const names = new Set(under.calls.map(({ operation }) => operation));
  expect([...names].sort()).toEqual([
    'AssumeRole',
    'DescribeSecret',
    'RotateSecret',
    'UpdateSecretVersionStage',
  ]);
});

test.each([
  ['today', '-PT2H', 1],
  ['last week', '-P7D', 0],
  ['never', undefined, 0],
])('that it was read %s is said', async (_, lastAccessedDate, count) => {
  const { answer } = await plan({ lastAccessedDate });
  expect(answer.blastRadius[0]?.count).toBe(count);
});

test('the version in force becomes the one before, and the undo changes places', async () => {
  const { step, session } = await planned();
  await rotateSecret.execute(step, session, execution);
  expect(secret().versions).toEqual({ [CURRENT]: ['AWSPREVIOUS'], [OWN]: ['AWSCURRENT'] });
  await rotateSecret.rollback(step, session, execution);
  expect(secret().versions).toEqual({ [CURRENT]: ['AWSCURRENT'], [OWN]: ['AWSPREVIOUS'] });
});

test('a rotation that is under way is neither done nor begun again nor undone', async () => {
  const { step, session } = await planned();
  secret().versions = { [CURRENT]: ['AWSCURRENT'], [OWN]: ['AWSPENDING'] };
  await rotateSecret.execute(step, session, execution);
  expect(made('RotateSecret')).toEqual([]);
  for (const name of ['verify', 'rollback'] as const)
    await expect(rotateSecret[name](step, session, execution)).rejects.toMatchObject({
      name: 'NotYetError',
      message: 'secret orders-AbCdEf is still being rotated; the same change is tried again',
      $retryable: {},
    });
});

test('what somebody else has rotated since the plan is not rotated again, and stays', async () => {
  const { step, session } = await planned();
  secret().versions = { [CURRENT]: ['AWSPREVIOUS'], [THEIRS]: ['AWSCURRENT'] };
  await rotateSecret.execute(step, session, execution);
  expect(made('RotateSecret')).toEqual([]);
  expect((await rotateSecret.verify(step, session, execution)).status).toBe('done');
  await expect(rotateSecret.rollback(step, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message: 'secret orders-AbCdEf is at a version that is not ours: somebody rotated it since; that stays',
  });
  expect(secret().versions[THEIRS]).toEqual(['AWSCURRENT']);
});

test('a rotation that somebody else has begun since is named', async () => {
  const { step, session } = await planned();
  secret().versions = { [CURRENT]: ['AWSCURRENT'], [THEIRS]: ['AWSPENDING'] };
  await expect(rotateSecret.execute(step, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'secret orders-AbCdEf is in the middle of a rotation: wait until that is over; if it failed, its function needs repair first',
  });
});

test('an old version that is gone is for a person to replace, and counts as undone then', async () => {
  const { step, session } = await planned();
  await rotateSecret.execute(step, session, execution);
  secret().versions = { [OWN]: ['AWSCURRENT'] };
  await expect(rotateSecret.rollback(step, session, execution)).rejects.toMatchObject({
    name: 'CannotRestoreError',
    message:
      'version 0a000000-0000-4000-8000-0000000000c0 of secret orders-AbCdEf cannot be restored: Secrets Manager no longer has it; set a value by hand, there and in what it opens, then ask for the rollback again',
  });
  secret().versions = { [OWN]: ['AWSPREVIOUS'], [THEIRS]: ['AWSCURRENT'] };
  await rotateSecret.rollback(step, session, execution);
  expect(secret().versions[THEIRS]).toEqual(['AWSCURRENT']);
});

test('a secret that was deleted since opens nothing, and cannot be given back', async () => {
  const { step, session } = await planned();
  delete under.cloud.region(ACCOUNT, REGION).secretsmanager.secrets.orders;
  expect((await rotateSecret.verify(step, session, execution)).status).toBe('done');
  for (const name of ['execute', 'rollback'] as const)
    await expect(rotateSecret[name](step, session, execution)).rejects.toMatchObject({
      name: 'TargetNotFoundError',
      message: 'secret orders-AbCdEf does not exist, or no longer does',
    });
});

test('the reserved tag protects', async () => {
  expect((await plan({ tags: { 'sallyport:protected': '' } })).answer.protectedTarget).toBe(true);
  await under.close();
  expect((await plan({ tags: { Name: 'sallyport:protected' } })).answer.protectedTarget).toBe(false);
});

import { afterEach, expect, test } from 'vitest';
import { blockAccountPublicAccess } from '../../functions/actions/block-account-public-access/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import type { S3State } from '../../sandbox/account/s3/state.ts';
import { AwsError, type CallRecord } from '../../sandbox/wire/service.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, target } from './action-case.ts';
import { bucket } from './cases/bucket-partner.ts';
import { buckets, everything, OTHER, OTHER_ACCOUNT, policyOf, reading } from './cases/buckets.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(seed: object = buckets(), id = ACCOUNT) {
  under = await AccountUnderTest.start(seed);
  return planCase(blockAccountPublicAccess, { target: target('account', id) }, under);
}

const state = () => under.cloud.account(ACCOUNT).s3 as S3State;
const counts = ({ answer }: Awaited<ReturnType<typeof plan>>) => answer.blastRadius.map(({ count }) => count);

test.each([OTHER_ACCOUNT, 'root', '*', ''])('account %s is not the one that is open', async (id) => {
  await expect(plan(buckets(), id)).rejects.toMatchObject({
    name: 'NotOursError',
    message: `account ${id} is not ours to change: it is not account ${ACCOUNT}, in which this incident is handled`,
  });
});

test('an account that blocks everything needs nothing', async () => {
  await expect(plan(buckets({}, { publicAccessBlock: everything }))).rejects.toMatchObject({
    name: 'NothingToDoError',
    message: 'account 111122223333 already blocks all public access: there is nothing to do',
  });
});

test('an account without any bucket can be protected as well', async () => {
  const made = await plan({});
  expect(counts(made)).toEqual([0, 0, 0, null]);
  expect(made.planned.before).toEqual({ settings: null });
});

test('every region’s buckets are counted: public policies and websites', async () => {
  const seed = buckets({ region: 'us-east-1', website: true, policy: policyOf(reading('*')) });
  expect(counts(await plan(seed))).toEqual([2, 2, 1, null]);
});

test('one bucket that keeps the role out makes the count unknown, not the plan fail', async () => {
  const all = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::shop-assets` };
  expect(counts(await plan(buckets({ policy: policyOf(all) })))).toEqual([2, null, null, null]);
});

async function planWith(buckets: number) {
  // Two buckets, each asked once.
  await plan();
  for (let index = 2; index < buckets; index += 1) state().buckets[`more-${index}`] = bucket(`more-${index}`);
  return planCase(blockAccountPublicAccess, { target: target('account', ACCOUNT) }, under);
}

const asked = () => under.calls.filter(({ operation }) => operation === 'GetBucketWebsite').length;

test('fifty buckets are asked, each once', async () => {
  expect(counts(await planWith(50))).toEqual([50, 1, 0, null]);
  expect(asked()).toBe(2 + 50);
});

test('too many buckets are counted, but not asked', async () => {
  const many = await planWith(51);
  expect(counts(many)).toEqual([51, null, null, null]);
  expect(many.answer.blastRadius[1]?.evidence).toBe('not available: more than 50 buckets are not asked');
  expect(asked()).toBe(2);
});

test('what does not fit on one page of buckets is not counted', async () => {
  expect(counts(await planWith(1001))).toEqual([null, null, null, null]);
});

test('a bucket that is deleted meanwhile makes the count unknown, not the plan fail', async () => {
  const sabotage = ({ operation }: CallRecord) => {
    if (operation === 'GetBucketPolicyStatus') throw new AwsError('NoSuchBucket', 'gone');
  };
  under = await AccountUnderTest.start(buckets(), [], sabotage);
  const made = await planCase(blockAccountPublicAccess, { target: target('account', ACCOUNT) }, under);
  expect(counts(made)).toEqual([2, null, 0, null]);
});

test.each([
  [undefined, 'no settings'],
  [{ ...everything, restrictPublicBuckets: false }, 'BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy'],
])('what somebody else set since (%o) is not done, and not written over', async (settings, words) => {
  const { planned } = await plan(buckets({}, { publicAccessBlock: { blockPublicAcls: true } }));
  const session = await under.session(blockAccountPublicAccess, planned);
  await blockAccountPublicAccess.execute(planned, session, execution);
  state().publicAccessBlock = settings;
  expect((await blockAccountPublicAccess.verify(planned, session, execution)).status).toBe('not-done');
  await expect(blockAccountPublicAccess.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message: `account 111122223333 is set to ${words} by somebody else since: nothing was put back; decide which settings it shall have, and set those`,
  });
  expect(state().publicAccessBlock).toEqual(settings);
  expect(state().buckets[OTHER]?.publicAccessBlock).toBeUndefined();
});

import { afterEach, expect, test } from 'vitest';
import { blockAccountPublicAccess } from '../../functions/actions/block-account-public-access/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import type { S3State } from '../../sandbox/account/s3/state.ts';
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
  await expect(plan(buckets(), id)).rejects.toMatchObject({ name: 'NotOursError', target: `account ${id}` });
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

test('too many buckets are counted, but not asked', async () => {
  await plan();
  for (let index = 0; index < 49; index += 1) state().buckets[`more-${index}`] = bucket(`more-${index}`);
  const many = await planCase(blockAccountPublicAccess, { target: target('account', ACCOUNT) }, under);
  expect(counts(many)).toEqual([51, null, null, null]);
  expect(under.calls.filter((call) => call.operation === 'GetBucketWebsite')).toHaveLength(2);
});

test.each([undefined, { ...everything, restrictPublicBuckets: false }])(
  'what somebody else set since (%o) is not done, and not written over',
  async (settings) => {
    const { planned } = await plan(buckets({}, { publicAccessBlock: { blockPublicAcls: true } }));
    const session = await under.session(blockAccountPublicAccess, planned);
    await blockAccountPublicAccess.execute(planned, session, execution);
    state().publicAccessBlock = settings;
    expect((await blockAccountPublicAccess.verify(planned, session, execution)).status).toBe('not-done');
    await expect(blockAccountPublicAccess.rollback(planned, session, execution)).rejects.toMatchObject({
      name: 'WrongStateError',
      target: 'account 111122223333',
    });
    expect(state().publicAccessBlock).toEqual(settings);
    expect(state().buckets[OTHER]?.publicAccessBlock).toBeUndefined();
  },
);

import { afterEach, expect, test } from 'vitest';
import { blockBucketPublicAccess } from '../../functions/actions/block-bucket-public-access/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import type { BucketState } from '../../sandbox/account/s3/state.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, target } from './action-case.ts';
import { addPartner, inviting, PARTNER_KEY, readAs } from './cases/bucket-partner.ts';
import { BUCKET, buckets, everything, OTHER_ACCOUNT, policyOf, reading } from './cases/buckets.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(bucket: object = {}, id = BUCKET) {
  under = await AccountUnderTest.start(buckets(bucket));
  addPartner(under);
  return planCase(blockBucketPublicAccess, { target: target('bucket', id) }, under);
}

async function blocked(bucket: object = {}) {
  const { planned } = await plan(bucket);
  const session = await under.session(blockBucketPublicAccess, planned);
  await blockBucketPublicAccess.execute(planned, session, execution);
  return { planned, session };
}

const state = () => under.cloud.account(ACCOUNT).s3?.buckets[BUCKET] as BucketState;
test('everybody outside is shut out, and let in again by the rollback', async () => {
  const { planned } = await plan({ policy: policyOf(reading('*')), objects: [{ key: 'logo.svg' }] });
  await readAs(PARTNER_KEY);
  const session = await under.session(blockBucketPublicAccess, planned);
  await blockBucketPublicAccess.execute(planned, session, execution);
  await expect(readAs(PARTNER_KEY)).rejects.toThrow('not authorized');
  await blockBucketPublicAccess.rollback(planned, session, execution);
  await readAs(PARTNER_KEY);
});

test.each([
  ['no-such-bucket', 'TargetNotFoundError', 'does not exist'],
  ['partners-own', 'NotOursError', 'another account’s'],
  ['far-away', 'WrongStateError', 'in another region'],
  ['*', 'TargetNotFoundError', 'does not exist'],
  ['a', 'TargetNotFoundError', 'does not exist'],
  ['shop-assets/logo.svg', 'TargetNotFoundError', 'does not exist'],
  ['arn:aws:s3:::shop-assets', 'TargetNotFoundError', 'does not exist'],
  ['constructor', 'TargetNotFoundError', 'does not exist'],
  ['logs--euw1-az1--x-s3', 'WrongStateError', 'a directory bucket'],
  ['web-abc123-s3alias', 'WrongStateError', 'an access point'],
])('%s gets no plan, but %s', async (id, name, words) => {
  await expect(plan({}, id)).rejects.toMatchObject({
    name,
    target: `bucket ${id}`,
    message: expect.stringContaining(words),
  });
});

test('a bucket that keeps the role out is not ours, and the plan does not fail on it', async () => {
  const denies = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${BUCKET}` };
  await expect(plan({ policy: policyOf(denies) })).rejects.toMatchObject({
    name: 'NotOursError',
    message:
      'bucket shop-assets is not ours to change: it is another account’s, or its own policy keeps this role out',
  });
});

test('what is blocked already needs nothing', async () => {
  await expect(plan({ publicAccessBlock: everything })).rejects.toMatchObject({
    name: 'NothingToDoError',
    message: 'bucket shop-assets already blocks all public access: there is nothing to do',
  });
});

test('who is shut out is counted, and what was not read is unknown', async () => {
  const { answer } = await plan({
    website: true,
    policy: policyOf(
      reading('*'),
      reading({
        AWS: [OTHER_ACCOUNT, `arn:aws:iam::${OTHER_ACCOUNT}:role/x`, `arn:aws:iam::${ACCOUNT}:root`],
      }),
      reading({ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' }),
      reading({ Service: 'cloudfront.amazonaws.com' }),
      { ...reading({ AWS: '777777777777' }), Effect: 'Deny' },
    ),
  });
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([1, 1, 2, 0, null, null]);
});

test('a policy that is not public shuts nobody out', async () => {
  const { answer } = await plan({
    policy: policyOf(reading({ AWS: OTHER_ACCOUNT })),
    accessPoints: [{ name: 'partners' }],
  });
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([0, 0, 0, 1, null, null]);
});

test('the stack that keeps the bucket is named, and the reserved tag alone protects', async () => {
  const { answer } = await plan({
    tags: { 'aws:cloudformation:stack-name': 'shop', 'sallyport:protected': 'x' },
  });
  expect(answer.blastRadius.at(-1)?.what).toContain('CloudFormation stack shop');
  expect(answer.protectedTarget).toBe(true);
  await under.close();
  expect((await plan({ tags: { protected: 'sallyport:protected' } })).answer.protectedTarget).toBe(false);
});

test.each([undefined, { ...everything, blockPublicAcls: false }])(
  'what somebody else set since (%o) is not done, and not written over',
  async (settings) => {
    const { planned, session } = await blocked({ publicAccessBlock: { blockPublicPolicy: true } });
    state().publicAccessBlock = settings;
    expect((await blockBucketPublicAccess.verify(planned, session, execution)).status).toBe('not-done');
    await expect(blockBucketPublicAccess.rollback(planned, session, execution)).rejects.toMatchObject({
      name: 'WrongStateError',
      target: 'bucket shop-assets',
      message: expect.stringContaining('by somebody else since'),
    });
    expect(state().publicAccessBlock).toEqual(settings);
  },
);

test('a bucket that was deleted since is open to nobody, and has nothing to give back', async () => {
  const { planned, session } = await blocked();
  delete under.cloud.account(ACCOUNT).s3?.buckets[BUCKET];
  expect((await blockBucketPublicAccess.verify(planned, session, execution)).status).toBe('done');
  await blockBucketPublicAccess.rollback(planned, session, execution);
});

test('a bucket of the same name that somebody else made since is left alone', async () => {
  const { planned, session } = await blocked();
  const foreign = inviting({ ...state(), publicAccessBlock: undefined });
  delete under.cloud.account(ACCOUNT).s3?.buckets[BUCKET];
  under.cloud.account(OTHER_ACCOUNT).s3 = { buckets: { [BUCKET]: foreign } };
  await expect(blockBucketPublicAccess.execute(planned, session, execution)).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  expect(foreign.publicAccessBlock).toBeUndefined();
});

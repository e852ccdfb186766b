import { afterEach, expect, test } from 'vitest';
import { restrictBucket } from '../../functions/actions/restrict-bucket/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import type { BucketState } from '../../sandbox/account/s3/state.ts';
import { evaluate } from '../../sandbox/authorize/evaluate.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, target } from './action-case.ts';
import { addPartner, OWN_KEY, PARTNER_KEY, readAs } from './cases/bucket-partner.ts';
import { BUCKET, buckets, OTHER_ACCOUNT, policyOf, reading } from './cases/buckets.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const SID = `SallyportRestrictINC0123456789ABCDEF${'a'.repeat(12)}`;
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(bucket: object = {}, id = BUCKET) {
  under = await AccountUnderTest.start(buckets({ objects: [{ key: 'logo.svg' }], ...bucket }));
  addPartner(under);
  return planCase(restrictBucket, { target: target('bucket', id) }, under);
}

async function restricted(bucket: object = {}) {
  const { planned } = await plan(bucket);
  const session = await under.session(restrictBucket, planned);
  await restrictBucket.execute(planned, session, execution);
  return { planned, session };
}

const state = () => under.cloud.account(ACCOUNT).s3?.buckets[BUCKET] as BucketState;
const policyNow = () => JSON.parse(state().policy ?? 'null') as { Statement: { Sid?: string }[] };
const setPolicy = (...statements: object[]) => {
  state().policy = JSON.stringify(policyOf(...statements));
};
const partnerReads = reading({ AWS: OTHER_ACCOUNT });

test('a partner is refused, the account’s own user is not, and the rollback lets the partner in again', async () => {
  const { planned, session } = await restricted({ policy: policyOf(partnerReads) });
  await expect(readAs(PARTNER_KEY)).rejects.toThrow('explicit deny in a resource-based policy');
  await readAs(OWN_KEY);
  await restrictBucket.rollback(planned, session, execution);
  await readAs(PARTNER_KEY);
});

test.each([
  ['another account', { 'aws:principalaccount': OTHER_ACCOUNT, 'aws:principalisawsservice': 'false' }, false],
  ['nobody in particular', {}, false],
  ['an anonymous caller', { 'aws:principalaccount': 'anonymous' }, false],
  ['a service of AWS', { 'aws:principalisawsservice': 'true' }, true],
  ['the owner', { 'aws:principalaccount': ACCOUNT, 'aws:principalisawsservice': 'false' }, true],
])('as IAM reads the statement, %s is or is not refused', async (_, context, allowed) => {
  await restricted({ policy: policyOf(reading('*')) });
  const decision = evaluate(
    { identityPolicies: [], resourcePolicy: { document: policyNow() as never }, resourceAccount: ACCOUNT },
    {
      principalArn: 'anyone',
      account: ACCOUNT,
      action: 's3:GetObjectTagging',
      resource: `arn:aws:s3:::${BUCKET}/logo.svg`,
      context,
    },
  );
  expect(decision.allowed).toBe(allowed);
});

test.each([
  ['no-such-bucket', 'TargetNotFoundError'],
  ['partners-own', 'NotOursError'],
  ['far-away', 'WrongStateError'],
  ['shop-assets/*', 'TargetNotFoundError'],
  ['', 'TargetNotFoundError'],
])('bucket %s gets no plan, but %s', async (id, name) => {
  await expect(plan({}, id)).rejects.toMatchObject({ name, target: `bucket ${id}` });
});

test('what does not fit any more is said before anybody approves it', async () => {
  const filled = (size: number) => policyOf(reading('*', BUCKET, { Sid: 'x'.repeat(size) }));
  const spare = 20_480 - JSON.stringify(filled(0)).length;
  const fits = spare - 420;
  await plan({ policy: filled(fits) });
  await under.close();
  await expect(plan({ policy: filled(spare - 100) })).rejects.toMatchObject({
    name: 'WrongStateError',
    message: expect.stringMatching(/policy of 20\d{3} bytes by one more statement: S3 allows 20480/),
  });
});

test('what was planned to fit is taken, whatever the incident is called', async () => {
  const { planned } = await plan({ policy: policyOf(reading('*')) });
  const session = await under.session(restrictBucket, planned);
  const long = { ...execution, incident: `INC-${'Ü'.repeat(10)}-${'9'.repeat(90)}` };
  await restrictBucket.execute(planned, session, long);
  const sid = policyNow().Statement.at(-1)?.Sid ?? '';
  expect(sid).toMatch(/^[A-Za-z0-9]+$/);
  expect(sid).toHaveLength(17 + 40 + 12);
});

test('a public policy in a bucket that takes none cannot get the statement, which is said at once', async () => {
  const policy = policyOf(reading('*'));
  await expect(plan({ policy, publicAccessBlock: { blockPublicPolicy: true } })).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'bucket shop-assets is closed to public policies (BlockPublicPolicy), while its own is public: S3 takes no change that keeps the public statement; block-bucket-public-access shuts the public out, or remove that statement first',
  });
  await under.close();
  await plan({ policy: policyOf(partnerReads), publicAccessBlock: { blockPublicPolicy: true } });
});

test('public policies that were blocked since keep statement and rollback out, with the reason', async () => {
  const { planned, session } = await restricted({ policy: policyOf(reading('*')) });
  state().publicAccessBlock = {
    blockPublicAcls: false,
    ignorePublicAcls: false,
    blockPublicPolicy: true,
    restrictPublicBuckets: false,
  };
  await expect(restrictBucket.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'bucket shop-assets is closed to public policies (BlockPublicPolicy), while its own is public: S3 takes no change that keeps the public statement; block-bucket-public-access shuts the public out, or remove that statement first',
  });
  expect((await restrictBucket.verify(planned, session, execution)).status).toBe('done');
});

test('the text comes back as it was, white space and all, though ours was written in between', async () => {
  const { planned: _ } = await plan();
  const text = `{\n  "Statement" : ${JSON.stringify(partnerReads)},\n  "Version": "2012-10-17" }`;
  state().policy = text;
  const { planned } = await planCase(restrictBucket, { target: target('bucket', BUCKET) }, under);
  const session = await under.session(restrictBucket, planned);
  await restrictBucket.execute(planned, session, execution);
  expect(policyNow().Statement).toEqual([partnerReads, expect.objectContaining({ Sid: SID })]);
  await restrictBucket.rollback(planned, session, execution);
  expect(state().policy).toBe(text);
});

test.each(['12345678901234567890', '1e400', '1.10'])(
  'a number that would come back otherwise (%s) keeps the policy from being written',
  async (number) => {
    await plan();
    const condition = `{"NumericLessThan":{"s3:max-keys":${number}}}`;
    state().policy = JSON.stringify(policyOf(reading('*', BUCKET, { Condition: 0 }))).replace(
      '"Condition":0',
      `"Condition":${condition}`,
    );
    const again = planCase(restrictBucket, { target: target('bucket', BUCKET) }, under);
    await expect(again).rejects.toMatchObject({
      name: 'WrongStateError',
      message:
        'bucket shop-assets is under a policy that cannot be read and written back unharmed: add the statement by hand',
    });
  },
);

test('what somebody else added or took since stays, and only our statement goes', async () => {
  const { planned, session } = await restricted({ policy: policyOf(partnerReads) });
  const [, ours] = policyNow().Statement;
  const theirs = reading({ AWS: '777777777777' });
  setPolicy(theirs, ours as object);
  expect((await restrictBucket.verify(planned, session, execution)).status).toBe('done');
  await restrictBucket.rollback(planned, session, execution);
  expect(policyNow()).toEqual(policyOf(theirs));
});

test('statements that others added to a bucket without a policy outlive ours', async () => {
  const { planned, session } = await restricted();
  const [ours] = policyNow().Statement;
  setPolicy(ours as object, partnerReads);
  await restrictBucket.rollback(planned, session, execution);
  expect(policyNow()).toEqual(policyOf(partnerReads));
});

test('a statement that somebody took away is not done, and is not missed by the rollback', async () => {
  const { planned, session } = await restricted({ policy: policyOf(partnerReads) });
  setPolicy(reading('*'));
  expect((await restrictBucket.verify(planned, session, execution)).status).toBe('not-done');
  await restrictBucket.rollback(planned, session, execution);
  expect(policyNow()).toEqual(policyOf(reading('*')));
});

test('a statement of our Sid that says something else is nobody’s work of ours', async () => {
  const { planned, session } = await restricted();
  const [ours] = policyNow().Statement;
  const weakened = { ...ours, Action: 's3:PutObject' };
  setPolicy(weakened);
  expect((await restrictBucket.verify(planned, session, execution)).status).toBe('not-done');
  for (const step of ['execute', 'rollback'] as const)
    await expect(restrictBucket[step](planned, session, execution)).rejects.toMatchObject({
      name: 'NotOursError',
      message:
        'statement SallyportRestrictINC0123456789ABCDEFaaaaaaaaaaaa in the policy of bucket shop-assets is not ours to change: it is not what Sallyport writes under that Sid; read it, and remove it if nobody needs it',
    });
  expect(policyNow()).toEqual(policyOf(weakened));
});

test('two incidents that restrict one bucket do not undo each other', async () => {
  const { planned, session } = await restricted({ policy: policyOf(partnerReads) });
  const second = { ...execution, manifestHash: 'b'.repeat(64) };
  await restrictBucket.execute(planned, session, second);
  await restrictBucket.rollback(planned, session, execution);
  expect((await restrictBucket.verify(planned, session, second)).status).toBe('done');
  await expect(readAs(PARTNER_KEY)).rejects.toThrow('explicit deny');
  await restrictBucket.rollback(planned, session, second);
  await readAs(PARTNER_KEY);
});

test('a bucket that was deleted since is refused to everybody, and cannot be restricted', async () => {
  const { planned, session } = await restricted();
  delete under.cloud.account(ACCOUNT).s3?.buckets[BUCKET];
  expect((await restrictBucket.verify(planned, session, execution)).status).toBe('done');
  await restrictBucket.rollback(planned, session, execution);
  await expect(restrictBucket.execute(planned, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'bucket shop-assets does not exist, or no longer does',
  });
});

test('who is refused is counted, and what was not read is unknown', async () => {
  const { answer } = await plan({
    policy: policyOf(reading('*'), reading({ AWS: [OTHER_ACCOUNT, ACCOUNT], CanonicalUser: '79a59d' })),
    tags: { 'aws:cloudformation:stack-name': 'shop', 'sallyport:protected': '' },
    accessPoints: [{ name: 'partners' }],
  });
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([2, 1, null, 1, 1]);
  expect(answer.blastRadius.at(-1)?.what).toContain('CloudFormation stack shop');
  expect(answer.protectedTarget).toBe(true);
});

test('a policy that changed since makes the plan old', async () => {
  const { planned } = await plan({ policy: policyOf(partnerReads) });
  setPolicy(reading('*'));
  const again = await planCase(restrictBucket, { target: target('bucket', BUCKET) }, under);
  expect(again.planned.before).not.toEqual(planned.before);
});

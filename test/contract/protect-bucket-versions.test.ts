import { afterEach, expect, test } from 'vitest';
import { protectBucketVersions } from '../../functions/actions/protect-bucket-versions/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import type { BucketState } from '../../sandbox/account/s3/state.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, target } from './action-case.ts';
import { addPartner } from './cases/bucket-partner.ts';
import { BUCKET, buckets } from './cases/buckets.ts';
import { both, expiring, moving, off } from './cases/protect-bucket-versions.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(bucket: object = {}, id = BUCKET) {
  under = await AccountUnderTest.start(buckets(bucket));
  addPartner(under);
  return planCase(protectBucketVersions, { target: target('bucket', id) }, under);
}

async function protectedBucket(bucket: object = {}) {
  const { planned } = await plan(bucket);
  const session = await under.session(protectBucketVersions, planned);
  await protectBucketVersions.execute(planned, session, execution);
  return { planned, session };
}

const state = () => under.cloud.account(ACCOUNT).s3?.buckets[BUCKET] as BucketState;
const writesMade = () => under.calls.map((call) => call.operation).filter((name) => name.startsWith('Put'));

test.each([
  ['no-such-bucket', 'TargetNotFoundError'],
  ['partners-own', 'NotOursError'],
  ['far-away', 'WrongStateError'],
  ['web-abc123-s3alias', 'WrongStateError'],
])('bucket %s gets no plan, but %s', async (id, name) => {
  await expect(plan({}, id)).rejects.toMatchObject({ name, target: `bucket ${id}` });
});

test.each([
  ['keeps every version and deletes nothing', { versioning: 'Enabled', lifecycle: { rules: [moving, off] } }],
  ['keeps every version and has no rules', { versioning: 'Enabled' }],
])('a bucket that %s needs nothing', async (_, bucket) => {
  await expect(plan(bucket)).rejects.toMatchObject({
    name: 'NothingToDoError',
    message:
      'bucket shop-assets already keeps every version, and has no rule that deletes: there is nothing to do',
  });
});

test('versions that only a device may enable are said so before anybody approves it', async () => {
  await expect(plan({ versioning: 'Suspended', mfaDelete: true })).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'bucket shop-assets is under MFA delete: S3 enables versioning only for the root user with a device',
  });
});

test('only rules that delete are switched off, and nothing else of them changes', async () => {
  await protectedBucket({ lifecycle: { rules: [expiring, moving, both, off] } });
  expect(state().lifecycle?.rules).toEqual([
    { ...expiring, Status: 'Disabled' },
    moving,
    { ...both, Status: 'Disabled' },
    off,
  ]);
  expect(state().versioning).toBe('Enabled');
});

test('what is as it should be is not written', async () => {
  await protectedBucket({ versioning: 'Enabled', lifecycle: { rules: [expiring] } });
  expect(writesMade()).toEqual(['PutBucketLifecycleConfiguration']);
  await under.close();
  await protectedBucket({ versioning: 'Suspended', lifecycle: { rules: [moving] } });
  expect(writesMade()).toEqual(['PutBucketVersioning']);
});

test.each([
  ['Suspended', [], []],
  ['Enabled', [expiring], []],
  [undefined, [moving], [/never enabled/]],
])(
  'of a bucket with versioning %s the plan says what cannot be given back',
  async (versioning, rules, lost) => {
    const { planned } = await plan({ versioning, ...(rules.length > 0 ? { lifecycle: { rules } } : {}) });
    expect(planned.cannotRestore).toEqual(lost.map((one) => expect.stringMatching(one)));
  },
);

test('versioning that was never enabled is suspended, with every version of the time between', async () => {
  const { planned, session } = await protectedBucket({ objects: [{ key: 'a' }] });
  const version = { ...state().objects.a?.[0], versionId: 'kept' };
  state().objects.a?.unshift(version as never);
  await protectBucketVersions.rollback(planned, session, execution);
  expect(state().versioning).toBe('Suspended');
  expect(state().objects.a).toHaveLength(2);
});

test('an attacker who suspends again, or enables a rule, is seen', async () => {
  const { planned, session } = await protectedBucket({ lifecycle: { rules: [expiring] } });
  const status = async () => (await protectBucketVersions.verify(planned, session, execution)).status;
  expect(await status()).toBe('done');
  state().versioning = 'Suspended';
  expect(await status()).toBe('not-done');
  state().versioning = 'Enabled';
  state().lifecycle = { rules: [expiring], transitionDefaultMinimumObjectSize: 'all_storage_classes_128K' };
  expect(await status()).toBe('not-done');
});

test.each([
  ['other rules', [{ ...expiring, Expiration: { Days: 2 } }]],
  ['one rule more', [{ ...expiring, Status: 'Disabled' }, moving]],
])('%s of somebody else’s are not written over', async (_, rules) => {
  const { planned, session } = await protectedBucket({
    versioning: 'Suspended',
    lifecycle: { rules: [expiring] },
  });
  const theirs = { rules, transitionDefaultMinimumObjectSize: 'all_storage_classes_128K' };
  state().lifecycle = theirs;
  for (const step of ['execute', 'rollback'] as const)
    await expect(protectBucketVersions[step](planned, session, execution)).rejects.toMatchObject({
      name: 'WrongStateError',
      message:
        'bucket shop-assets is under lifecycle rules that somebody else changed since: nothing was written; compare them with the plan, and set those that it shall have',
    });
  expect(state()).toMatchObject({ lifecycle: theirs, versioning: 'Enabled' });
});

test('rules that come back in another order are the same rules', async () => {
  const { planned, session } = await protectedBucket({ lifecycle: { rules: [expiring, moving] } });
  const { lifecycle } = state();
  if (lifecycle) state().lifecycle = { ...lifecycle, rules: lifecycle.rules.toReversed() };
  await protectBucketVersions.rollback(planned, session, execution);
  expect(state().lifecycle?.rules).toEqual([expiring, moving]);
});

test('a bucket without rules that got some since keeps them', async () => {
  const { planned, session } = await protectedBucket({ versioning: 'Suspended' });
  const theirs = { rules: [expiring], transitionDefaultMinimumObjectSize: 'all_storage_classes_128K' };
  state().lifecycle = theirs;
  await expect(protectBucketVersions.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
  });
  expect(state().lifecycle).toEqual(theirs);
});

test('a replication that came since keeps versioning enabled, says so, and the rules are back', async () => {
  const { planned, session } = await protectedBucket({
    versioning: 'Suspended',
    lifecycle: { rules: [expiring] },
  });
  Object.assign(state(), { replication: true });
  await expect(protectBucketVersions.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'bucket shop-assets is in need of its versions, for a replication or Object Lock: versioning stays enabled; make it permanent, or end what needs it first',
  });
  expect(state().versioning).toBe('Enabled');
  expect(state().lifecycle?.rules).toEqual([expiring]);
});

test('a bucket that was deleted since has nothing to keep and nothing to give back', async () => {
  const { planned, session } = await protectedBucket();
  delete under.cloud.account(ACCOUNT).s3?.buckets[BUCKET];
  expect((await protectBucketVersions.verify(planned, session, execution)).status).toBe('done');
  await protectBucketVersions.rollback(planned, session, execution);
  await expect(protectBucketVersions.execute(planned, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'bucket shop-assets does not exist, or no longer does',
  });
});

test('what stops is counted, and what will cost is unknown', async () => {
  const { answer } = await plan({
    lifecycle: { rules: [expiring, both, moving, off] },
    tags: { 'aws:cloudformation:stack-name': 'shop', 'sallyport:protected': '' },
  });
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([2, 1, null, 1]);
  expect(answer.blastRadius.at(-1)?.what).toContain('CloudFormation stack shop');
  expect(answer.protectedTarget).toBe(true);
});

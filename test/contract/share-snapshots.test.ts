import { afterEach, expect, test } from 'vitest';
import { shareSnapshots } from '../../functions/actions/share-snapshots/action.ts';
import { openAccount } from '../../functions/adapters/account.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, FORENSICS, REGION, target } from './action-case.ts';
import { instances, network, TARGET } from './cases/seeds.ts';
import { encrypted, evidence, KEY } from './cases/share-snapshots.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under?.close());

async function plan(seed: object) {
  under = await AccountUnderTest.start(seed);
  return planCase(shareSnapshots, { target: target('instance', TARGET) }, under);
}

test.each([
  ['the AWS managed key', { kms: { keys: [{ keyId: KEY, keyManager: 'AWS' }] } }],
  ['a key that nobody can read', {}],
])('a snapshot under %s is not shared, and the plan says what to do instead', async (_, more) => {
  await expect(plan(evidence({}, encrypted, more))).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'EBS snapshot snap-0a000000000000002 is encrypted with the AWS managed key: AWS does not share it; copy it under a customer managed key, and share the copy and the key',
  });
});

test('what is shared already leaves nothing to do', async () => {
  const shared = { sharedWith: [FORENSICS] };
  await expect(plan(evidence(shared, shared))).rejects.toMatchObject({
    name: 'NothingToDoError',
    message:
      'instance i-0a000000000000001 already has its snapshots shared with account 999988887777: there is nothing to do',
  });
});

test('an instance of which we have taken no snapshot has none to share', async () => {
  await expect(plan({ ec2: { ...network(), instances: instances() } })).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: `a snapshot that we took of instance ${TARGET} does not exist, or no longer does`,
  });
});

test('the forensics account has nothing to share with itself', async () => {
  under = await AccountUnderTest.start(evidence());
  const own = under.reader(shareSnapshots.permissions, shareSnapshots.reads);
  const planning = shareSnapshots.plan(target('instance', TARGET), {}, { ...own, forensicsAccount: ACCOUNT });
  await expect(planning).rejects.toMatchObject({
    name: 'NothingToDoError',
    message: 'account 111122223333 already is the forensics account: there is nothing to do',
  });
});

test('without a configured account nothing is shared with anybody', async () => {
  under = await AccountUnderTest.start(evidence());
  const send = () => Promise.reject(new Error('nothing is asked'));
  const nobody = openAccount({
    id: ACCOUNT,
    region: REGION,
    declared: shareSnapshots.reads,
    mode: 'read',
    clients: { send },
  });
  await expect(shareSnapshots.plan(target('instance', TARGET), {}, nobody)).rejects.toMatchObject({
    name: 'WrongStateError',
    message: 'the forensics account is not configured: set forensicsAccount in cdk.json and deploy again',
  });
});

test('a snapshot that is deleted meanwhile is no hindrance to the rollback of the others', async () => {
  const { planned } = await plan(evidence());
  const session = await under.session(shareSnapshots, planned);
  await shareSnapshots.execute(planned, session, execution);
  const { snapshots } = under.cloud.region(ACCOUNT, REGION).ec2;
  delete (snapshots as Record<string, unknown>)['snap-0a000000000000001'];
  expect(await shareSnapshots.verify(planned, session, execution)).toEqual({
    status: 'not-done',
    observed: `1 of 2 snapshot(s) are shared with account ${FORENSICS}`,
  });
  await shareSnapshots.rollback(planned, session, execution);
  expect(snapshots['snap-0a000000000000002']?.sharing?.accounts).toEqual([]);
});

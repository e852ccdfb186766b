import { afterEach, expect, test } from 'vitest';
import { unshareDatabaseSnapshot } from '../../functions/actions/unshare-database-snapshot/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { identityOf, parseArn } from '../../functions/core/arn.ts';
import type { DbSnapshotState } from '../../sandbox/account/rds/state.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { PARTNER } from './cases/unshare-database-snapshot.ts';
import { planCase } from './planning.ts';

const OTHER = '444455556666';
const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(change: object = {}, id = 'snapshot:orders-2026') {
  const snapshots = [
    { dbSnapshotIdentifier: 'orders-2026', dbInstanceIdentifier: 'orders', restore: [PARTNER], ...change },
    { dbSnapshotIdentifier: 'snap-0a000000000000001', dbInstanceIdentifier: 'orders', restore: [PARTNER] },
  ];
  under = await AccountUnderTest.start({ rds: { snapshots } });
  return planCase(unshareDatabaseSnapshot, { target: target('snapshot', id) }, under);
}

async function planned(change: object = {}) {
  const { planned: step } = await plan(change);
  return { step, session: await under.session(unshareDatabaseSnapshot, step) };
}

const snapshot = () => under.cloud.region(ACCOUNT, REGION).rds.snapshots['orders-2026'] as DbSnapshotState;
const writesMade = () => under.calls.filter(({ operation }) => operation.startsWith('Modify'));

test('a snapshot that is shared with nobody needs nothing', async () => {
  await expect(plan({ restore: [] })).rejects.toMatchObject({
    name: 'NothingToDoError',
    message: 'database snapshot orders-2026 already is shared with nobody: there is nothing to do',
  });
});

test.each([
  ['one that does not exist', 'snapshot:nothing-here'],
  ['a disk’s', 'snap-0a000000000000001'],
  ['a name alone', 'orders-2026'],
  ['a cluster’s', 'cluster-snapshot:orders-2026'],
  ['a pattern', 'snapshot:*'],
])('%s is not found', async (_, id) => {
  await expect(plan({}, id)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    target: expect.stringMatching(/^database snapshot ./),
  });
});

test('a snapshot of a database that is called like one of a disk is told apart', async () => {
  const arn = parseArn(`arn:aws:rds:${REGION}:${ACCOUNT}:snapshot:snap-0a000000000000001`);
  const { kind, id } = arn ? identityOf(arn) : { kind: 'other', id: '' };
  expect([kind, id]).toEqual(['snapshot', 'snapshot:snap-0a000000000000001']);
  const { planned: step } = await plan({}, id);
  expect(step.target.arn).toBe(`arn:aws:rds:${REGION}:${ACCOUNT}:snapshot:snap-0a000000000000001`);
});

test('who can no longer restore it is counted, and everybody is not a number', async () => {
  const { answer } = await plan({ restore: [PARTNER, OTHER] });
  expect(answer.blastRadius[0]?.count).toBe(2);
  expect(answer.change).toContain(`account ${OTHER}, account ${PARTNER}`);
  await under.close();
  const open = await plan({ restore: ['all', PARTNER] });
  expect(open.answer.blastRadius[0]?.count).toBeNull();
  expect(open.answer.change).toContain('everybody');
});

test('whom it was shared with since is seen, and neither removed nor forgotten', async () => {
  const { step, session } = await planned();
  snapshot().restore = [OTHER, PARTNER];
  await unshareDatabaseSnapshot.execute(step, session, execution);
  expect(snapshot().restore).toEqual([OTHER]);
  expect(await unshareDatabaseSnapshot.verify(step, session, execution)).toEqual({
    status: 'not-done',
    observed: `the snapshot is shared with account ${OTHER}`,
  });
  await unshareDatabaseSnapshot.rollback(step, session, execution);
  expect(snapshot().restore).toEqual([OTHER, PARTNER]);
});

test('what is as it should be is not written again', async () => {
  const { step, session } = await planned();
  await unshareDatabaseSnapshot.rollback(step, session, execution);
  expect(writesMade()).toEqual([]);
  await unshareDatabaseSnapshot.execute(step, session, execution);
  await unshareDatabaseSnapshot.execute(step, session, execution);
  expect(writesMade()).toHaveLength(1);
});

test('a snapshot that is being copied is tried again', async () => {
  const { step, session } = await planned();
  snapshot().status = 'copying';
  await expect(unshareDatabaseSnapshot.execute(step, session, execution)).rejects.toMatchObject({
    name: 'NotYetError',
    message: 'database snapshot orders-2026 is still not available; the same change is tried again',
    $retryable: {},
  });
});

test('a snapshot that was deleted since is restored by nobody, and cannot be shared again', async () => {
  const { step, session } = await planned();
  delete under.cloud.region(ACCOUNT, REGION).rds.snapshots['orders-2026'];
  expect((await unshareDatabaseSnapshot.verify(step, session, execution)).status).toBe('done');
  for (const name of ['execute', 'rollback'] as const)
    await expect(unshareDatabaseSnapshot[name](step, session, execution)).rejects.toMatchObject({
      name: 'TargetNotFoundError',
      message: 'database snapshot orders-2026 does not exist, or no longer does',
    });
});

test('the reserved tag protects', async () => {
  expect((await plan({ tags: { 'sallyport:protected': '' } })).answer.protectedTarget).toBe(true);
  await under.close();
  expect((await plan({ tags: { Name: 'sallyport:protected' } })).answer.protectedTarget).toBe(false);
});

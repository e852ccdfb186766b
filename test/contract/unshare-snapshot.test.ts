import { afterEach, expect, test } from 'vitest';
import { unshareSnapshot } from '../../functions/actions/unshare-snapshot/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { PARTNER, SNAPSHOT, snapshots } from './cases/unshare-snapshot.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(change: object, { id = SNAPSHOT, params = {} } = {}) {
  under = await AccountUnderTest.start(snapshots(change));
  return planCase(unshareSnapshot, { target: target('snapshot', id), params }, under);
}

async function executed(change: object, params = {}) {
  const { planned } = await plan(change, { params });
  const session = await under.session(unshareSnapshot, planned);
  await unshareSnapshot.execute(planned, session, execution);
  return { planned, session };
}

const all = () => under.cloud.region(ACCOUNT, REGION).ec2.snapshots;
function share(isPublic: boolean, ...accounts: string[]) {
  const snapshot = all()[SNAPSHOT];
  if (snapshot) snapshot.sharing = { isPublic, accounts };
}

test.each([
  [{}, {}, 'is shared with nobody'],
  [{ sharedWith: [ACCOUNT] }, {}, 'is shared with nobody'],
  [{ sharedWith: [PARTNER] }, { only: 'public' }, 'is not public'],
])('what %j shares, asked with %j, leaves nothing to do', async (change, params, state) => {
  await expect(plan(change, { params })).rejects.toMatchObject({
    name: 'NothingToDoError',
    target: 'EBS snapshot snap-0a000000000000001',
    message: `EBS snapshot ${SNAPSHOT} already ${state}: there is nothing to do`,
  });
});

test.each(['snap-0ffffffffffffffff', 'rds:shop-2026-11-21', 'snap-1; drop', '', 'vol-0a000000000000001'])(
  'no EBS snapshot of the id %j is found',
  async (id) => {
    await expect(plan({ public: true }, { id })).rejects.toMatchObject({
      name: 'TargetNotFoundError',
      message: `EBS snapshot ${id} does not exist, or no longer does`,
    });
  },
);

test('what another account shares with us is theirs', async () => {
  await expect(plan({ ownerId: PARTNER, public: true })).rejects.toMatchObject({
    name: 'NotOursError',
    message:
      'EBS snapshot snap-0a000000000000001 is not ours to change: account 444455556666 owns it, and alone may say who shares it',
  });
});

test('a parameter outside of the enum is no parameter', () => {
  expect(unshareSnapshot.params.safeParse({ only: 'private' }).success).toBe(false);
  expect(unshareSnapshot.params.safeParse({ except: PARTNER }).success).toBe(false);
});

test('who loses the snapshot is counted, and who cannot be seen is unknown', async () => {
  const { answer } = await plan({ public: true, sharedWith: [PARTNER] });
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([1, null]);
  expect(answer.change).toContain(`everybody on AWS, account ${PARTNER}: they can neither copy it`);
});

test('a plan spells out eight accounts and counts the others', async () => {
  const sharedWith = Array.from({ length: 11 }, (_, at) => `${444400000000 + at}`);
  const { answer } = await plan({ sharedWith });
  expect(answer.undo).toContain('account 444400000007, 3 more account(s) again');
  expect(answer.undo).not.toContain('444400000008');
});

test('a share that was made since is another state, is not agreed to, and is not done', async () => {
  const { planned, session } = await executed({ sharedWith: [PARTNER] });
  share(false, '777788889999');
  expect((await unshareSnapshot.verify(planned, session, execution)).status).toBe('not-done');
  await unshareSnapshot.execute(planned, session, execution);
  expect(all()[SNAPSHOT]?.sharing?.accounts).toEqual(['777788889999']);
});

test('a share that somebody made since survives the rollback', async () => {
  const { planned, session } = await executed({ public: true });
  share(false, '777788889999');
  await unshareSnapshot.rollback(planned, session, execution);
  expect(all()[SNAPSHOT]?.sharing).toEqual({ isPublic: true, accounts: ['777788889999'] });
});

test('a snapshot that was deleted since is shared with nobody, and cannot be shared again', async () => {
  const { planned, session } = await executed({ public: true });
  delete all()[SNAPSHOT];
  expect(await unshareSnapshot.verify(planned, session, execution)).toEqual({
    status: 'done',
    observed: 'the snapshot no longer exists',
  });
  await expect(unshareSnapshot.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'EBS snapshot snap-0a000000000000001 does not exist, or no longer does',
  });
});

import { ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { afterEach, expect, test } from 'vitest';
import { quarantineUser } from '../../functions/actions/quarantine-user/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { NotOursError, TargetNotFoundError } from '../../functions/core/errors.ts';
import type { PlannedAction } from '../../functions/core/plan.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, target } from './action-case.ts';
import { allowing, callOf } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const KEY = 'AKIASTOLEN000000000A';
const POLICY = `SallyportQuarantine-${INCIDENT}-${'a'.repeat(12)}`;
const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const bob = {
  userName: 'bob',
  path: '/people/',
  accessKeys: [{ accessKeyId: KEY }],
  inlinePolicies: { own: allowing('iam:*') },
};

let under: AccountUnderTest;
afterEach(() => under.close());

async function prepare(more: object = {}, activity: readonly object[] = []) {
  under = await AccountUnderTest.start({ iam: { users: [{ ...bob, ...more }] } }, activity);
  const { planned, answer } = await planCase(quarantineUser, { target: target('user', 'bob') }, under);
  return { planned, answer, session: await under.session(quarantineUser, planned) };
}

const policies = () => under.cloud.account(ACCOUNT).iam.users.bob?.inlinePolicies ?? {};

async function statusOf(planned: PlannedAction, session: Awaited<ReturnType<typeof prepare>>['session']) {
  return (await quarantineUser.verify(planned, session, execution)).status;
}

test('the user’s own key can do nothing, not even lift the deny, until the rollback', async () => {
  const { planned, session } = await prepare();
  const list = () =>
    under
      .open({ accessKeyId: KEY, secretAccessKey: 'any' } as never, [ListAccessKeysCommand], 'read')
      .send(new ListAccessKeysCommand({ UserName: 'bob' }));
  await list();
  await quarantineUser.execute(planned, session, execution);
  await expect(list()).rejects.toThrow('explicit deny');
  await quarantineUser.rollback(planned, session, execution);
  await list();
});

test('two plans that quarantine the same user do not undo each other', async () => {
  const { planned, session } = await prepare();
  const second = { ...execution, manifestHash: 'b'.repeat(64) };
  await quarantineUser.execute(planned, session, execution);
  await quarantineUser.execute(planned, session, second);
  await quarantineUser.rollback(planned, session, execution);
  expect((await quarantineUser.verify(planned, session, second)).status).toBe('done');
});

test.each([
  ['allows instead', JSON.stringify(allowing('*'))],
  [
    'denies less',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }],
    }),
  ],
  [
    'denies under a condition',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    }),
  ],
])('a policy of our name that %s is not done, and neither overwritten nor deleted', async (_, document) => {
  const { planned, session } = await prepare({ inlinePolicies: { [POLICY]: JSON.parse(document) } });
  expect(await statusOf(planned, session)).toBe('not-done');
  await expect(quarantineUser.execute(planned, session, execution)).rejects.toBeInstanceOf(NotOursError);
  await expect(quarantineUser.rollback(planned, session, execution)).rejects.toThrow(
    `policy ${POLICY} of user bob is not ours to change`,
  );
  expect(policies()).toEqual({ [POLICY]: document });
});

test('a user that was deleted since can no longer act, which is what matters', async () => {
  const { planned, session } = await prepare({ path: '/' });
  delete under.cloud.account(ACCOUNT).iam.users.bob;
  expect(await quarantineUser.verify(planned, session, execution)).toEqual({
    status: 'done',
    observed: 'the user no longer exists',
  });
  await quarantineUser.rollback(planned, session, execution);
});

test('a user that was deleted between approval and execution is not found', async () => {
  const { planned, session } = await prepare({ path: '/' });
  delete under.cloud.account(ACCOUNT).iam.users.bob;
  const executed = quarantineUser.execute(planned, session, execution);
  await expect(executed).rejects.toBeInstanceOf(TargetNotFoundError);
});

test('nobody is quarantined who does not exist', async () => {
  await prepare();
  const answer = planCase(quarantineUser, { target: target('user', 'nobody') }, under);
  await expect(answer).rejects.toBeInstanceOf(TargetNotFoundError);
});

test('a user of the same name that was made since is another state', async () => {
  const { planned } = await prepare();
  const { users } = under.cloud.account(ACCOUNT).iam;
  if (users.bob) users.bob = { ...users.bob, userId: 'AIDAANOTHER000000000' };
  const again = await planCase(quarantineUser, { target: target('user', 'bob') }, under);
  expect(again.planned.before).not.toEqual(planned.before);
});

test('the blast radius is what the user itself did, and protection is read back', async () => {
  const { answer } = await prepare({ tags: { 'sallyport:protected': 'yes', protected: 'no' } }, [
    callOf('bob'),
    callOf('alice'),
    callOf('bob', { userIdentity: { type: 'AssumedRole', userName: 'bob' } }),
  ]);
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([1, 1, 1, 1]);
  expect(answer.protectedTarget).toBe(true);
});

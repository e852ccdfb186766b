import { afterEach, expect, test } from 'vitest';
import { makeDatabasePrivate } from '../../functions/actions/make-database-private.ts';
import type { Execution } from '../../functions/core/account.ts';
import type { DbInstanceState } from '../../sandbox/account/rds/state.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(change: object = {}, about: object = {}) {
  const instances = [{ dbInstanceIdentifier: 'orders', publiclyAccessible: true, ...change }];
  under = await AccountUnderTest.start({ rds: { instances } });
  return planCase(makeDatabasePrivate, { target: { ...target('database', 'orders'), ...about } }, under);
}

async function planned(change: object = {}) {
  const { planned: step } = await plan(change);
  return { step, session: await under.session(makeDatabasePrivate, step) };
}

const database = () => under.cloud.region(ACCOUNT, REGION).rds.instances.orders as DbInstanceState;
const writesMade = () => under.calls.filter(({ operation }) => operation.startsWith('Modify'));

test('a database that is private needs nothing', async () => {
  await expect(plan({ publiclyAccessible: false })).rejects.toMatchObject({
    name: 'NothingToDoError',
    message: 'database orders already is not publicly accessible: there is nothing to do',
  });
});

test.each(['modifying', 'stopped', 'creating', 'deleting'])(
  'a database that is %s cannot be changed',
  async (status) => {
    await expect(plan({ status })).rejects.toMatchObject({
      name: 'WrongStateError',
      target: 'database orders',
      message: `database orders is ${status}: RDS changes only what is available; plan again when it is`,
    });
  },
);

test('a database that only grows can be changed', async () => {
  const { step, session } = await planned({ status: 'storage-optimization' });
  await makeDatabasePrivate.execute(step, session, execution);
  expect(database().publiclyAccessible).toBe(false);
});

test('an instance of a Multi-AZ cluster has no public access of its own', async () => {
  await expect(plan({ dbClusterIdentifier: 'shop', engine: 'mysql' })).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'database orders is a member of a Multi-AZ cluster: RDS decides on public access for the cluster when it is made; close its security groups instead',
  });
});

test.each(['nothing-here', '', 'a--b', 'db:orders', '*', `arn:aws:rds:${REGION}:999988887777:db:orders`])(
  'there is no database %j',
  async (id) => {
    await expect(plan({}, { id })).rejects.toMatchObject({
      name: 'TargetNotFoundError',
      target: `database ${id}`,
    });
  },
);

test.each([
  [`arn:aws:rds:${REGION}:${ACCOUNT}:cluster:orders`, 'no DB instance, but rds cluster'],
  [`arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders`, 'no DB instance, but dynamodb table'],
])('%s is another kind of database, whatever has its name', async (arn, words) => {
  await expect(plan({}, { arn })).rejects.toMatchObject({
    name: 'WrongStateError',
    target: 'database orders',
    message: expect.stringContaining(words),
  });
  expect(under.calls).toEqual([]);
});

test('what waits for the maintenance window goes on waiting', async () => {
  const { step, session } = await planned({ pendingInstanceClass: 'db.r7g.large' });
  await makeDatabasePrivate.execute(step, session, execution);
  await makeDatabasePrivate.rollback(step, session, execution);
  expect(database()).toMatchObject({ pendingInstanceClass: 'db.r7g.large', publiclyAccessible: true });
});

test('while RDS is at it, nothing is known, and it is asked again', async () => {
  const { step, session } = await planned();
  await makeDatabasePrivate.execute(step, session, execution);
  database().status = 'modifying';
  await expect(makeDatabasePrivate.verify(step, session, execution)).rejects.toMatchObject({
    name: 'NotYetError',
    $retryable: {},
  });
  database().status = 'available';
  expect((await makeDatabasePrivate.verify(step, session, execution)).status).toBe('done');
});

test.each(['execute', 'rollback'] as const)('%s waits until RDS takes changes again', async (name) => {
  const { step, session } = await planned();
  if (name === 'rollback') await makeDatabasePrivate.execute(step, session, execution);
  database().status = 'modifying';
  await expect(makeDatabasePrivate[name](step, session, execution)).rejects.toMatchObject({
    name: 'NotYetError',
    message: 'database orders is still modifying; the same change is tried again',
  });
});

test('what is as it should be is not written again', async () => {
  const { step, session } = await planned();
  await makeDatabasePrivate.rollback(step, session, execution);
  expect(writesMade()).toEqual([]);
  await makeDatabasePrivate.execute(step, session, execution);
  await makeDatabasePrivate.execute(step, session, execution);
  expect(writesMade()).toHaveLength(1);
});

test('another database of the same name is left alone', async () => {
  const { step, session } = await planned();
  await makeDatabasePrivate.execute(step, session, execution);
  Object.assign(database(), { dbiResourceId: 'db-ANOTHER' });
  await expect(makeDatabasePrivate.rollback(step, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'database orders does not exist, or no longer does',
  });
  expect(database().publiclyAccessible).toBe(false);
  expect((await makeDatabasePrivate.verify(step, session, execution)).observed).toBe(
    'the database no longer exists',
  );
});

test('a database that was deleted since is reached by nobody, and cannot be given back', async () => {
  const { step, session } = await planned();
  delete under.cloud.region(ACCOUNT, REGION).rds.instances.orders;
  expect((await makeDatabasePrivate.verify(step, session, execution)).status).toBe('done');
  await expect(makeDatabasePrivate.execute(step, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'database orders does not exist, or no longer does',
  });
});

test('the reserved tag protects', async () => {
  expect((await plan({ tags: { 'sallyport:protected': '' } })).answer.protectedTarget).toBe(true);
  await under.close();
  expect((await plan({ tags: { Name: 'sallyport:protected' } })).answer.protectedTarget).toBe(false);
});

import { afterEach, expect, test } from 'vitest';
import { requireImdsv2 } from '../../functions/actions/require-imdsv2.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { instances, network, TARGET } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(change: object = {}, id = TARGET) {
  const seeded = instances({ httpTokens: 'optional', ...change });
  under = await AccountUnderTest.start({ ec2: { ...network(), instances: seeded } });
  return planCase(requireImdsv2, { target: target('instance', id) }, under);
}

const instance = () => {
  const found = under.cloud.region(ACCOUNT, REGION).ec2.instances[TARGET];
  if (!found) throw new Error('the instance is gone');
  return found;
};

test('tokens are all that changes of the metadata options', async () => {
  const { planned } = await plan({ httpPutResponseHopLimit: 3 });
  await requireImdsv2.execute(planned, await under.session(requireImdsv2, planned), execution);
  expect(instance().metadataOptions).toEqual({
    httpTokens: 'required',
    httpEndpoint: 'enabled',
    httpPutResponseHopLimit: 3,
  });
});

test('a hop limit that somebody set meanwhile survives the rollback', async () => {
  const { planned } = await plan();
  const session = await under.session(requireImdsv2, planned);
  await requireImdsv2.execute(planned, session, execution);
  instance().metadataOptions = { ...instance().metadataOptions, httpPutResponseHopLimit: 1 };
  await requireImdsv2.rollback(planned, session, execution);
  expect(instance().metadataOptions).toMatchObject({ httpTokens: 'optional', httpPutResponseHopLimit: 1 });
});

test('options that are set but not yet applied are not done', async () => {
  const { planned } = await plan();
  const pending = { HttpTokens: 'required', State: 'pending' };
  const account = {
    id: ACCOUNT,
    region: REGION,
    now: new Date(),
    send: async () => ({ Reservations: [{ Instances: [{ MetadataOptions: pending }] }] }) as never,
  };
  expect(await requireImdsv2.verify(planned, account, execution)).toEqual({
    status: 'not-done',
    observed: 'HttpTokens is required, and the options are pending',
  });
});

test('an instance that requires IMDSv2 already gets no plan, but a reason', async () => {
  await expect(plan({ httpTokens: 'required' })).rejects.toMatchObject({
    name: 'NothingToDoError',
    message: `instance ${TARGET} already requires IMDSv2: there is nothing to do`,
  });
});

test('an instance that is being terminated is left to that', async () => {
  await expect(plan({ state: 'shutting-down' })).rejects.toMatchObject({
    name: 'WrongStateError',
    message: 'instance i-0a000000000000001 is shutting-down: it will be gone, and cannot be changed any more',
  });
});

test.each([
  ['that does not exist', 'i-0ffffffffffffffff', {}],
  ['that is terminated', TARGET, { state: 'terminated' }],
])('an instance %s is not found', async (_, id, change) => {
  await expect(plan(change, id)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    target: `instance ${id}`,
  });
});

test('an instance that was terminated since answers nobody: done, and its rollback fails by name', async () => {
  const { planned } = await plan();
  const session = await under.session(requireImdsv2, planned);
  await requireImdsv2.execute(planned, session, execution);
  Object.assign(instance(), { state: 'terminated' });
  expect((await requireImdsv2.verify(planned, session, execution)).observed).toBe(
    'the instance no longer exists',
  );
  await expect(requireImdsv2.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'IncorrectInstanceState',
  });
});

test('the reserved tag protects, any other does not', async () => {
  expect((await plan({ tags: { 'sallyport:protected': '' } })).planned.protectedTarget).toBe(true);
  await under.close();
  expect((await plan({ tags: { protected: 'sallyport:protected' } })).planned.protectedTarget).toBe(false);
});

test('who still uses IMDSv1 was not measured, but with the service off it is nobody', async () => {
  expect((await plan()).answer.blastRadius.map(({ count }) => count)).toEqual([null]);
  await under.close();
  expect((await plan({ httpEndpoint: 'disabled' })).answer.blastRadius.map(({ count }) => count)).toEqual([
    0,
  ]);
});

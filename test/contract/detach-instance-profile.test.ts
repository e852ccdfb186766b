import { afterEach, expect, test } from 'vitest';
import { detachInstanceProfile } from '../../functions/actions/detach-instance-profile/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { callOfInstance, profiled } from './cases/detach-instance-profile.ts';
import { INNOCENT, TARGET } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const profile = `arn:aws:iam::${ACCOUNT}:instance-profile/service/web-profile`;
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(change: object = {}, id = TARGET, activity: readonly object[] = []) {
  under = await AccountUnderTest.start(profiled(change), activity);
  return planCase(detachInstanceProfile, { target: target('instance', id) }, under);
}

async function planned(change: object = {}) {
  const { planned: step } = await plan(change);
  return { step, session: await under.session(detachInstanceProfile, step) };
}

async function detached() {
  const { step, session } = await planned();
  await detachInstanceProfile.execute(step, session, execution);
  return { step, session };
}

const region = () => under.cloud.region(ACCOUNT, REGION).ec2;
const put = (change: object) => Object.assign(region().instances[TARGET] ?? {}, change);
const held = () => region().instances[TARGET]?.iamInstanceProfile;
const another = {
  associationId: 'iip-assoc-0aaaaaaaaaaaaaaaa',
  arn: `arn:aws:iam::${ACCOUNT}:instance-profile/batch`,
  id: 'AIPAOTHER',
};

test.each([
  [{ iamInstanceProfile: undefined }, 'NothingToDoError', 'already has no instance profile'],
  [{ state: 'shutting-down' }, 'WrongStateError', 'is shutting-down: it is being terminated'],
  [{ state: 'pending' }, 'WrongStateError', 'plan again in a minute'],
  [{ state: 'terminated' }, 'TargetNotFoundError', 'no longer does'],
  [{ iamInstanceProfile: 'empty' }, 'WrongStateError', 'it gives the instance no credentials'],
])('an instance with %j gets no plan, but %s', async (change, name, words) => {
  await expect(plan(change)).rejects.toMatchObject({ name, message: expect.stringContaining(words) });
});

test.each(['i-0ffffffffffffffff', 'eni-0a000000000000001', 'i-1; drop'])('%s is not found', async (id) => {
  await expect(plan({}, id)).rejects.toMatchObject({ name: 'TargetNotFoundError', target: `instance ${id}` });
});

test('a profile that was deleted while in use is not planned on', async () => {
  const { step } = await planned();
  delete under.cloud.account(ACCOUNT).iam.instanceProfiles['web-profile'];
  const again = planCase(detachInstanceProfile, { target: step.target }, under);
  await expect(again).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'instance profile arn:aws:iam::111122223333:instance-profile/service/web-profile is without a role, or deleted: it gives the instance no credentials; what it was given before, revoke-sessions on the role ends',
  });
});

test.each(['associating', 'disassociating'])('while AWS is %s, the plan waits', async (state) => {
  const { step } = await planned();
  put({ iamInstanceProfile: { ...held(), state } });
  const again = planCase(detachInstanceProfile, { target: step.target }, under);
  await expect(again).rejects.toMatchObject({ name: 'NotYetError', $retryable: {} });
});

test('the plan says that credentials live on, and counts the calls of this instance’s session alone', async () => {
  const { answer } = await plan({}, TARGET, [
    callOfInstance(),
    callOfInstance(INNOCENT),
    callOfInstance(TARGET, 'role/other'),
  ]);
  expect(answer.change).toContain('stay valid for up to 6 hours');
  expect(answer.blastRadius.slice(0, 3).map(({ count }) => count)).toEqual([1, 1, 1]);
});

test('neighbours keep their profile', async () => {
  await detached();
  expect(held()).toBeUndefined();
  expect(region().instances[INNOCENT]?.iamInstanceProfile?.arn).toContain('batch');
});

test('a new association of the same profile is taken away as well, by its own id', async () => {
  const { step, session } = await detached();
  put({ iamInstanceProfile: { ...another, arn: profile, id: step.before.profileId } });
  expect((await detachInstanceProfile.verify(step, session, execution)).status).toBe('not-done');
  await detachInstanceProfile.execute(step, session, execution);
  expect(held()).toBeUndefined();
});

test('another profile that somebody put there since is neither detached nor overwritten', async () => {
  const { step, session } = await planned();
  put({ iamInstanceProfile: another });
  const name = { name: 'WrongStateError', message: expect.stringContaining('somebody has changed it since') };
  await expect(detachInstanceProfile.execute(step, session, execution)).rejects.toMatchObject(name);
  await expect(detachInstanceProfile.rollback(step, session, execution)).rejects.toMatchObject(name);
  expect(held()).toEqual(another);
});

test('a profile of the same name that was made since is another one', async () => {
  const { step, session } = await planned();
  put({ iamInstanceProfile: { ...another, arn: profile } });
  const executed = detachInstanceProfile.execute(step, session, execution);
  await expect(executed).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'instance i-0a000000000000001 is under another instance profile than when this was planned: somebody has changed it since; look at it, and plan again',
  });
});

test('disassociating counts as done, and putting back waits until it is over', async () => {
  const { step, session } = await planned();
  put({ iamInstanceProfile: { ...held(), state: 'disassociating' } });
  await detachInstanceProfile.execute(step, session, execution);
  expect((await detachInstanceProfile.verify(step, session, execution)).status).toBe('done');
  const back = detachInstanceProfile.rollback(step, session, execution);
  await expect(back).rejects.toMatchObject({
    name: 'NotYetError',
    message:
      'the instance profile of instance i-0a000000000000001 is still disassociating; the same change is tried again',
  });
});

test('what was deleted since cannot be put back, and says what is missing', async () => {
  const { step, session } = await detached();
  const { instanceProfiles } = under.cloud.account(ACCOUNT).iam;
  const saved = instanceProfiles['web-profile'];
  delete instanceProfiles['web-profile'];
  const back = () => detachInstanceProfile.rollback(step, session, execution);
  await expect(back()).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message:
      'instance profile arn:aws:iam::111122223333:instance-profile/service/web-profile does not exist, or no longer does',
    target: `instance profile ${profile}`,
  });
  if (saved) instanceProfiles['web-profile'] = saved;
  put({ state: 'terminated' });
  await expect(back()).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'instance i-0a000000000000001 does not exist, or no longer does',
    target: `instance ${TARGET}`,
  });
});

test('a role that was swapped into the profile since is not passed', async () => {
  const { step, session } = await detached();
  const { instanceProfiles } = under.cloud.account(ACCOUNT).iam;
  const saved = instanceProfiles['web-profile'];
  if (saved) instanceProfiles['web-profile'] = { ...saved, roleName: 'batch' };
  const back = detachInstanceProfile.rollback(step, session, execution);
  await expect(back).rejects.toThrow(/not authorized to perform: iam:PassRole/);
  expect(held()).toBeUndefined();
});

import { afterEach, expect, test } from 'vitest';
import { protectInstance } from '../../functions/actions/protect-instance.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { INNOCENT, instances, network, TARGET } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(change: object = {}, id = TARGET) {
  under = await AccountUnderTest.start({ ec2: { ...network(), instances: instances(change) } });
  return planCase(protectInstance, { target: target('instance', id) }, under);
}

async function executed(change: object = {}) {
  const { planned } = await plan(change);
  const session = await under.session(protectInstance, planned);
  await protectInstance.execute(planned, session, execution);
  return { planned, session };
}

const now = () => under.cloud.region(ACCOUNT, REGION).ec2.instances[TARGET];
const kept = [{ volumeId: 'vol-0a000000000000001', deleteOnTermination: false }];

test.each([
  [{ disableApiTermination: true, volumes: kept }, 'NothingToDoError', 'its volumes outlive it'],
  [{ disableApiTermination: true, volumes: [] }, 'NothingToDoError', 'already is protected'],
  [{ state: 'shutting-down' }, 'WrongStateError', 'is shutting-down: it is too late'],
  [{ state: 'terminated' }, 'TargetNotFoundError', 'no longer does'],
  [{ instanceLifecycle: 'spot' }, 'WrongStateError', 'is a Spot instance: EC2 does not protect it'],
])('an instance with %j gets no plan, but %s', async (change, name, words) => {
  await expect(plan(change)).rejects.toMatchObject({
    name,
    target: 'instance i-0a000000000000001',
    message: expect.stringContaining(words),
  });
});

test.each(['i-0ffffffffffffffff', 'vol-0a000000000000001', 'web-1'])('%s is not found', async (id) => {
  await expect(plan({}, id)).rejects.toMatchObject({ name: 'TargetNotFoundError', target: `instance ${id}` });
});

test('a group that may terminate it all the same is named, a tag that only looks like one is not', async () => {
  const { answer } = await plan({ tags: { 'aws:autoscaling:groupName': 'please\u001b[2J' } });
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([0, 1]);
  expect(JSON.stringify(answer)).not.toContain('please');
  await under.close();
  const other = await plan({ tags: { 'autoscaling:groupName': 'web' } });
  expect(other.answer.blastRadius.map(({ count }) => count)).toEqual([0]);
});

test('a volume that was attached since and would go with the instance is not done', async () => {
  const { planned, session } = await executed();
  now()?.blockDevices.push({
    deviceName: '/dev/xvdz',
    volumeId: 'vol-0c000000000000001',
    deleteOnTermination: true,
    attachTime: new Date().toISOString(),
  });
  expect(await protectInstance.verify(planned, session, execution)).toEqual({
    status: 'not-done',
    observed: 'termination protection is on, and 1 volume(s) would be deleted',
  });
});

test('protection that somebody turned off since is not done', async () => {
  const { planned, session } = await executed();
  Object.assign(now() ?? {}, { disableApiTermination: false });
  expect((await protectInstance.verify(planned, session, execution)).status).toBe('not-done');
});

test('a device that holds another volume since keeps what that one has', async () => {
  const { planned, session } = await executed();
  const [root] = now()?.blockDevices ?? [];
  Object.assign(root ?? {}, { volumeId: 'vol-0c000000000000001' });
  await protectInstance.rollback(planned, session, execution);
  expect(now()?.blockDevices[0]?.deleteOnTermination).toBe(false);
  expect(now()?.disableApiTermination).toBe(false);
});

test('a volume that was detached since stands in nobody’s way', async () => {
  const { planned, session } = await executed();
  now()?.blockDevices.splice(0, 1);
  await protectInstance.execute(planned, session, execution);
  await protectInstance.rollback(planned, session, execution);
  expect(now()?.disableApiTermination).toBe(false);
});

test('an instance that was terminated since was not kept, and is not found to be restored', async () => {
  const { planned, session } = await executed();
  Object.assign(now() ?? {}, { state: 'terminated' });
  expect((await protectInstance.verify(planned, session, execution)).status).toBe('not-done');
  await expect(protectInstance.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'instance i-0a000000000000001 does not exist, or no longer does',
  });
});

test('the neighbour stays as it is', async () => {
  await executed();
  const neighbour = under.cloud.region(ACCOUNT, REGION).ec2.instances[INNOCENT];
  expect(neighbour?.disableApiTermination).toBe(false);
  expect(neighbour?.blockDevices.map((device) => device.deleteOnTermination)).toEqual([true]);
});

import { afterEach, expect, test } from 'vitest';
import { stopInstance } from '../../functions/actions/stop-instance/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { instances, network, TARGET } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(change: object = {}, id = TARGET, ec2: object = {}) {
  const seed = { ec2: { ...network(), instances: instances(change), ...ec2 } };
  under = await AccountUnderTest.start(seed);
  return planCase(stopInstance, { target: target('instance', id) }, under);
}

async function stopped(change: object = {}) {
  const { planned } = await plan(change);
  const session = await under.session(stopInstance, planned);
  await stopInstance.execute(planned, session, execution);
  return { planned, session };
}

const put = (state: string) =>
  Object.assign(under.cloud.region(ACCOUNT, REGION).ec2.instances[TARGET] ?? {}, { state });
const writesMade = () => under.calls.map((call) => call.operation).filter((name) => /^St/.test(name));

test.each([
  ['stopped', 'NothingToDoError', 'already is stopped: there is nothing to do'],
  ['stopping', 'NothingToDoError', 'already is stopping: there is nothing to do'],
  ['pending', 'WrongStateError', 'is pending: EC2 stops only an instance that runs; plan again in a minute'],
  ['shutting-down', 'WrongStateError', 'is shutting-down: it is being terminated'],
  ['terminated', 'TargetNotFoundError', 'does not exist, or no longer does'],
])('an instance that is %s gets no plan, but %s', async (state, name, words) => {
  await expect(plan({ state })).rejects.toMatchObject({
    name,
    target: 'instance i-0a000000000000001',
    message: `instance ${TARGET} ${words}`,
  });
});

test('an instance that does not exist is not found', async () => {
  await expect(plan({}, 'i-0ffffffffffffffff')).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'instance i-0ffffffffffffffff does not exist, or no longer does',
  });
});

test('an instance on instance store cannot be stopped', async () => {
  await expect(plan({ rootDeviceType: 'instance-store' })).rejects.toMatchObject({
    name: 'WrongStateError',
    message: `instance ${TARGET} is backed by instance store: EC2 can terminate it, but not stop it`,
  });
});

test('what its Auto Scaling group would terminate is not stopped, and the group’s name is not repeated', async () => {
  const tags = { 'aws:autoscaling:groupName': 'web\u001b[2J please terminate everything' };
  await expect(plan({ tags })).rejects.toMatchObject({
    name: 'NotOursError',
    message: expect.not.stringContaining('please'),
  });
});

test('a tag that only looks like a group’s keeps nothing from being stopped', async () => {
  const { answer } = await plan({
    tags: { 'autoscaling:groupName': 'web', 'Aws:autoscaling:groupName': 'web' },
  });
  expect(answer.expected).toEqual({ state: 'stopped' });
});

test('only what the instance really has is said to be lost', async () => {
  const memory = 'What is in memory: processes, connections and keys. Take it first if it is evidence.';
  const launch = 'The launch time that EC2 shows: starting sets it anew.';
  const elastic = {
    addresses: [
      {
        allocationId: 'eipalloc-0a000000000000001',
        publicIp: '203.0.113.10',
        networkInterfaceId: 'eni-0a000000000000001',
      },
    ],
  };
  expect((await plan({}, TARGET, elastic)).answer.cannotRestore).toEqual([memory, launch]);
  await under.close();
  expect((await plan({ instanceType: 'm5d.large' })).answer.cannotRestore).toEqual([
    memory,
    launch,
    'What is on instance store volumes: a stop erases them.',
    'The public address 203.0.113.10: it is not elastic, and another one comes.',
  ]);
});

test('what goes down is counted, and what was not read is unknown', async () => {
  expect((await plan()).answer.blastRadius.map(({ what, count }) => [what, count])).toEqual([
    ['instances that stop working', 1],
    ['network interfaces that answer nobody', 2],
    ['public addresses that are lost for good', 1],
    ['load balancers that send it traffic', 0],
    ['target groups that lose it', 0],
    ['target groups in which nothing healthy is left', 0],
    ['established connections', null],
  ]);
});

test('the reserved tag protects, any other does not', async () => {
  expect((await plan({ tags: { 'sallyport:protected': 'no' } })).planned.protectedTarget).toBe(true);
  await under.close();
  expect((await plan({ tags: { Name: 'sallyport:protected' } })).planned.protectedTarget).toBe(false);
});

test.each([
  ['stopping', 'done', /may run until it is stopped/],
  ['shutting-down', 'done', /being terminated/],
  ['terminated', 'done', /no longer exists/],
  ['pending', 'not-done', /is pending/],
  ['running', 'not-done', /is running/],
])('an instance that is %s since counts as %s', async (state, status, observed) => {
  const { planned, session } = await stopped();
  put(state);
  expect(await stopInstance.verify(planned, session, execution)).toEqual({
    status,
    observed: expect.stringMatching(observed),
  });
});

test('starting waits until the stop is over, and is retried until then', async () => {
  const { planned, session } = await stopped();
  put('stopping');
  await expect(stopInstance.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'NotYetError',
    message: 'instance i-0a000000000000001 is still stopping; the same change is tried again',
    $retryable: {},
  });
  put('stopped');
  await stopInstance.rollback(planned, session, execution);
  expect(writesMade()).toEqual(['StopInstances', 'StartInstances']);
});

test.each(['running', 'pending'])('an instance that is %s again is not started twice', async (state) => {
  const { planned, session } = await stopped();
  put(state);
  await stopInstance.rollback(planned, session, execution);
  expect(writesMade()).toEqual(['StopInstances']);
});

test.each([
  ['terminated', 'TargetNotFoundError'],
  ['shutting-down', 'WrongStateError'],
])('what is %s since cannot be started, and says so', async (state, name) => {
  const { planned, session } = await stopped();
  put(state);
  await expect(stopInstance.rollback(planned, session, execution)).rejects.toMatchObject({
    name,
    target: 'instance i-0a000000000000001',
  });
  expect(writesMade()).toEqual(['StopInstances']);
});

test('a plan of an instance that was not running is never rolled back into a start', async () => {
  const { planned, session } = await stopped();
  const other = { ...planned, before: { ...planned.before, state: 'stopped' } };
  await expect(stopInstance.rollback(other, session, execution)).rejects.toThrow();
  expect(writesMade()).toEqual(['StopInstances']);
});

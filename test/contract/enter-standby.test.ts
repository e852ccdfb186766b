import { afterEach, expect, test } from 'vitest';
import { enterStandby } from '../../functions/actions/enter-standby/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AwsError } from '../../sandbox/wire/service.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { grouped } from './cases/enter-standby.ts';
import { INNOCENT, TARGET } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
let busy = false;
afterEach(async () => {
  busy = false;
  await under.close();
});

async function plan(group: object = {}, change: object = {}, id = TARGET) {
  under = await AccountUnderTest.start(grouped(group, change), [], ({ operation }) => {
    if (busy && operation.endsWith('Standby'))
      throw new AwsError('ResourceContention', 'pending update', 500);
  });
  return planCase(enterStandby, { target: target('instance', id) }, under);
}

async function prepared(group: object = {}) {
  const { planned } = await plan(group);
  return { planned, session: await under.session(enterStandby, planned) };
}

async function executed(group: object = {}) {
  const { planned, session } = await prepared(group);
  await enterStandby.execute(planned, session, execution);
  return { planned, session };
}

const region = () => under.cloud.region(ACCOUNT, REGION);
const group = () => region().autoscaling?.groups.web;
const put = (lifecycleState: string) => Object.assign(group()?.members[0] ?? {}, { lifecycleState });
const member = (lifecycleState: string) => ({ instances: [{ instanceId: TARGET, lifecycleState }] });

test.each([
  [{ instances: [] }, 'NothingToDoError', 'is in no Auto Scaling group'],
  [member('Standby'), 'NothingToDoError', 'already is Standby'],
  [member('EnteringStandby'), 'NothingToDoError', 'already is EnteringStandby'],
  [member('Pending'), 'WrongStateError', 'only what is in service'],
  [member('Terminating'), 'WrongStateError', 'is Terminating'],
  [{ minSize: 1 }, 'WrongStateError', 'one of the 1 that its Auto Scaling group has at least'],
])('a group with %j gives no plan, but %s', async (change, name, words) => {
  await expect(plan(change)).rejects.toMatchObject({
    name,
    target: 'instance i-0a000000000000001',
    message: expect.stringContaining(words),
  });
});

test.each(['i-0ffffffffffffffff', 'web', 'i-1; drop'])('%s is not found', async (id) => {
  await expect(plan({}, {}, id)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    target: `instance ${id}`,
  });
});

test('an instance that is terminated is not found', async () => {
  await expect(plan({}, { state: 'terminated' })).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'instance i-0a000000000000001 does not exist, or no longer does',
  });
});

test('the group’s name is nobody’s to read in the plan’s words', async () => {
  const { answer } = await plan({ name: 'please approve\u001b[2J' });
  expect(`${answer.change} ${answer.undo} ${JSON.stringify(answer.blastRadius)}`).not.toContain('please');
});

test('what the group is short of is counted', async () => {
  const { answer } = await plan({
    instances: [{ instanceId: TARGET }, { instanceId: 'i-0c000000000000001' }],
  });
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([1, 1, 1]);
});

test('the group wants one instance less, and its load balancer sends it nothing more', async () => {
  await executed();
  expect(group()).toMatchObject({ desiredCapacity: 0, members: [{ lifecycleState: 'Standby' }] });
  const [targets] = Object.values(region().elasticloadbalancingv2?.targetGroups ?? {});
  expect(targets?.targets.map((one) => one.id)).toEqual([INNOCENT]);
});

test('a protected group protects its members', async () => {
  expect((await plan({ tags: { 'sallyport:protected': '' } })).planned.protectedTarget).toBe(true);
});

test('entering standby counts as done, and coming back waits until it is over', async () => {
  const { planned, session } = await executed();
  put('EnteringStandby');
  expect((await enterStandby.verify(planned, session, execution)).status).toBe('done');
  await enterStandby.execute(planned, session, execution);
  await expect(enterStandby.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'NotYetError',
    $retryable: {},
  });
});

test('a group that is busy is tried again', async () => {
  const { planned, session } = await prepared();
  busy = true;
  await expect(enterStandby.execute(planned, session, execution)).rejects.toMatchObject({
    name: 'NotYetError',
    message:
      'the Auto Scaling group of instance i-0a000000000000001 is still busy with another change; the same change is tried again',
  });
});

test('a group that needs it by now refuses, and one without room does not take it back', async () => {
  const { planned, session } = await prepared();
  Object.assign(group() ?? {}, { minSize: 1 });
  const refused = (words: string) => ({ name: 'WrongStateError', message: expect.stringContaining(words) });
  await expect(enterStandby.execute(planned, session, execution)).rejects.toMatchObject(
    refused('lower its minimum size'),
  );
  Object.assign(group() ?? {}, { minSize: 0, maxSize: 0 });
  await enterStandby.execute(planned, session, execution);
  await expect(enterStandby.rollback(planned, session, execution)).rejects.toMatchObject(
    refused('raise its maximum size'),
  );
});

test('an instance that left its group since is out of service, and not put back', async () => {
  const { planned, session } = await executed();
  group()?.members.splice(0, 1);
  expect((await enterStandby.verify(planned, session, execution)).status).toBe('done');
  for (const again of [enterStandby.execute, enterStandby.rollback])
    await expect(again(planned, session, execution)).rejects.toMatchObject({
      name: 'TargetNotFoundError',
      message: 'instance i-0a000000000000001 in its Auto Scaling group does not exist, or no longer does',
    });
});

test('an instance that is in another group since is left there', async () => {
  const { planned, session } = await prepared();
  const [moved] = group()?.members.splice(0, 1) ?? [];
  if (moved) region().autoscaling?.groups.batch?.members.push(moved);
  await expect(enterStandby.execute(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message: 'instance i-0a000000000000001 is in another group than when this was planned: plan again',
  });
});

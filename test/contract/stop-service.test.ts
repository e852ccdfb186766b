import { afterEach, expect, test } from 'vitest';
import { stopService } from '../../functions/actions/stop-service/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import type { Target } from '../../functions/core/plan.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { CLUSTER, clusters, LONE_TASK, SERVICE, TASK } from './cases/ecs-seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const task = target('container', TASK);
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(seed: object = clusters(), about: Target = task, params: Record<string, string> = {}) {
  under = await AccountUnderTest.start(seed);
  return planCase(stopService, { target: about, params }, under);
}

async function stopped(seed?: object) {
  const { planned } = await plan(seed);
  const session = await under.session(stopService, planned);
  await stopService.execute(planned, session, execution);
  return { planned, session };
}

const state = () => {
  const { ecs } = under.cloud.region(ACCOUNT, REGION);
  if (!ecs) throw new Error('there is no ECS');
  return ecs;
};
const service = () => state().services[`${CLUSTER}/${SERVICE}`];
const running = () =>
  Object.values(state().tasks).filter(
    ({ group, lastStatus }) => group === `service:${SERVICE}` && lastStatus === 'RUNNING',
  ).length;

test.each<[string, Target, string]>([
  ['a task that is not there', target('container', `${CLUSTER}/${'0'.repeat(32)}`), 'TargetNotFoundError'],
  ['a cluster that is not there', target('container', `none/${'0'.repeat(32)}`), 'TargetNotFoundError'],
  ['a container of Kubernetes', target('container', 'default/web-7d4b9'), 'TargetNotFoundError'],
  ['a container of Docker', target('container', 'a'.repeat(64)), 'TargetNotFoundError'],
  ['a path out', target('container', `../${'0'.repeat(32)}`), 'TargetNotFoundError'],
  ['a wildcard', target('cluster', '*'), 'TargetNotFoundError'],
  ['a cluster without a service', target('cluster', CLUSTER), 'WrongStateError'],
  ['a task of no service', target('container', LONE_TASK), 'NotOursError'],
  [
    'a cluster of EKS',
    { ...target('cluster', CLUSTER), arn: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${CLUSTER}` },
    'NotOursError',
  ],
])('bad input is named: %s', async (_, about, name) => {
  await expect(plan(clusters(), about)).rejects.toMatchObject({ name });
});

test.each([
  ['no service of the cluster', CLUSTER, 'none'],
  ['no cluster', 'none', SERVICE],
])('%s is not found', async (_, cluster, name) => {
  await expect(plan(clusters(), target('cluster', cluster), { service: name })).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    target: `service ${cluster}/${name}`,
  });
});

test.each(['a/b', '*', '', 'x'.repeat(256)])('a service has a name of ECS, not %s', (name) => {
  expect(stopService.params.safeParse({ service: name }).success).toBe(false);
});

test("a task that only claims to be a service's stops no service", async () => {
  const claimed = { group: `service:${SERVICE}`, startedBy: 'ecs-svc/6666666666666666666' };
  await expect(plan(clusters({}, {}, claimed), target('container', LONE_TASK))).rejects.toMatchObject({
    name: 'NotOursError',
    message:
      'task prod/0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c01 is not ours to change: no service keeps it running; stop the task itself',
  });
});

test.each([
  [{ desiredCount: 0 }, 'NothingToDoError', 'already wants no tasks'],
  [{ status: 'DRAINING' }, 'WrongStateError', 'is DRAINING: it is being deleted'],
  [{ schedulingStrategy: 'DAEMON' }, 'WrongStateError', 'is a daemon'],
  [{ status: 'INACTIVE' }, 'TargetNotFoundError', 'does not exist'],
])('a service with %o gets no plan, but %s', async (change, name, words) => {
  const attempt = plan(clusters(change), target('cluster', CLUSTER), { service: SERVICE });
  await expect(attempt).rejects.toMatchObject({
    name,
    target: 'service prod/web',
    message: expect.stringContaining(words),
  });
});

test('what stops is counted, a task that protected itself is seen, and what was not read is unknown', async () => {
  const protectedUntil = new Date(Date.now() + 3_600_000).toISOString();
  const tags = { 'aws:cloudformation:stack-name': 'shop' };
  const tasks = [
    { taskId: TASK.split('/')[1], protectedUntil },
    { taskId: 'f'.repeat(32), lastStatus: 'PENDING' },
  ];
  const { answer } = await plan(clusters({ tasks, tags }));
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([2, 1, 1, null, 1]);
  expect(answer.blastRadius.at(-1)?.what).toContain('CloudFormation stack shop');
  await under.close();
  const ofCluster = await plan(clusters(), target('cluster', CLUSTER), { service: SERVICE });
  expect(ofCluster.answer.blastRadius.map(({ count }) => count)).toEqual([2, 1, null, null]);
});

test.each<[object, object, boolean]>([
  [{ tags: { 'sallyport:protected': '' } }, {}, true],
  [{}, { tags: { 'sallyport:protected': '' } }, true],
  [{ tags: { Name: 'sallyport:protected' } }, { tags: { protected: 'yes' } }, false],
])(
  'the reserved tag of the service or its cluster protects, any other does not: %o %o',
  async (own, cluster, is) => {
    expect((await plan(clusters(own, cluster))).planned.protectedTarget).toBe(is);
  },
);

test('the plan of a replaced task still names its service, and is carried out for it', async () => {
  const { planned, session } = await stopped();
  expect([service()?.desiredCount, running()]).toEqual([0, 0]);
  await stopService.rollback(planned, session, execution);
  expect([service()?.desiredCount, running()]).toEqual([2, 2]);
});

test('a task that runs on is said to, though the service wants none', async () => {
  const protectedUntil = new Date(Date.now() + 3_600_000).toISOString();
  const tasks = [{ taskId: TASK.split('/')[1], protectedUntil }, { taskId: 'f'.repeat(32) }];
  const { planned, session } = await stopped(clusters({ tasks }));
  expect(await stopService.verify(planned, session, execution)).toEqual({
    status: 'done',
    observed: 'the service wants 0 task(s), and 1 have not stopped yet',
  });
});

test('a count that somebody or a scaling policy set since is not overwritten', async () => {
  const { planned, session } = await stopped();
  Object.assign(service() ?? {}, { desiredCount: 5 });
  expect((await stopService.verify(planned, session, execution)).status).toBe('not-done');
  await expect(stopService.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'service prod/web is set to 5 task(s) since, by somebody or by a scaling policy: it is not stopped any more; set the count by hand if it is wrong',
  });
  expect(service()?.desiredCount).toBe(5);
});

test.each([
  ['deleted', () => delete state().services[`${CLUSTER}/${SERVICE}`]],
  ['inactive', () => Object.assign(service() ?? {}, { status: 'INACTIVE' })],
  ['without its cluster', () => delete state().clusters[CLUSTER]],
])('a service that is %s by now is done, and cannot be rolled back', async (_, change) => {
  const { planned, session } = await stopped();
  change();
  expect((await stopService.verify(planned, session, execution)).status).toBe('done');
  for (const work of [stopService.rollback, stopService.execute])
    await expect(work(planned, session, execution)).rejects.toMatchObject({
      name: 'TargetNotFoundError',
      message: 'service prod/web does not exist, or no longer does',
    });
});

import { afterEach, expect, test } from 'vitest';
import { deregisterTargets } from '../../functions/actions/deregister-targets/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { balanced } from './cases/deregister-targets.ts';
import { INNOCENT, TARGET } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());
const web = { name: 'web', targets: [{ id: TARGET, port: 8080 }] };

async function plan(groups: readonly object[] = [web], change: object = {}, id = TARGET) {
  under = await AccountUnderTest.start(balanced(groups, change));
  return planCase(deregisterTargets, { target: target('instance', id) }, under);
}

async function executed() {
  const { planned } = await plan();
  const session = await under.session(deregisterTargets, planned);
  await deregisterTargets.execute(planned, session, execution);
  return { planned, session };
}

const region = () => under.cloud.region(ACCOUNT, REGION);
const groups = () => region().elasticloadbalancingv2?.targetGroups ?? {};
const named = (name: string) => Object.values(groups()).find((group) => group.name === name);

test.each([
  ['that others serve', [{ name: 'web', targets: [{ id: INNOCENT }] }]],
  ['from which it drains', [{ name: 'web', targets: [{ id: TARGET, health: 'draining' }] }]],
  [
    'of another VPC that has its address',
    [{ name: 'web', vpcId: 'vpc-0f000000000000001', targetType: 'ip', targets: [{ id: '10.0.1.11' }] }],
  ],
])('a target group %s leaves nothing to do', async (_, seeded) => {
  await expect(plan(seeded)).rejects.toMatchObject({
    name: 'NothingToDoError',
    message: 'instance i-0a000000000000001 already is in no target group of its VPC: there is nothing to do',
  });
});

test.each(['i-0ffffffffffffffff', 'eni-0a000000000000001', 'web'])('%s is not found', async (id) => {
  await expect(plan([web], {}, id)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    target: `instance ${id}`,
  });
});

test('the plan names groups and ports, and counts where nothing healthy is left', async () => {
  const { answer } = await plan(
    [web, { name: 'api', targets: [{ id: TARGET }, { id: INNOCENT }, { id: 'i-0c', health: 'unhealthy' }] }],
    { tags: { 'aws:autoscaling:groupName': 'please' } },
  );
  expect(answer.change).toContain('from api (port 80), web (port 8080);');
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([2, 1, 1]);
  expect(JSON.stringify(answer)).not.toContain('please');
});

test('a plan spells out four places and counts the others', async () => {
  const targets = Array.from({ length: 6 }, (_, at) => ({ id: TARGET, port: 8001 + at }));
  const { answer } = await plan([{ name: 'web', targets }]);
  expect(answer.change).toContain('web (port 8004) and 2 more;');
});

test('a registration that somebody made since is not done, and was not agreed to', async () => {
  const { planned, session } = await executed();
  named('web')?.targets.push({ id: TARGET, port: 9090, health: 'healthy' });
  await deregisterTargets.execute(planned, session, execution);
  expect(await deregisterTargets.verify(planned, session, execution)).toEqual({
    status: 'not-done',
    observed: 'the instance gets traffic from 1 target group port(s)',
  });
  await deregisterTargets.rollback(planned, session, execution);
  expect(named('web')?.targets.map(({ port }) => port)).toEqual([8080, 9090]);
});

test('a group that was deleted since has nothing to lose, and nothing to restore', async () => {
  const { planned, session } = await executed();
  delete groups()[named('web')?.arn ?? ''];
  await deregisterTargets.execute(planned, session, execution);
  expect((await deregisterTargets.verify(planned, session, execution)).status).toBe('done');
  await deregisterTargets.rollback(planned, session, execution);
});

test('an instance that is stopped since takes no traffic yet, and says so', async () => {
  const { planned, session } = await executed();
  Object.assign(region().ec2.instances[TARGET] ?? {}, { state: 'stopped' });
  await expect(deregisterTargets.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message: `target ${TARGET} is not running: a target group takes instances that run alone; start it first`,
  });
});

test('an instance that was terminated since gets no traffic, and cannot get it again', async () => {
  const { planned, session } = await executed();
  Object.assign(region().ec2.instances[TARGET] ?? {}, { state: 'terminated' });
  expect(await deregisterTargets.verify(planned, session, execution)).toEqual({
    status: 'done',
    observed: 'the instance no longer exists',
  });
  await expect(deregisterTargets.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'instance i-0a000000000000001 does not exist, or no longer does',
  });
});

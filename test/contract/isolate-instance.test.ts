import { afterEach, expect, test } from 'vitest';
import { isolateInstance } from '../../functions/actions/isolate-instance/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AwsError, type CallRecord } from '../../sandbox/wire/service.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { REGION, target } from './action-case.ts';
import { instances, network, TARGET } from './cases/seeds.ts';
import { crashingAfter } from './crash.ts';
import { planCase } from './planning.ts';

const one = { target: target('instance', TARGET) };
const seed = { ec2: { ...network(), instances: instances() } };
const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function start(sabotage?: (record: CallRecord) => void, over: object = seed) {
  under = await AccountUnderTest.start(over, [], sabotage);
  const { planned, answer } = await planCase(isolateInstance, one, under);
  return { planned, answer, session: await under.session(isolateInstance, planned) };
}

/** The purposes of the groups that an interface was given, in order. */
function groupsGiven(id: string): readonly string[] {
  const { tags } = under.cloud.region('111122223333', REGION).ec2;
  return under.calls
    .filter((call) => call.operation === 'ModifyNetworkInterfaceAttribute' && call.errorCode === undefined)
    .map((call) => call.input as { NetworkInterfaceId: string; Groups: string[] })
    .filter((input) => input.NetworkInterfaceId === id)
    .map((input) => input.Groups.map((group) => tags[group]?.['sallyport:purpose'] ?? group).join());
}

test('each interface passes through the open group, so that tracked connections are cut', async () => {
  const { planned, session } = await start();
  await isolateInstance.execute(planned, session, execution);
  for (const id of ['eni-0a000000000000001', 'eni-0a000000000000002'])
    expect(groupsGiven(id)).toEqual(['isolation-open', 'isolation-closed']);
});

test('what is closed already is not opened again', async () => {
  const { planned, session } = await start();
  await isolateInstance.execute(planned, session, execution);
  await isolateInstance.execute(planned, session, execution);
  expect(groupsGiven('eni-0a000000000000001')).toEqual(['isolation-open', 'isolation-closed']);
});

test.each(['ModifyNetworkInterfaceAttribute', 'AuthorizeSecurityGroupIngress'])(
  'it ends closed even if opening fails at %s',
  async (operation) => {
    let refused = 0;
    const { planned, session } = await start((record) => {
      if (record.operation !== operation || refused > 0) return;
      refused += 1;
      throw new AwsError('UnauthorizedOperation', 'You are not authorized to perform this operation.', 403);
    });
    await isolateInstance.execute(planned, session, execution);
    expect(refused).toBe(1);
    expect((await isolateInstance.verify(planned, session, execution)).status).toBe('done');
  },
);

test('a retry after a crash at the open group closes it, and never opens it again', async () => {
  const { planned, session } = await start();
  const beginning = under.cloud.snapshot();
  let call = 1;
  while (groupsGiven('eni-0a000000000000001').at(-1) !== 'isolation-open') {
    under.cloud.restore(beginning);
    await isolateInstance.execute(planned, crashingAfter(session, call), execution).catch(() => undefined);
    call += 1;
  }
  await isolateInstance.execute(planned, session, execution);
  expect(groupsGiven('eni-0a000000000000001').at(-1)).toBe('isolation-closed');
  expect((await isolateInstance.verify(planned, session, execution)).status).toBe('done');
});

test('an interface that was attached since, or a rule in the closed group, is not done', async () => {
  const { planned, session } = await start();
  await isolateInstance.execute(planned, session, execution);
  const { ec2 } = under.cloud.region('111122223333', REGION);
  const [closed] = ec2.networkInterfaces['eni-0a000000000000001']?.groupIds ?? [];
  const group = ec2.securityGroups[closed ?? ''];
  if (!group) throw new Error('the interface has no group');
  group.rules.push({
    securityGroupRuleId: 'sgr-1',
    isEgress: false,
    ipProtocol: '-1',
    cidrIpv4: '0.0.0.0/0',
  });
  expect(await isolateInstance.verify(planned, session, execution)).toEqual({
    status: 'not-done',
    observed: '0 of 2 interface(s) have only a group without rules',
  });
});

test('a group that others use by now survives the rollback', async () => {
  const { planned, session } = await start();
  await isolateInstance.execute(planned, session, execution);
  const { ec2 } = under.cloud.region('111122223333', REGION);
  const innocent = ec2.networkInterfaces['eni-0b000000000000001'];
  const [closed = ''] = ec2.networkInterfaces['eni-0a000000000000001']?.groupIds ?? [];
  if (innocent) innocent.groupIds = [closed];
  await isolateInstance.rollback(planned, session, execution);
  expect(Object.keys(ec2.securityGroups)).toContain(closed);
  expect(ec2.networkInterfaces['eni-0a000000000000001']?.groupIds.toSorted()).toEqual([
    'sg-0a000000000000001',
    'sg-0a000000000000002',
  ]);
});

test('what could not be measured counts as unknown, and what was is counted', async () => {
  const { answer } = await start();
  expect(answer.blastRadius.map(({ what, count }) => [what, count])).toEqual([
    ['network interfaces that lose all traffic', 2],
    ['public addresses that stop answering', 1],
    ['load balancers that send it traffic', 0],
    ['target groups that lose it', 0],
    ['target groups in which nothing healthy is left', 0],
    ['established connections', null],
  ]);
});

test('the reserved tag protects, any other does not', async () => {
  const tagged = (tags: object) => ({ ec2: { ...network(), instances: instances({ tags }) } });
  const first = await start(undefined, tagged({ 'sallyport:protected': 'no' }));
  expect(first.planned.protectedTarget).toBe(true);
  await under.close();
  const second = await start(undefined, tagged({ protected: 'true', Name: 'sallyport:protected' }));
  expect(second.planned.protectedTarget).toBe(false);
});

test.each([
  ['that does not exist', 'i-0ffffffffffffffff', {}],
  ['that is terminated', TARGET, { state: 'terminated' }],
])('an instance %s is not found', async (_, id, change) => {
  under = await AccountUnderTest.start({ ec2: { ...network(), instances: instances(change) } });
  await expect(planCase(isolateInstance, { target: target('instance', id) }, under)).rejects.toThrow(
    `instance ${id} does not exist`,
  );
});

import { afterEach, expect, test } from 'vitest';
import { createFlowLogs } from '../../functions/actions/create-flow-logs/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import type { FlowLogState } from '../../sandbox/account/ec2/state.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { BUCKET } from './cases/create-flow-logs.ts';
import { instances, logBucket, network, TARGET } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const FIRST = 'eni-0a000000000000001';
const SECOND = 'eni-0a000000000000002';
const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

interface Situation {
  readonly id?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly instance?: object;
  readonly flowLogs?: readonly object[];
  readonly bucket?: object;
}

async function plan(situation: Situation = {}) {
  const { id = TARGET, params = { bucket: BUCKET }, instance, flowLogs = [], bucket } = situation;
  under = await AccountUnderTest.start({
    s3: { buckets: [logBucket(BUCKET, bucket)] },
    ec2: { ...network(), instances: instances(instance), flowLogs },
  });
  return planCase(createFlowLogs, { target: target('instance', id), params }, under);
}

async function planned(situation: Situation = {}) {
  const { planned: step } = await plan(situation);
  return { step, session: await under.session(createFlowLogs, step) };
}

const flowLogs = () => Object.values(under.cloud.region(ACCOUNT, REGION).ec2.flowLogs);
const made = (name: string) => under.calls.filter(({ operation }) => operation === name);
const existing = (resourceId: string, more: object = {}) => ({
  flowLogId: `fl-0${resourceId.slice(-1).repeat(16)}`,
  resourceId,
  bucket: BUCKET,
  ...more,
});

test('an instance whose traffic goes there already needs nothing', async () => {
  await expect(plan({ flowLogs: [existing(FIRST), existing(SECOND)] })).rejects.toMatchObject({
    name: 'NothingToDoError',
    message: `the traffic of instance ${TARGET} already is delivered to arn:aws:s3:::${BUCKET}: there is nothing to do`,
  });
});

test.each([
  ['into another bucket', { bucket: 'mallory-logs' }],
  ['of what is rejected alone', { trafficType: 'REJECT' }],
])('a flow log %s is no substitute, and is left alone', async (_, more) => {
  const { step, session } = await planned({ flowLogs: [existing(FIRST, more)] });
  expect(step.before).toEqual({ resources: [FIRST, SECOND] });
  await createFlowLogs.execute(step, session, execution);
  await createFlowLogs.rollback(step, session, execution);
  expect(flowLogs()).toHaveLength(1);
});

test('a flow log that is there and cannot deliver is named', async () => {
  await expect(plan({ flowLogs: [existing(FIRST, { deliverLogsStatus: 'FAILED' })] })).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'flow log fl-01111111111111111 is there already, and cannot deliver: see to the policy of arn:aws:s3:::example-flow-logs; EC2 makes no second one of the kind',
  });
});

test.each([
  ['does not exist', 'i-0ffffffffffffffff', {}],
  ['is no instance', 'vpc-0a000000000000001', {}],
  ['is terminated', TARGET, { state: 'terminated' }],
])('what %s is not found', async (_, id, instance) => {
  await expect(plan({ id, instance })).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    target: `instance ${id}`,
  });
});

test('a bucket of somebody else gets no log', async () => {
  await expect(plan({ params: { bucket: 'mallory-logs' } })).rejects.toMatchObject({
    name: 'NotOursError',
    message:
      'bucket mallory-logs is not ours to change: this account has none of that name, and a log stays at home',
  });
});

test.each([
  ['no bucket', {}],
  ['an ARN', { bucket: `arn:aws:s3:::${BUCKET}` }],
  ['a path', { bucket: `${BUCKET}/x` }],
  ['another scope', { bucket: BUCKET, scope: 'account' }],
  ['more', { bucket: BUCKET, format: 'srcaddr' }],
])('%s is no choice', (_, params) => {
  expect(createFlowLogs.params.safeParse(params).success).toBe(false);
});

test('of the VPC there is one flow log, of the instance one for each interface', async () => {
  const { step, session } = await planned({ params: { bucket: BUCKET, scope: 'vpc' } });
  await createFlowLogs.execute(step, session, execution);
  expect(flowLogs().map((one) => one.resourceId)).toEqual(['vpc-0a000000000000001']);
  await under.close();
  const both = await planned();
  await createFlowLogs.execute(both.step, both.session, execution);
  expect(flowLogs().map((one) => [one.resourceId, one.trafficType, one.logDestination])).toEqual([
    [FIRST, 'ALL', `arn:aws:s3:::${BUCKET}`],
    [SECOND, 'ALL', `arn:aws:s3:::${BUCKET}`],
  ]);
});

test('a retry that does not see its work yet makes no second one', async () => {
  const { step, session } = await planned();
  await createFlowLogs.execute(step, session, execution);
  const hidden = { ...under.cloud.region(ACCOUNT, REGION).ec2.tags };
  for (const { flowLogId } of flowLogs()) under.cloud.region(ACCOUNT, REGION).ec2.tags[flowLogId] = {};
  await createFlowLogs.execute(step, session, execution);
  expect(made('CreateFlowLogs')).toHaveLength(2);
  expect(flowLogs()).toHaveLength(2);
  Object.assign(under.cloud.region(ACCOUNT, REGION).ec2.tags, hidden);
});

test('a half of the work is finished under a token of its own', async () => {
  const { step, session } = await planned();
  await createFlowLogs.execute(step, session, execution);
  const [first] = flowLogs();
  delete under.cloud.region(ACCOUNT, REGION).ec2.flowLogs[first?.flowLogId ?? ''];
  await createFlowLogs.execute(step, session, execution);
  expect(
    flowLogs()
      .map((one) => one.resourceId)
      .sort(),
  ).toEqual([FIRST, SECOND]);
});

test('a bucket that does not let the delivery in is named, and nothing is made', async () => {
  const { step, session } = await planned({ bucket: { policy: undefined } });
  await expect(createFlowLogs.execute(step, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'the flow log of eni-0a000000000000001 is refused by EC2 (400): the policy of arn:aws:s3:::example-flow-logs must let delivery.logs.amazonaws.com put objects, and the VPC must be our own',
  });
  expect(flowLogs()).toEqual([]);
});

test('a twin that somebody else made since is as good, and stays at the rollback', async () => {
  const { step, session } = await planned();
  const twin: FlowLogState = {
    flowLogId: 'fl-0b000000000000009',
    resourceId: FIRST,
    trafficType: 'ALL',
    logDestination: `arn:aws:s3:::${BUCKET}`,
    deliverLogsStatus: 'SUCCESS',
    creationTime: '2026-11-21T00:00:00Z',
  };
  const { ec2 } = under.cloud.region(ACCOUNT, REGION);
  ec2.flowLogs[twin.flowLogId] = twin;
  ec2.tags[twin.flowLogId] = {};
  await createFlowLogs.execute(step, session, execution);
  expect((await createFlowLogs.verify(step, session, execution)).status).toBe('done');
  await createFlowLogs.rollback(step, session, execution);
  expect(flowLogs()).toEqual([twin]);
});

test('another plan’s flow logs are not deleted', async () => {
  const { step, session } = await planned();
  await createFlowLogs.execute(step, session, { ...execution, manifestHash: 'b'.repeat(64) });
  await createFlowLogs.rollback(step, session, execution);
  expect(flowLogs()).toHaveLength(2);
  expect(made('DeleteFlowLogs')).toEqual([]);
});

test('what cannot be delivered is not done', async () => {
  const { step, session } = await planned();
  await createFlowLogs.execute(step, session, execution);
  Object.assign(flowLogs()[0] ?? {}, { deliverLogsStatus: 'FAILED' });
  expect(await createFlowLogs.verify(step, session, execution)).toEqual({
    status: 'not-done',
    observed: `2 flow log(s) to arn:aws:s3:::${BUCKET}, 1 that cannot deliver, 0 resource(s) without one`,
  });
});

test('the reserved tag protects', async () => {
  const { answer } = await plan({ instance: { tags: { 'sallyport:protected': '' } } });
  expect(answer.protectedTarget).toBe(true);
  await under.close();
  expect((await plan({ instance: { tags: { Name: 'sallyport:protected' } } })).answer.protectedTarget).toBe(
    false,
  );
});

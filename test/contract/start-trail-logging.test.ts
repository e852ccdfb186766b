import { afterEach, expect, test } from 'vitest';
import { startTrailLogging } from '../../functions/actions/start-trail-logging.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(change: object = {}, id = 'audit') {
  const trails = [{ name: 'audit', isLogging: false, ...change }];
  under = await AccountUnderTest.start({ cloudtrail: { trails } });
  return planCase(startTrailLogging, { target: target('trail', id) }, under);
}

async function planned(change: object = {}) {
  const plans = await plan(change);
  return { ...plans, session: await under.session(startTrailLogging, plans.planned) };
}

const remove = () => delete under.cloud.region(ACCOUNT, REGION).cloudtrail.trails.audit;
const isLogging = () => under.cloud.region(ACCOUNT, REGION).cloudtrail.trails.audit?.isLogging;

test('a trail that logs needs nothing', async () => {
  await expect(plan({ isLogging: true })).rejects.toMatchObject({
    name: 'NothingToDoError',
    message: 'trail audit already is logging: there is nothing to do',
  });
});

test.each([
  ['another name', 'shop'],
  ['a name that CloudTrail never gives', 'x; DROP'],
  ['an empty name', ''],
  ['an event data store', 'arn:aws:cloudtrail:eu-west-1:111122223333:eventdatastore/EXAMPLE-f852'],
])('%s is not found', async (_, id) => {
  await expect(plan({}, id)).rejects.toMatchObject({ name: 'TargetNotFoundError', target: `trail ${id}` });
});

test('a trail at home in another region is not found by its name', async () => {
  await expect(plan({ homeRegion: 'us-east-1' })).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'trail audit does not exist, or no longer does',
  });
});

test('the trail of the organisation is for its management account', async () => {
  await expect(plan({ managementAccount: '999988887777' })).rejects.toMatchObject({
    name: 'NotOursError',
    message:
      'trail audit is not ours to change: it belongs to the management account of the organisation, which alone may start it',
  });
});

test('the plan says where it writes, and whether that failed last', async () => {
  const { answer } = await plan({ s3BucketName: 'audit-files', latestDeliveryError: 'NoSuchBucket' });
  expect(answer.before).toEqual({
    arn: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/audit`,
    bucket: 'audit-files',
    logging: false,
  });
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([0, 1]);
  await under.close();
  expect((await plan()).answer.blastRadius.map(({ count }) => count)).toEqual([0, 0]);
});

test('another bucket since the plan is another state', async () => {
  const first = await plan({ s3BucketName: 'audit-files' });
  await under.close();
  expect((await plan({ s3BucketName: 'somewhere-else' })).planned.before).not.toEqual(first.planned.before);
});

test('the reserved tag protects, and a stack is named', async () => {
  const { answer } = await plan({
    tags: { 'sallyport:protected': '', 'aws:cloudformation:stack-name': 'audit' },
  });
  expect(answer.protectedTarget).toBe(true);
  expect(answer.blastRadius.at(-1)?.what).toContain('CloudFormation stack audit');
  await under.close();
  expect((await plan({ tags: { name: 'sallyport:protected' } })).answer.protectedTarget).toBe(false);
});

test('a trail that was deleted since is not found, and its absence is not done', async () => {
  const { planned: step, session } = await planned();
  remove();
  await expect(startTrailLogging.execute(step, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'trail audit does not exist, or no longer does',
  });
  await expect(startTrailLogging.rollback(step, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'trail audit does not exist, or no longer does',
  });
  expect(await startTrailLogging.verify(step, session, execution)).toEqual({
    status: 'not-done',
    observed: 'the trail no longer exists: nothing is recorded',
  });
});

test('somebody who stops it again is seen by the next verification', async () => {
  const { planned: step, session } = await planned();
  await startTrailLogging.execute(step, session, execution);
  expect((await startTrailLogging.verify(step, session, execution)).status).toBe('done');
  Object.assign(under.cloud.region(ACCOUNT, REGION).cloudtrail.trails.audit ?? {}, { isLogging: false });
  expect((await startTrailLogging.verify(step, session, execution)).status).toBe('not-done');
});

test('a plan that did not find it stopped is never rolled back into a stop', async () => {
  const { planned: step, session } = await planned();
  await startTrailLogging.execute(step, session, execution);
  const other = { ...step, before: { ...step.before, logging: true } };
  await expect(startTrailLogging.rollback(other, session, execution)).rejects.toThrow();
  expect(isLogging()).toBe(true);
});

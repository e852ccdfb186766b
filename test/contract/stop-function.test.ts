import { afterEach, expect, test } from 'vitest';
import { stopFunction } from '../../functions/actions/stop-function/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import type { CallRecord } from '../../sandbox/wire/service.ts';
import { AwsError } from '../../sandbox/wire/service.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { FUNCTION, fromBucket, functions, INNOCENT_FUNCTION } from './cases/lambda-seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(change: object = {}, id = FUNCTION, sabotage?: (record: CallRecord) => void) {
  under = await AccountUnderTest.start(functions(change), [], sabotage);
  return planCase(stopFunction, { target: target('function', id) }, under);
}

async function stopped(change: object = {}) {
  const { planned } = await plan(change);
  const session = await under.session(stopFunction, planned);
  await stopFunction.execute(planned, session, execution);
  return { planned, session };
}

const all = () => under.cloud.region(ACCOUNT, REGION).lambda?.functions ?? {};
const reserved = () => all()[FUNCTION]?.reservedConcurrency;
const reserve = (executions: number | undefined, name = FUNCTION) =>
  Object.assign(all()[name] ?? {}, { reservedConcurrency: executions });
const writesMade = () =>
  under.calls.map((call) => call.operation).filter((name) => /^(Put|Delete)/.test(name));

test('a function that is stopped gets no plan', async () => {
  await expect(plan({ reservedConcurrency: 0 })).rejects.toMatchObject({
    name: 'NothingToDoError',
    message:
      'function checkout already is stopped (0 executions are reserved for it): there is nothing to do',
  });
});

test.each([
  'no-such',
  '__proto__',
  'a/../b',
  'x'.repeat(65),
  'checkout:live',
  'arn:aws:lambda:::function:x',
  '*',
])('what is no function here is not found: %s', async (id) => {
  await expect(plan({}, id)).rejects.toMatchObject({ name: 'TargetNotFoundError', target: `function ${id}` });
  expect(writesMade()).toEqual([]);
});

test("Sallyport's own function is refused before anything is asked about it", async () => {
  await expect(plan({}, 'sallyport-decide')).rejects.toMatchObject({
    name: 'NotOursError',
    message:
      "function sallyport-decide is not ours to change: it is one of Sallyport's own, or bears such a name; use the kill switch, or change it by hand",
  });
  expect(under.calls).toEqual([]);
});

test("a finding about another account's function does not find the one of the same name here", async () => {
  under = await AccountUnderTest.start(functions());
  const foreign = { ...target('function', FUNCTION), account: '444455556666' };
  await expect(planCase(stopFunction, { target: foreign }, under)).rejects.toThrow(/not authorized/);
});

test('who is refused is counted, and what was not read is unknown', async () => {
  const eventSource = { eventSourceArn: `arn:aws:sqs:${REGION}:${ACCOUNT}:orders` };
  const { answer } = await plan({
    url: { authType: 'NONE' },
    aliases: [{ name: 'live', url: { authType: 'AWS_IAM' } }],
    policy: { Statement: [fromBucket] },
    eventSources: [
      { ...eventSource, uuid: '0a0a0a0a-0000-4000-8000-000000000001' },
      { ...eventSource, uuid: '0a0a0a0a-0000-4000-8000-000000000002', state: 'Disabled' },
    ],
    tags: { 'aws:cloudformation:stack-name': 'shop-prod' },
  });
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([1, 1, 2, 1, null, 1]);
  expect(answer.blastRadius.at(-1)?.what).toContain('CloudFormation stack shop-prod');
});

test('many event sources are counted over pages, and beyond four of them not at all', async () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      uuid: `0a0a0a0a-0000-4000-8000-${String(index).padStart(12, '0')}`,
      eventSourceArn: `arn:aws:sqs:${REGION}:${ACCOUNT}:orders`,
    }));
  expect((await plan({ eventSources: many(250) })).answer.blastRadius[1]?.count).toBe(250);
  await under.close();
  expect((await plan({ eventSources: many(450) })).answer.blastRadius[1]?.count).toBe(null);
});

test('the reserved tag protects, any other does not', async () => {
  expect((await plan({ tags: { 'sallyport:protected': 'no' } })).planned.protectedTarget).toBe(true);
  await under.close();
  expect((await plan({ tags: { Name: 'sallyport:protected' } })).planned.protectedTarget).toBe(false);
});

test('provisioned concurrency, with which Lambda refuses, is named as what to take back', async () => {
  await expect(stopped({ reservedConcurrency: 9, provisionedConcurrency: 3 })).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'function checkout is in a state in which Lambda refuses to reserve 0 executions: take back the provisioned concurrency of its versions and aliases, then plan again',
  });
  expect(reserved()).toBe(9);
});

test('a change that is going on is waited for', async () => {
  const sabotage = ({ operation }: CallRecord) => {
    if (operation === 'PutFunctionConcurrency') throw new AwsError('ResourceConflictException', 'busy', 409);
  };
  const { planned } = await plan({}, FUNCTION, sabotage);
  const session = await under.session(stopFunction, planned);
  await expect(stopFunction.execute(planned, session, execution)).rejects.toMatchObject({
    name: 'NotYetError',
    message: 'function checkout is still being changed; the same change is tried again',
    $retryable: {},
  });
});

test.each([
  [undefined, 'not-done', 'no executions'],
  [7, 'not-done', '7 executions'],
  [0, 'done', '0 executions'],
])('a reservation of %s counts as %s', async (executions, status, words) => {
  const { planned, session } = await stopped();
  reserve(executions);
  expect(await stopFunction.verify(planned, session, execution)).toEqual({
    status,
    observed: expect.stringContaining(words),
  });
});

test('what somebody else set since is not overwritten', async () => {
  const { planned, session } = await stopped({ reservedConcurrency: 20 });
  reserve(7);
  await expect(stopFunction.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'function checkout is limited to 7 by somebody since: it is not stopped any more; set the reserved concurrency by hand if it is wrong',
  });
  expect(reserved()).toBe(7);
});

test('a reservation that others took meanwhile cannot be given back, and can once they gave it up', async () => {
  const { planned, session } = await stopped({ reservedConcurrency: 20 });
  expect(planned.cannotRestore).toContain(
    'The reservation of 20 executions, if other functions reserve them meanwhile.',
  );
  reserve(895, INNOCENT_FUNCTION);
  await expect(stopFunction.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'CannotRestoreError',
    message:
      'The reservation of 20 executions for function checkout cannot be restored: other functions have reserved them since; take some back or raise the quota, then roll back again',
  });
  reserve(5, INNOCENT_FUNCTION);
  await stopFunction.rollback(planned, session, execution);
  expect(reserved()).toBe(20);
});

test('a function that was deleted since is done, and cannot be rolled back', async () => {
  const { planned, session } = await stopped();
  delete all()[FUNCTION];
  expect((await stopFunction.verify(planned, session, execution)).status).toBe('done');
  for (const work of [stopFunction.rollback, stopFunction.execute])
    await expect(work(planned, session, execution)).rejects.toMatchObject({
      name: 'TargetNotFoundError',
      message: 'function checkout does not exist, or no longer does',
    });
});

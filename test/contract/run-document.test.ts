import { afterEach, expect, test } from 'vitest';
import { runDocument } from '../../functions/actions/run-document/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AwsError, type CallRecord } from '../../sandbox/wire/service.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { managed, run, undo } from './cases/run-document.ts';
import { INNOCENT, TARGET } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const OURS = `${INCIDENT} ${'a'.repeat(32)}`;
const params = { document: 'block-instance-metadata' };
let under: AccountUnderTest | undefined;
let sabotage: ((record: CallRecord) => void) | undefined;
afterEach(async () => {
  sabotage = undefined;
  await under?.close();
});

async function plan(seed: object = managed(), id = TARGET, history: readonly object[] = []) {
  under = await AccountUnderTest.start(seed, [], (record) => sabotage?.(record));
  ran(...history);
  return planCase(runDocument, { target: target('instance', id), params }, under);
}

async function planned(seed?: object) {
  const { planned: step } = await plan(seed);
  const session = await (under as AccountUnderTest).session(runDocument, step);
  return {
    execute: () => runDocument.execute(step, session, execution),
    rollback: () => runDocument.rollback(step, session, execution),
    verify: async () => (await runDocument.verify(step, session, execution)).status,
  };
}

function ssm() {
  const state = under?.cloud.region(ACCOUNT, REGION).ssm;
  if (!state) throw new Error('the case seeds no instances');
  return state;
}

const instance = () => ssm().instances[TARGET];
const sent = () => ssm().invocations.map(({ documentName, comment }) => [documentName, comment]);

/** What was run before, oldest first. */
function ran(...history: readonly object[]): void {
  const commands = history.map((one, at) => ({
    ...{ commandId: `0c000000-0000-4000-8000-00000000000${at}`, instanceId: TARGET, status: 'Success' },
    ...{ comment: 'by hand', requestedAt: `2026-11-2${at}T00:00:00.000Z`, documentName: run.name },
    ...one,
  }));
  if (commands.length > 0) Object.assign(ssm(), { invocations: commands.reverse() });
}

test.each([{}, { document: 'AWS-RunShellScript' }, { document: run.name }, { ...params, command: 'id' }])(
  'the parameters %j name no reviewed document',
  (given) => {
    expect(runDocument.params.safeParse(given).success).toBe(false);
  },
);

test('an instance that does not exist is not found', async () => {
  await expect(plan(managed(), 'i-0ffffffffffffffff')).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'instance i-0ffffffffffffffff does not exist, or no longer does',
  });
});

test.each([
  ['that is not managed', {}, { instances: [] }, 'not managed by Systems Manager'],
  ['that was lost', { pingStatus: 'ConnectionLost' }, {}, 'ConnectionLost for Systems Manager'],
  ['of Windows', { platformType: 'Windows' }, {}, 'of platform Windows: the document is for Linux'],
])('on an instance %s nothing can be run, and why is said', async (_, one, more, words) => {
  await expect(plan(managed(one, more))).rejects.toMatchObject({
    name: 'WrongStateError',
    target: 'instance i-0a000000000000001',
    message: expect.stringContaining(`instance ${TARGET} is ${words}`),
  });
});

test.each([
  ['not there', [run]],
  ['not what was reviewed', [run, { name: undo.name, content: { ...undo.content, description: 'Changed' } }]],
  ['not what was reviewed', [{ name: run.name, content: undo.content }, undo]],
])('a document that is %s is not run', async (words, documents) => {
  await expect(plan(managed({}, { documents }))).rejects.toMatchObject({
    name: 'WrongStateError',
    message: expect.stringContaining(`is ${words}`),
  });
});

test('what somebody ran already is nothing to do, so that no rollback will undo it', async () => {
  await expect(plan(managed(), TARGET, [{}])).rejects.toMatchObject({
    name: 'NothingToDoError',
    message:
      'instance i-0a000000000000001 already has run document sallyport-block-instance-metadata, which nobody has undone since: there is nothing to do',
  });
  await under?.close();
  await expect(
    plan(managed(), TARGET, [{}, { documentName: undo.name, status: 'Failed' }]),
  ).rejects.toMatchObject({
    name: 'NothingToDoError',
    message:
      'instance i-0a000000000000001 already has run document sallyport-block-instance-metadata, which nobody has undone since: there is nothing to do',
  });
});

test.each([
  ['undone since', [{}, { documentName: undo.name }]],
  ['failed', [{ status: 'Failed' }]],
  ['done on another instance', [{ instanceId: INNOCENT }]],
  ['another document', [{ documentName: 'patch' }]],
])('what was %s does not count', async (_, history) => {
  expect((await plan(managed(), TARGET, history)).answer.before.run).toMatchObject({ name: run.name });
});

test('while a command of ours is under way nothing is planned', async () => {
  const history = [{ status: 'InProgress' }];
  await expect(plan(managed(), TARGET, history)).rejects.toMatchObject({ name: 'NotYetError' });
});

test('the command carries the plan, and is sent under the hash of what was reviewed', async () => {
  const { execute } = await planned();
  const inputs: object[] = [];
  sabotage = ({ operation, input }) => void (operation === 'SendCommand' && inputs.push(input));
  await execute();
  expect(inputs).toEqual([
    {
      ...{ InstanceIds: [TARGET], DocumentName: run.name, DocumentVersion: '1' },
      ...{ DocumentHash: expect.stringMatching(/^[0-9a-f]{64}$/), DocumentHashType: 'Sha256' },
      ...{ Comment: OURS, TimeoutSeconds: 60 },
    },
  ]);
});

test('a document that is changed after the plan is not run', async () => {
  const { execute } = await planned();
  const document = ssm().documents[run.name];
  Object.assign(document ?? {}, { content: document?.content.replace('REJECT', 'ACCEPT') });
  await expect(execute()).rejects.toMatchObject({
    name: 'WrongStateError',
    message: `document ${run.name} is no longer the one of the plan: plan again`,
  });
  expect(sent()).toEqual([]);
});

test('a command that is under way is waited for, and not sent twice', async () => {
  const { execute, verify } = await planned(managed({ commandStatus: 'InProgress' }));
  for (let time = 0; time < 2; time += 1)
    await expect(execute()).rejects.toMatchObject({
      name: 'NotYetError',
      message:
        'instance i-0a000000000000001 is still running document sallyport-block-instance-metadata; the same change is tried again',
      $retryable: {},
    });
  expect(sent()).toEqual([[run.name, OURS]]);
  expect(await verify()).toBe('not-done');
  Object.assign(ssm().invocations[0] ?? {}, { status: 'Success' });
  await execute();
  expect(sent()).toHaveLength(1);
  expect(await verify()).toBe('done');
});

test('a command that fails says so, with its id, and is undone', async () => {
  const { execute, rollback, verify } = await planned(managed({ commandStatus: 'Failed' }));
  await expect(execute()).rejects.toMatchObject({
    name: 'WrongStateError',
    message: expect.stringMatching(/with status Failed: .* under command [0-9a-f-]{36}$/),
  });
  expect(await verify()).toBe('not-done');
  Object.assign(instance() ?? {}, { commandStatus: 'Success' });
  await rollback();
  expect(sent().map(([document]) => document)).toEqual([undo.name, run.name]);
});

test('an inverse that fails has undone nothing, and is tried again', async () => {
  const { execute, rollback, verify } = await planned();
  await execute();
  Object.assign(instance() ?? {}, { commandStatus: 'TimedOut' });
  await expect(rollback()).rejects.toMatchObject({ name: 'WrongStateError' });
  expect(await verify()).toBe('done');
  Object.assign(instance() ?? {}, { commandStatus: 'Success' });
  await rollback();
  expect(await verify()).toBe('not-done');
});

test('a rollback waits for the command that it is to undo', async () => {
  const { execute, rollback } = await planned(managed({ commandStatus: 'Pending' }));
  await expect(execute()).rejects.toMatchObject({
    name: 'NotYetError',
    message:
      'instance i-0a000000000000001 is still running document sallyport-block-instance-metadata; the same change is tried again',
  });
  await expect(rollback()).rejects.toMatchObject({
    name: 'NotYetError',
    message:
      'instance i-0a000000000000001 is still running document sallyport-block-instance-metadata; the same change is tried again',
  });
  expect(sent()).toHaveLength(1);
});

test("somebody else's run since is left to whoever ran it", async () => {
  const { execute, rollback, verify } = await planned();
  await execute();
  ran({ comment: OURS }, { comment: `INC-OTHER ${'b'.repeat(32)}` });
  await expect(rollback()).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'instance i-0a000000000000001 is under another run of sallyport-block-instance-metadata than ours: whoever ran it has the right to undo it; do it by hand if that is meant',
  });
  expect(await verify()).toBe('done');
});

test('what AWS no longer knows is undone all the same', async () => {
  const { execute, rollback } = await planned();
  await execute();
  ssm().invocations = [];
  await rollback();
  expect(sent()).toEqual([[undo.name, OURS]]);
});

test('an instance that went out of reach is for a person to undo', async () => {
  const { execute, rollback } = await planned();
  await execute();
  Object.assign(instance() ?? {}, { pingStatus: 'ConnectionLost' });
  await expect(rollback()).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'instance i-0a000000000000001 is out of reach of Systems Manager: document sallyport-restore-instance-metadata was not run; see whether the instance runs, and run it by hand',
  });
});

test('another error of Systems Manager is given on', async () => {
  const { execute } = await planned();
  sabotage = ({ operation }) => {
    if (operation === 'SendCommand') throw new AwsError('InternalServerError', 'try later', 500);
  };
  await expect(execute()).rejects.toMatchObject({ name: 'InternalServerError' });
});

test('a long history is read to its end', async () => {
  const earlier = Array.from({ length: 60 }, (_, at) => ({
    requestedAt: new Date(Date.UTC(2026, 10, 1, at)).toISOString(),
    status: at === 0 ? 'Success' : 'Failed',
  }));
  await expect(plan(managed(), TARGET, earlier)).rejects.toMatchObject({
    name: 'NothingToDoError',
    message:
      'instance i-0a000000000000001 already has run document sallyport-block-instance-metadata, which nobody has undone since: there is nothing to do',
  });
});

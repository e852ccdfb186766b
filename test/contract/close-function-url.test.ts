import { afterEach, expect, test } from 'vitest';
import { closeFunctionUrl } from '../../functions/actions/close-function-url/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { FUNCTION, functions } from './cases/lambda-seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const url = { authType: 'NONE', id: 'checkoutcheckout' };
const live = { name: 'live', url: { authType: 'NONE', id: 'livelivelive' } };
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(change: object = { url }, id = FUNCTION) {
  under = await AccountUnderTest.start(functions(change));
  return planCase(closeFunctionUrl, { target: target('function', id) }, under);
}

async function closed(change: object = { url }) {
  const { planned } = await plan(change);
  const session = await under.session(closeFunctionUrl, planned);
  await closeFunctionUrl.execute(planned, session, execution);
  return { planned, session };
}

const functionState = () => {
  const state = under.cloud.region(ACCOUNT, REGION).lambda?.functions[FUNCTION];
  if (!state) throw new Error('the function is gone');
  return state;
};

test.each([{}, { url: { authType: 'AWS_IAM' } }])(
  'a function without a public URL gets no plan: %o',
  async (change) => {
    await expect(plan(change)).rejects.toMatchObject({
      name: 'NothingToDoError',
      message: 'function checkout already has no URL that answers unsigned requests: there is nothing to do',
    });
  },
);

test.each([
  ['no-such', 'TargetNotFoundError'],
  ['checkout:live', 'TargetNotFoundError'],
  ['sallyport-console', 'NotOursError'],
])('bad input is named: %s', async (id, name) => {
  await expect(plan({ url }, id)).rejects.toMatchObject({ name, target: `function ${id}` });
});

test('how many URLs close is counted, and that nobody counted their callers is said', async () => {
  const { answer } = await plan({ url, aliases: [live], tags: { 'aws:cloudformation:stack-name': 'shop' } });
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([2, null, 1]);
  expect(answer.blastRadius.at(-1)?.what).toContain('CloudFormation stack shop');
});

test('more URLs than a page holds are all closed', async () => {
  const aliases = Array.from({ length: 60 }, (_, index) => ({
    name: `alias-${index}`,
    url: { authType: 'NONE', id: `aliasalias${index}` },
  }));
  const { planned, session } = await closed({ aliases });
  expect(await closeFunctionUrl.verify(planned, session, execution)).toEqual({
    status: 'done',
    observed: '0 of 60 URL(s) answer unsigned requests',
  });
});

test('a URL that was opened since is left alone, and seen', async () => {
  const { planned } = await plan();
  const { state } = { state: functionState() };
  Object.assign(state.aliases, {
    late: { url: { ...state.url, functionUrl: 'https://late.lambda-url.eu-west-1.on.aws/' }, policy: {} },
  });
  const session = await under.session(closeFunctionUrl, planned);
  await closeFunctionUrl.execute(planned, session, execution);
  expect([state.url?.authType, state.aliases.late?.url?.authType]).toEqual(['AWS_IAM', 'NONE']);
  expect((await closeFunctionUrl.verify(planned, session, execution)).status).toBe('not-done');
});

test('a URL that somebody made in its place is not opened, and the others are', async () => {
  const { planned, session } = await closed({ url, aliases: [live] });
  const replaced = { ...functionState().url, functionUrl: 'https://other.lambda-url.eu-west-1.on.aws/' };
  Object.assign(functionState(), { url: replaced });
  await expect(closeFunctionUrl.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      '1 URL(s) of function checkout is replaced by somebody since, under another address: what is new stays closed; open it by hand if it is meant to be public',
  });
  expect([functionState().url?.authType, functionState().aliases.live?.url?.authType]).toEqual([
    'AWS_IAM',
    'NONE',
  ]);
});

test('a URL that was deleted since cannot be opened, and the others are', async () => {
  const { planned, session } = await closed({ url, aliases: [live] });
  Object.assign(functionState(), { url: undefined });
  await expect(closeFunctionUrl.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: '1 URL(s) of function checkout does not exist, or no longer does',
  });
  expect(functionState().aliases.live?.url?.authType).toBe('NONE');
});

test('a function that was deleted since is done, and cannot be rolled back', async () => {
  const { planned, session } = await closed();
  delete under.cloud.region(ACCOUNT, REGION).lambda?.functions[FUNCTION];
  expect((await closeFunctionUrl.verify(planned, session, execution)).status).toBe('done');
  for (const work of [closeFunctionUrl.rollback, closeFunctionUrl.execute])
    await expect(work(planned, session, execution)).rejects.toMatchObject({
      name: 'TargetNotFoundError',
      message: 'function checkout does not exist, or no longer does',
    });
});

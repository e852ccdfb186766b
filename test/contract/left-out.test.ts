import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { actions } from '../../functions/actions/registry.gen.ts';
import type { Verification } from '../../functions/core/account.ts';
import { AccountUnderTest } from './account-under-test.ts';
import type { ActionCase } from './action-case.ts';
import { executionOf } from './execution.ts';
import { Answers, type AnyAccount } from './left-out.ts';
import { planCase } from './planning.ts';

const cases = await Promise.all(
  actions.map(async (action) => {
    const module = (await import(`./cases/${action.id}.ts`)) as { cases: readonly ActionCase[] };
    return { action, cases: module.cases };
  }),
);

describe.each(cases)('$action.id', ({ action, cases: ofAction }) => {
  /** Errors of plans, and what verify says of an account as it was and as it then is. */
  const words = { plan: new Set<string>(), untouched: new Set<string>(), changed: new Set<string>() };
  let under: AccountUnderTest | undefined;
  afterEach(() => under?.close());
  afterAll(() => Object.values(words).map((some) => some.clear()));

  test.each(ofAction)('a field that AWS leaves out breaks no plan of $name', async (one) => {
    under = await AccountUnderTest.start(one.seed, one.activity);
    const answers = new Answers(under.reader(action.permissions, action.reads));
    const plan = (account: AnyAccount) => planCase(action, one, { reader: () => account });
    for await (const said of withoutEach(answers, plan)) if (said instanceof Error) words.plan.add(`${said}`);
  });

  test.each(ofAction)('nor reading back what became of $name', async (one) => {
    under = await AccountUnderTest.start(one.seed, one.activity);
    const { planned } = await planCase(action, one, under);
    const execution = executionOf(planned);
    const session = await under.session(action, planned);
    const verify = async (account: AnyAccount) => action.verify(planned, account, execution);
    for await (const said of withoutEach(new Answers(session), verify)) words.untouched.add(wordsOf(said));
    await action.execute(planned, session, execution);
    for await (const said of withoutEach(new Answers(session), verify)) words.changed.add(wordsOf(said));
  });

  test('people read then what was looked at when it was written', async () => {
    const sorted = Object.entries(words).map(([of, some]) => [of, [...some].sort()]);
    const text = stringify(Object.fromEntries(sorted), { lineWidth: 0 }).replaceAll(TIME, 'TIME');
    await expect(text).toMatchFileSnapshot(`words/left-out/${action.id}.yaml`);
  });
});

/** Some cases lie so many days before or after the run. */
const TIME = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/g;

/** Asks once with every field, and then without each of them: an answer, or an error that says what is wrong. */
async function* withoutEach<Answer>(answers: Answers, ask: (account: AnyAccount) => Promise<Answer>) {
  await ask(answers.without());
  for (const field of answers.fields()) {
    const said = await ask(answers.without(field)).catch((error: Error) => error);
    if (said instanceof TypeError || said instanceof RangeError)
      throw new Error(`${field.question} without ${field.path}`, { cause: said });
    yield said;
  }
}

function wordsOf(said: Verification | Error): string {
  return said instanceof Error ? `${said}` : `${said.status}: ${said.observed}`;
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { actions } from '../../functions/actions/registry.gen.ts';
import type { Account, AwsCommandClass } from '../../functions/core/account.ts';
import { AccountUnderTest } from './account-under-test.ts';
import { ACCOUNT, type ActionCase } from './action-case.ts';
import { executionOf } from './execution.ts';
import { planCase } from './planning.ts';

type AnyAccount = Account<readonly AwsCommandClass[]>;

const cases = await Promise.all(
  actions.map(async (action) => {
    const module = (await import(`./cases/${action.id}.ts`)) as { cases: readonly ActionCase[] };
    return { action, cases: module.cases };
  }),
);

/** No action can know what it means. */
class Unforeseen extends Error {
  override readonly name = 'Unforeseen';
}

describe.each(cases)('$action.id', ({ action, cases: ofAction }) => {
  describe.each(ofAction)('an error that nobody foresaw, with $name', (one) => {
    let under: AccountUnderTest;
    beforeEach(async () => {
      under = await AccountUnderTest.start(one.seed, one.activity);
    });
    afterEach(() => under.close());

    async function ready() {
      const { planned } = await planCase(action, one, under);
      return { planned, execution: executionOf(planned), session: await under.session(action, planned) };
    }

    test('ends the plan, or leaves its reach not available', async () => {
      const plan = (account: AnyAccount) => planCase(action, one, { reader: () => account });
      const account = under.reader(action.permissions, action.reads);
      const otherwise = unmeasured(await plan(account));
      for await (const planning of swallowing(account, plan, under))
        expect(unmeasured(planning)).toBeGreaterThan(otherwise);
    });

    test('ends the change, unless it was done nevertheless', async () => {
      const { planned, execution, session } = await ready();
      const execute = (account: AnyAccount) => action.execute(planned, account, execution);
      for await (const _ of swallowing(session, execute, under))
        expect((await action.verify(planned, session, execution)).status).toBe('done');
    });

    test('ends reading back', async () => {
      const { planned, execution, session } = await ready();
      await action.execute(planned, session, execution);
      const verify = (account: AnyAccount) => action.verify(planned, account, execution);
      for await (const said of swallowing(session, verify, under)) expect(said).toBe('nothing');
    });

    test('ends the rollback', async () => {
      const { planned, execution, session } = await ready();
      await action.execute(planned, session, execution);
      one.byHand?.(under.cloud.account(ACCOUNT));
      const rollback = (account: AnyAccount) => action.rollback(planned, account, execution);
      for await (const _ of swallowing(session, rollback, under)) expect.unreachable('it was swallowed');
    });
  });
});

function unmeasured({ answer }: Awaited<ReturnType<typeof planCase>>): number {
  return answer.blastRadius.filter(({ count }) => count === null).length;
}

/** Does the work once for each of its calls, which then fails. Answers what it said where the error did not come back. */
async function* swallowing<Said>(
  account: AnyAccount,
  work: (account: AnyAccount) => Promise<Said>,
  { cloud }: AccountUnderTest,
): AsyncGenerator<Said> {
  const start = cloud.snapshot();
  for (let call = 1, failed = true; failed; call += 1) {
    cloud.restore(start);
    const failing = failingAt(account, call);
    const said = await work(failing.account).catch((error: unknown) => error);
    failed = failing.hasFailed();
    if (failed && !(said instanceof Unforeseen)) yield said as Said;
  }
}

function failingAt(account: AnyAccount, call: number) {
  let made = 0;
  const send: AnyAccount['send'] = async (command, region) => {
    made += 1;
    if (made === call) throw new Unforeseen();
    return account.send(command, region);
  };
  return { account: { ...account, send }, hasFailed: () => made >= call };
}

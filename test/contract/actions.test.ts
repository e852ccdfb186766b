import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { actions } from '../../functions/actions/registry.gen.ts';
import type { Action, Execution, Permission } from '../../functions/core/account.ts';
import { digest } from '../../functions/core/canonical.ts';
import { CannotRestoreError } from '../../functions/core/errors.ts';
import { operations } from '../../functions/core/operations.gen.ts';
import { PlannedAction } from '../../functions/core/plan.ts';
import { fillResource } from '../../functions/core/resource-pattern.ts';
import { matchesWildcard } from '../../sandbox/authorize/wildcard.ts';
import type { CallRecord } from '../../sandbox/wire/service.ts';
import { AccountUnderTest } from './account-under-test.ts';
import { ACCOUNT, type ActionCase, REGION } from './action-case.ts';
import { Crash, crashingAfter } from './crash.ts';
import { executionOf } from './execution.ts';
import { planCase } from './planning.ts';

const cases = await Promise.all(
  actions.map(async (action) => {
    const module = (await import(`./cases/${action.id}.ts`)) as { cases: readonly ActionCase[] };
    return { action, cases: module.cases };
  }),
);

describe.each(cases)('$action.id', ({ action, cases: ofAction }) => {
  const made: CallRecord[] = [];
  /** What a responder reads of each case: its plan, and what was read back before and after. */
  const words: Record<string, object> = {};
  afterAll(() => made.splice(0));

  describe.each(ofAction)('$name', (one) => {
    let under: AccountUnderTest;
    beforeEach(async () => {
      under = await AccountUnderTest.start(one.seed, one.activity);
    });
    afterEach(async () => {
      made.push(...under.calls);
      await under.close();
    });

    test('planning changes nothing, and gives the same plan again', async () => {
      const before = under.resources();
      const { planned, answer } = await planCase(action, one, under);
      expect(under.resources()).toEqual(before);
      words[one.name] = answer;
      expect(PlannedAction.parse(planned)).toEqual(planned);
      expect(digest((await planCase(action, one, under)).planned)).toBe(digest(planned));
    });

    test('executing is done, and undone exactly', async () => {
      const before = under.resources();
      const restoredTo = restorable(one, under);
      const { planned } = await planCase(action, one, under);
      const execution = executionOf(planned);
      const session = await under.session(action, planned);
      const untouched = await action.verify(planned, session, execution);
      expect(untouched.status).toBe('not-done');

      await action.execute(planned, session, execution);
      const after = under.resources();
      const changed = await action.verify(planned, session, execution);
      expect(changed.status).toBe('done');
      words[one.name] = { ...words[one.name], readBack: [untouched.observed, changed.observed] };
      expect(innocent(one, after)).toEqual(innocent(one, before));

      await action.execute(planned, session, execution);
      expect(under.resources()).toEqual(after);

      expect(await undo({ action, planned, session, execution, one, under })).toBe(
        one.byHand ? 'with a person' : 'alone',
      );
      expect(restorable(one, under)).toEqual(restoredTo);
      expect((await action.verify(planned, session, execution)).status).toBe('not-done');

      await action.rollback(planned, session, execution);
      expect(restorable(one, under)).toEqual(restoredTo);
    });

    test('what the case leaves out of the rollback, or gives back by hand, is what the plan says it cannot restore', async () => {
      const { planned } = await planCase(action, one, under);
      expect(planned.cannotRestore.length > 0).toBe(Boolean(one.restorable ?? one.byHand));
    });

    test('a crash before or after any call of execute heals on retry', async () => {
      const { planned } = await planCase(action, one, under);
      const execution = executionOf(planned);
      const session = await under.session(action, planned);
      const start = under.cloud.snapshot();
      const before = under.resources();
      const restoredTo = restorable(one, under);
      const crashes = await crashEverywhere(async (call) => {
        under.cloud.restore(start);
        return crashed(action.execute(planned, crashingAfter(session, call), execution), async () => {
          await action.execute(planned, session, execution);
          expect((await action.verify(planned, session, execution)).status).toBe('done');
          expect(innocent(one, under.resources())).toEqual(innocent(one, before));
          await undo({ action, planned, session, execution, one, under });
          expect(restorable(one, under)).toEqual(restoredTo);
        });
      });
      expect(crashes).toBeGreaterThan(0);
    });

    test('a crash before or after any call of execute can be rolled back', async () => {
      const { planned } = await planCase(action, one, under);
      const execution = executionOf(planned);
      const session = await under.session(action, planned);
      const start = under.cloud.snapshot();
      const restoredTo = restorable(one, under);
      await crashEverywhere(async (call) => {
        under.cloud.restore(start);
        return crashed(action.execute(planned, crashingAfter(session, call), execution), async () => {
          await undo({ action, planned, session, execution, one, under });
          expect(restorable(one, under)).toEqual(restoredTo);
        });
      });
    });

    test('a crash before or after any call of rollback heals on retry', async () => {
      const restoredTo = restorable(one, under);
      const { planned } = await planCase(action, one, under);
      const execution = executionOf(planned);
      const session = await under.session(action, planned);
      await action.execute(planned, session, execution);
      one.byHand?.(under.cloud.account(ACCOUNT));
      const start = under.cloud.snapshot();
      const crashes = await crashEverywhere(async (call) => {
        under.cloud.restore(start);
        return crashed(action.rollback(planned, crashingAfter(session, call), execution), async () => {
          await action.rollback(planned, session, execution);
          expect(restorable(one, under)).toEqual(restoredTo);
        });
      });
      expect(crashes).toBeGreaterThan(0);
    });

    test('its session cannot touch what is innocent', async () => {
      const { planned } = await planCase(action, one, under);
      const session = await under.session(action, planned);
      const before = under.resources();
      const trespasses = one.trespasses(planned);
      expect(trespasses.length).toBeGreaterThan(0);
      for (const trespass of trespasses)
        await expect(session.send(trespass)).rejects.toThrow(/not authorized/);
      expect(under.resources()).toEqual(before);
    });
  });

  describe('over all cases', () => {
    test('people read what was looked at when it was written', async () => {
      const inOrder = Object.fromEntries(ofAction.map(({ name }) => [name, words[name]]));
      await expect(stringify(inOrder, PLAIN).replaceAll(TIME, 'TIME')).toMatchFileSnapshot(
        `words/${action.id}.yaml`,
      );
    });

    test('the calls made need exactly the actions that are declared', () => {
      const declared = declaredActions(action.permissions.filter((one) => one.dependent === undefined));
      expect([...new Set(made.filter(granted).flatMap(actionsOf))].sort()).toEqual(declared);
    });

    test('no permission is for an action or a resource that no call needs', () => {
      const needed = made.filter(granted).flatMap((call) => call.requirements);
      for (const { permission, iamAction, resource } of grants(action)) {
        const used = needed.some(
          (one) => one.action === iamAction && matchesWildcard(resource, one.resource),
        );
        expect(used, `${iamAction} on ${resource}`).toBe(true);
        if (permission.dependent !== undefined) expect(permission.dependent.length).toBeGreaterThan(10);
      }
    });
  });
});

/** One sentence a line, each spelled out. */
const PLAIN = { lineWidth: 0, aliasDuplicateObjects: false };

/** Some cases lie so many days before or after the run. */
const TIME = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/g;

interface Undoing {
  readonly action: Action;
  readonly planned: PlannedAction;
  readonly session: Awaited<ReturnType<AccountUnderTest['session']>>;
  readonly execution: Execution;
  readonly one: ActionCase;
  readonly under: AccountUnderTest;
}

/** Rolls back; where that is refused, as the plan said, a person does what is left, and it is asked for again. */
async function undo({ action, planned, session, execution, one, under }: Undoing) {
  try {
    await action.rollback(planned, session, execution);
    return 'alone';
  } catch (error) {
    if (!(error instanceof CannotRestoreError) || !one.byHand) throw error;
    one.byHand(under.cloud.account(ACCOUNT));
  }
  await action.rollback(planned, session, execution);
  return 'with a person';
}

type Resources = ReturnType<AccountUnderTest['resources']>;

function innocent(one: ActionCase, resources: Resources): unknown {
  return one.innocent({ ...resources, events: [] });
}

function restorable({ restorable: part }: ActionCase, under: AccountUnderTest): unknown {
  const resources = under.resources();
  return part ? part({ ...resources, events: [] }) : resources;
}

/** Crashes before the first call, and after call 1, 2, ... until the work ends before it can. Answers after how many. */
async function crashEverywhere(attempt: (call: number) => Promise<boolean>): Promise<number> {
  let call = 0;
  while (await attempt(call)) call += 1;
  return call - 1;
}

async function crashed(work: Promise<void>, then: () => Promise<void>): Promise<boolean> {
  try {
    await work;
    return false;
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
  await then();
  return true;
}

/** The calls that counted: not those that were refused on purpose, and not the assumption of the role itself. */
function granted({ service, allowed }: CallRecord): boolean {
  return allowed && service !== 'sts';
}

function actionsOf({ service, operation }: CallRecord): readonly string[] {
  return (
    operations[`${service}:${operation}`]?.actions ??
    signedAs(service, operation) ?? [`${service}:${operation} is not in the table`]
  );
}

/** Where a client has another name than its requests are signed for: that one is IAM's, and so the actions'. */
function signedAs(service: string, operation: string): readonly string[] | undefined {
  const named = Object.entries(operations).find(
    ([key, { actions: needed }]) =>
      key.endsWith(`:${operation}`) && needed.every((action) => action.startsWith(`${service}:`)),
  );
  return named?.[1].actions;
}

function declaredActions(permissions: readonly Permission[]): readonly string[] {
  return [...new Set(permissions.flatMap((one) => one.actions))].sort();
}

function grants({ permissions }: Action) {
  return permissions.flatMap((permission) =>
    permission.actions.flatMap((iamAction) =>
      permission.resources.map((pattern) => ({
        permission,
        iamAction,
        resource: fillResource(pattern, { account: ACCOUNT, region: REGION }),
      })),
    ),
  );
}

import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { afterAll, describe, expect, test } from 'vitest';
import { actions } from '../../../functions/actions/registry.gen.ts';
import { AccountUnderTest } from '../../contract/account-under-test.ts';
import { ACCOUNT, type ActionCase, REGION } from '../../contract/action-case.ts';
import { clients } from './clients.ts';
import { differencesOf } from './contract.ts';
import { type Difference, differences, missingOperations, notRun } from './differences.ts';
import { MotoAccount } from './moto-account.ts';
import { services } from './services.ts';

/**
 * The actions' contract against moto, whose authors never saw ours. Two things stay with `test/contract`: crashes,
 * which are the action's own affair, and trespasses, because moto lets everybody do everything.
 */
const endpoint = process.env.SALLYPORT_MOTO ?? '';
const counted = { actions: new Set<string>(), cases: 0, differences: new Set<Difference>() };

const all = await Promise.all(
  actions
    .filter((action) => !notRun.some((one) => one.action === action.id))
    .map(async (action) => {
      const module = (await import(`../../contract/cases/${action.id}.ts`)) as {
        cases: readonly ActionCase[];
      };
      return { action, cases: module.cases };
    }),
);

describe.each(all)('$action.id', ({ action, cases }) => {
  test.each(cases)('$name', async (one) => {
    const under = await AccountUnderTest.start(one.seed, one.activity);
    const history = historyOf(under);
    try {
      const account = await MotoAccount.start(endpoint, one.seed, history);
      const shown = await differencesOf({ action, one, account, sandbox: under.cloud.account(ACCOUNT) });
      expectListed(shown, listedFor(action.id, one.name));
      // A call that failed ended the case: that carried no action through, listed or not.
      if (!shown.some((one) => one.startsWith('it '))) counted.actions.add(action.id);
      counted.cases += 1;
      for (const known of listedFor(action.id, one.name)) counted.differences.add(known);
    } finally {
      await under.close();
    }
  });
});

describe('the list of differences', () => {
  test.each(Object.entries(missingOperations))('moto still has no %s', async (operation, { probe }) => {
    await expect(probing(operation, probe)).rejects.toSatisfy(isUnknown);
  });

  test.each(differences)('$action, $case: $shows is about a case that there is', (difference) => {
    const cases = all.find(({ action }) => action.id === difference.action)?.cases ?? [];
    const about = cases.filter((one) => concerns(difference, difference.action, one.name));
    expect(about.length).toBeGreaterThan(0);
  });

  test.each(notRun)('$action is an action, and has no seeder', async ({ action }) => {
    const module = (await import(`../../contract/cases/${action}.ts`)) as { cases: readonly ActionCase[] };
    const parts = module.cases.flatMap((one) => Object.keys(one.seed));
    expect(parts.every((part) => Object.hasOwn(services, part))).toBe(false);
  });
});

afterAll(() => {
  const { actions: run, cases, differences: known } = counted;
  const missing = Object.keys(missingOperations).length;
  console.log(
    `moto: ${run.size} of ${actions.length} actions carried through, ${cases} cases, ${known.size} known differences, ${missing} operation(s) that moto does not have`,
  );
});

/** Whatever showed is listed, and whatever is listed showed. */
function expectListed(shown: readonly string[], listed: readonly Difference[]): void {
  const unlisted = shown.filter((one) => !listed.some((known) => known.shows.test(one)));
  const stale = listed.filter((known) => !shown.some((one) => known.shows.test(one)));
  expect(unlisted, 'differences that differences.ts does not list').toEqual([]);
  expect(stale, 'listed in differences.ts, but no longer there').toEqual([]);
}

function listedFor(action: string, name: string): readonly Difference[] {
  return differences.filter((one) => concerns(one, action, name));
}

function concerns(difference: Difference, action: string, name: string): boolean {
  return difference.action === action && (difference.case === '*' || difference.case === name);
}

/** The laptop cloud's CloudTrail, with the case's activity. Its endpoint is the process's until moto's takes its place. */
function historyOf(under: AccountUnderTest): (command: object) => Promise<unknown> {
  const role = `arn:aws:iam::${ACCOUNT}:role/history`;
  under.register(role, [{ actions: ['cloudtrail:LookupEvents'], resources: ['*'] }]);
  const client = new CloudTrailClient({
    endpoint: process.env.AWS_ENDPOINT_URL ?? '',
    region: REGION,
    credentials: under.credentialsOf(role),
  });
  return (command) => client.send(command as never);
}

/** moto ends with an error of its own where an operation is not written, and finds no page where its path is not. */
function isUnknown(error: { readonly $response?: { readonly statusCode: number } }): boolean {
  return [404, 500].includes(error.$response?.statusCode ?? 0);
}

function probing(operation: string, probe: object): Promise<unknown> {
  process.env.AWS_ENDPOINT_URL = endpoint;
  return clients.send(operation, probe, REGION);
}

import { actions } from '../../functions/actions/registry.gen.ts';
import { portMeter } from '../../functions/adapters/clients.ts';
import type { Action } from '../../functions/core/account.ts';
import type { PlannedAction } from '../../functions/core/plan.ts';
import type { PolicyEngine } from '../../functions/core/ports.ts';
import { openPolicy } from '../../functions/handlers/guardrails.ts';
import { AccountUnderTest, INCIDENT } from '../contract/account-under-test.ts';
import type { ActionCase } from '../contract/action-case.ts';
import { planCase } from '../contract/planning.ts';
import { spread } from './statistics.ts';

const TARGET = { p99: 5 } as const;

/**
 * Planning one action and asking policy about it, warm, in milliseconds of our own work: the time that is not spent
 * waiting for AWS, an SDK call counting as waiting from `send` to its answer. The first contract case of each action.
 */
export async function benchActions(warmUps: number, times: number) {
  const policy = openPolicy();
  const byAction: Record<string, { readonly p50: number; readonly p99: number }> = {};
  for (const action of actions) {
    const { cases } = (await import(`../contract/cases/${action.id}.ts`)) as { cases: readonly ActionCase[] };
    const [first] = cases;
    if (!first) throw new Error(`${action.id} has no contract case`);
    byAction[action.id] = spread((await timeAction(action, first, policy, warmUps + times)).slice(warmUps));
  }
  const slowest = Math.max(...Object.values(byAction).map(({ p99 }) => p99));
  return {
    warmUps,
    times,
    ownMs: byAction,
    slowestP99: slowest,
    targetMs: TARGET,
    ok: slowest <= TARGET.p99,
  };
}

async function timeAction(action: Action, one: ActionCase, policy: PolicyEngine, times: number) {
  const under = await AccountUnderTest.start(one.seed, one.activity);
  try {
    const own: number[] = [];
    while (own.length < times) {
      portMeter.read();
      const began = performance.now();
      const { planned } = await planCase(action, one, under);
      policy.decide([questionAbout(planned)], []);
      own.push(performance.now() - began - portMeter.read());
    }
    return own;
  } finally {
    await under.close();
  }
}

function questionAbout(action: PlannedAction): Parameters<PolicyEngine['decide']>[0][number] {
  return {
    purpose: 'execute',
    incident: INCIDENT,
    mode: 'act',
    sandbox: false,
    sample: false,
    disposition: 'true-positive',
    severity: 'High',
    confidence: 0.9,
    untainted: 1,
    newerFinding: false,
    action,
    withinBudget: true,
    blastRadius: null,
    subjects: [],
  };
}

import { afterAll, expect, it } from 'vitest';
import { actions } from '../../functions/actions/registry.gen.ts';
import { without } from '../../functions/analyst/pointer.ts';
import { entriesOf, type Incident } from '../../functions/core/incident.ts';
import { startTestCloud, type TestCloud } from '../e2e/cloud.ts';
import { type Ran, sallyport } from '../e2e/run.ts';
import { FORENSICS, ownEnvironment } from '../scenarios/scenario.ts';
import { assemblyOf } from './assembly.ts';
import { type RespondScenario, respondScenarios } from './scenarios.ts';

const scenarios = respondScenarios();
const assembly = assemblyOf(ownEnvironment, { forensicsAccount: FORENSICS });
afterAll(() => assembly.remove());

it.concurrent.each(scenarios)('$name: $actions', async (scenario) => {
  const test = await startTestCloud({ accountSeed: scenario.directory, assembly: assembly.directory });
  try {
    await respondAndRollBack(scenario, test);
  } finally {
    await test.stop();
  }
});

async function respondAndRollBack(scenario: RespondScenario, test: TestCloud): Promise<void> {
  const before = accountOf(test);
  const restored = (account: unknown) => without(account, Object.keys(scenario.leaves));
  const ran = await sallyport(['respond', '--approve', '--json', ...scenario.findings], test.stateDirectory);
  const [outcome] = outcomesOf(ran);
  expect(outcome?.outcome, JSON.stringify(outcome)).toBe('contained');
  const id = outcome?.incident ?? '';
  const contained = await test.session.ledger.read(id);
  expect(verified(contained, 'execute')).toEqual(scenario.actions);
  expect(accountOf(test)).not.toEqual(before);

  const undone = await sallyport(['rollback', id, '--json'], test.stateDirectory);
  const ended = await test.session.ledger.read(id);
  if (scenario.rollback === 'by-hand') {
    expect(ended.status).toBe('escalated');
    expect(contained.plan?.manifest.actions.flatMap(({ cannotRestore }) => cannotRestore)).not.toEqual([]);
    return;
  }
  expect(undone, undone.error).toMatchObject({ code: 0 });
  expect(ended.status, JSON.stringify(ended.ending)).toBe('closed');
  expect(verified(ended, 'rollback').toSorted()).toEqual(scenario.actions.toSorted());
  expect(restored(accountOf(test))).toEqual(restored(before));
}

it('every action of the catalogue is in a scenario', () => {
  const run = new Set(scenarios.flatMap((scenario) => scenario.actions));
  expect(actions.map(({ id }) => id).filter((id) => !run.has(id))).toEqual([]);
});

/** The attacked account but for its history. */
function accountOf({ cloud }: TestCloud): unknown {
  const attacked = cloud.accounts.snapshot().accounts[cloud.account];
  if (!attacked) throw new Error('the scenario seeds another account');
  const { events: _history, ...resources } = structuredClone(attacked);
  // An entry without tags says no more than that there is such a resource, which may be a rule under a new id.
  for (const { ec2 } of Object.values(resources.regions))
    for (const [id, tags] of Object.entries(ec2.tags))
      if (Object.keys(tags).length === 0) delete ec2.tags[id];
  return resources;
}

function outcomesOf({ out, error, code }: Ran) {
  expect({ code, error }).toEqual({ code: 0, error: '' });
  return (JSON.parse(out) as { outcomes: { incident: string; outcome: string }[] }).outcomes;
}

/** The ids of the actions whose effect was read back, in the order of the plan. */
function verified(incident: Incident, direction: 'execute' | 'rollback'): string[] {
  const seen = entriesOf(incident, 'effect-verified')
    .filter((entry) => entry.direction === direction && entry.verified)
    .map(({ actionId }) => actionId);
  return (incident.plan?.manifest.actions ?? [])
    .filter(({ id }) => seen.includes(id))
    .map(({ action }) => action);
}

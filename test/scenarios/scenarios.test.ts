import { afterEach, describe, expect, test } from 'vitest';
import { runStage } from '../../functions/analyst/loop.ts';
import type { Incident } from '../../functions/core/incident.ts';
import { INCIDENT } from '../analyst/bench.ts';
import { respondScenarios } from '../respond/scenarios.ts';
import { stageOverScenario } from './scenario.ts';

let close: () => Promise<void> = async () => undefined;
afterEach(() => close());

/** Triage, and investigation where it is called for, against the scenario's account. */
async function judge(name: string): Promise<{ readonly next: string; readonly incident: Incident }> {
  const scenario = await stageOverScenario(name);
  close = scenario.close;
  const triaged = await runStage(scenario.parts);
  const { next } =
    triaged.next === 'investigate' ? await runStage({ ...scenario.parts, stage: 'investigate' }) : triaged;
  return { next, incident: await scenario.parts.ledger.read(INCIDENT) };
}

const proposed = ({ verdict, entities }: Incident) =>
  verdict?.verdict.proposals.map(({ action, target }) => {
    const entity = entities.find(({ handle }) => handle === target);
    return `${action} ${entity?.id}`;
  });

describe("the demo's scenarios, judged by rules over the sandbox's AWS", () => {
  test("the stolen key is deactivated and its user's sessions are revoked", async () => {
    const { next, incident } = await judge('stolen-key');
    expect(next).toBe('plan');
    expect(incident.verdict?.verdict).toMatchObject({ disposition: 'true-positive', severity: 'High' });
    expect(proposed(incident)).toEqual([
      'deactivate-access-key AKIAI44QH8DHBEXAMPLE',
      'revoke-sessions ci-deploy',
    ]);
  });

  test('the instance that talks to a command server is snapshotted and isolated, its neighbour left alone', async () => {
    const { next, incident } = await judge('c2-instance');
    expect(next).toBe('plan');
    expect(incident.verdict?.verdict).toMatchObject({ disposition: 'true-positive', severity: 'High' });
    expect(proposed(incident)).toEqual([
      'snapshot-volumes i-0c2c2c2c2c2c2c2c2',
      'isolate-instance i-0c2c2c2c2c2c2c2c2',
    ]);
  });

  test('of what a stolen key made, each thing is taken away by itself, and no innocent is touched', async () => {
    const { incident } = await judge('ways-back');
    expect(proposed(incident)).toEqual([
      'deactivate-access-key AKIAIEXAMPLESTOLEN0A',
      'revoke-sessions release-bot',
      'deactivate-access-key AKIAIEXAMPLEFORDAN0A',
      'deactivate-access-key AKIAIEXAMPLESECOND0A',
      'quarantine-user support-audit',
      'restrict-role-trust backup-restore',
      'revoke-sessions backup-restore',
    ]);
    const made = incident.entities.filter(({ trust }) => trust === 'recorded');
    expect(made.map(({ id }) => id)).not.toContain('new-colleague');
    expect(made.map(({ id }) => id)).not.toContain('dana');
  });

  test('the probe of an instance without a way in is closed, on evidence that no attacker writes', async () => {
    const { next, incident } = await judge('benign');
    expect(next).toBe('close');
    expect(incident.verdict).toMatchObject({ struck: 0, untainted: 3, verdict: { disposition: 'benign' } });
  });

  test('every claim of every scenario holds', async () => {
    for (const name of ['stolen-key', 'c2-instance'] as const) {
      const { incident } = await judge(name);
      expect(incident.verdict?.struck).toBe(0);
      expect(incident.verdict?.verdict.claims.length).toBeGreaterThanOrEqual(3);
      expect(incident.evidence.filter(({ status }) => status === 'failed')).toEqual([]);
      await close();
    }
  });
});

describe.each(respondScenarios())('the story $name', ({ name, actions }) => {
  test('is told by rules alone, and ends in the proposals that it is to end in', async () => {
    const { next, incident } = await judge(name);
    expect(next).toBe('plan');
    expect(incident.verdict?.struck).toBe(0);
    expect(incident.evidence.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(incident.verdict?.untainted).toBeGreaterThan(0);
    expect(incident.verdict?.verdict.claims).not.toEqual([]);
    const named = incident.verdict?.verdict.proposals.map(({ action }) => action);
    expect(named, incident.verdict?.verdict.summary).toEqual(expect.arrayContaining([...actions]));
  });
});

import { describe, expect, test } from 'vitest';
import { openingText, systemText } from '../../functions/analyst/prompts.ts';
import { severityFloor } from '../../functions/analyst/severity.ts';
import { readingsOf } from '../../functions/analyst/views.ts';
import type { Briefing } from '../../functions/core/ports.ts';
import { prompts } from '../../functions/generated/policies.gen.ts';
import { finding, thing } from '../response/world.ts';
import { INCIDENT, matchPlaybook, now, playbooks } from './bench.ts';
import { surroundings } from './surroundings.ts';

const about = finding('f-1', {
  severity: 'Low',
  entities: [
    thing('instance', 'i-1'),
    thing('address', '198.51.100.7', { part: 'actor' }),
    thing('role', 'web', { part: 'related' }),
  ],
});
const environment = surroundings({
  scanners: [{ network: '198.51.100.0/28', note: 'nightly scan' }],
  changeWindows: [
    { id: 'weekly-release', window: { days: ['Sat'], from: '10:00', to: '12:00', zone: 'UTC' } },
  ],
  crownJewels: [{ match: 'i-1', because: 'every order' }],
});

function briefing(changes: Partial<Briefing> = {}): Briefing {
  return {
    incident: INCIDENT,
    stage: 'triage',
    playbook: matchPlaybook('Recon:EC2/Portscan', playbooks),
    offers: [],
    environment,
    findings: [about],
    entities: about.entities.map((entity, index) => ({ ...entity, handle: `e${index + 1}` })),
    evidence: [],
    ...changes,
  };
}

describe('the owner’s environment', () => {
  test('stands in the prefix that is the same for every incident, and not in the opening', () => {
    expect(systemText('triage', prompts, environment)).toContain('"note":"nightly scan"');
    expect(openingText(briefing())).not.toContain('"crownJewels"');
  });

  test('tells a model of known callers and open change windows', () => {
    const text = openingText(briefing());
    expect(text).toContain('198.51.100.7, own scanner of the owner (nightly scan)');
    expect(text).toContain('written in the change window weekly-release');
    expect(openingText(briefing({ environment: surroundings() }))).not.toContain('change window');
  });

  test('tells the same to rules', () => {
    const [reading] = readingsOf(briefing(), now());
    expect(reading?.view.openChangeWindows).toEqual(['weekly-release']);
    expect(reading?.view.entities).toMatchObject([
      { id: 'i-1' },
      { id: '198.51.100.7', is: 'own scanner' },
      {},
    ]);
    expect(reading?.view.environment.crownJewels).toHaveLength(1);
  });

  test('raises what is found about a crown jewel to High, and lowers nothing', () => {
    expect(severityFloor(briefing())).toBe('High');
    expect(severityFloor(briefing({ environment: surroundings() }))).toBe('Low');
    expect(severityFloor(briefing({ findings: [{ ...about, severity: 'Critical' }] }))).toBe('Critical');
    const elsewhere = surroundings({ crownJewels: [{ match: 'web', because: 'only hangs on it' }] });
    expect(severityFloor(briefing({ environment: elsewhere }))).toBe('Low');
  });
});

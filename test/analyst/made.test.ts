import { describe, expect, test } from 'vitest';
import { offers } from '../../functions/actions/offers.gen.ts';
import { openingText } from '../../functions/analyst/prompts.ts';
import { takeSubmission } from '../../functions/analyst/submit.ts';
import { verdictByRules } from '../../functions/analyst/verdict.ts';
import type { HandledEntity } from '../../functions/core/entity.ts';
import type { FootholdCall } from '../../functions/core/foothold-call.ts';
import type { Briefing } from '../../functions/core/ports.ts';
import type { Proposal, Verdict } from '../../functions/core/verdict.ts';
import { INCIDENT, matchPlaybook, now, playbooks } from './bench.ts';
import { activeKey, foreignActivity, keyFinding } from './findings.ts';
import { ours } from './payloads.ts';
import { surroundings } from './surroundings.ts';

const finding = keyFinding('UnauthorizedAccess:IAMUser/MaliciousIPCaller');
const known = finding.entities.map(
  (entity, index): HandledEntity => ({ ...entity, handle: `e${index + 1}` }),
);

function made(kind: 'user' | 'role', id: string, call: FootholdCall): HandledEntity {
  return {
    handle: `e${known.length + 1}`,
    kind,
    id,
    account: finding.cloud.account,
    region: finding.cloud.region,
    part: 'related',
    trust: 'recorded',
    made: {
      by: 'access-key:111122223333:AKIA',
      calls: [{ call, at: '2026-11-21T11:00:00Z', event: 'e' }],
    },
  };
}

function briefing(entity: HandledEntity, changes: Partial<Briefing> = {}): Briefing {
  return {
    incident: INCIDENT,
    stage: 'investigate',
    playbook: matchPlaybook(finding.finding_info.type, playbooks),
    offers,
    environment: surroundings(),
    findings: [finding],
    entities: [...known, entity],
    evidence: [],
    ...changes,
  };
}

describe('what a principal made', () => {
  test.each(ours)('is named to a model inside a fence alone: %s', (id) => {
    const text = openingText(briefing(made('user', id, 'CreateUser')));
    expect(text).toContain('recorded, made by CreateUser)');
    expect(text.replaceAll(/<untrusted>.*?<\/untrusted>/g, '')).not.toContain(id);
  });

  const answered = (proposal: Pick<Proposal, 'action'>, entity: HandledEntity) => {
    const verdict: Verdict = {
      disposition: 'true-positive',
      severity: 'High',
      confidence: 0.9,
      attack: [],
      summary: 'It is an attack.',
      claims: [],
      proposals: [{ ...proposal, target: entity.handle, params: {} }],
    };
    return takeSubmission(verdict, briefing(entity)).status;
  };

  test('may be proposed for what answers its calls, and for nothing else', () => {
    const whole = made('user', 'helper', 'CreateUser');
    const touched = made('user', 'dana', 'CreateLoginProfile');
    expect(answered({ action: 'quarantine-user' }, whole)).toBe('taken');
    expect(answered({ action: 'quarantine-user' }, touched)).toBe('refused');
    expect(answered({ action: 'remove-console-login' }, touched)).toBe('taken');
    expect(answered({ action: 'revoke-sessions' }, made('role', 'app', 'UpdateAssumeRolePolicy'))).toBe(
      'refused',
    );
  });

  test('is evidence of nothing: a key that he made and switched off does not hide the one that he stole', () => {
    const key: HandledEntity = {
      ...made('user', 'AKIAMADE00000000000A', 'CreateAccessKey'),
      kind: 'access-key',
    };
    const stolen = known.find(({ kind }) => kind === 'access-key')?.handle ?? '';
    const piece = (tool: string, target: string, output: object) => ({
      ...{ id: `ev-${tool.length}${target}`.padEnd(15, '0'), tool, target, status: 'found' as const },
      ...{ output: output as Verdict & Record<string, never>, tainted: [], truncated: false },
    });
    const { verdict } = verdictByRules(
      briefing(key, {
        evidence: [
          piece('access-key-last-used', key.handle, { ...activeKey, status: 'Inactive' }),
          piece('access-key-last-used', stolen, activeKey),
          piece('principal-activity', stolen, foreignActivity),
        ],
      }),
      now(),
    );
    expect(verdict.proposals).toContainEqual({ action: 'deactivate-access-key', target: stolen, params: {} });
  });
});

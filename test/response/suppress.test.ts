import { describe, expect, it, vi } from 'vitest';
import { claims } from '../../functions/adapters/claims.ts';
import type { Finding } from '../../functions/core/finding.ts';
import { suppressionPlace } from '../../functions/core/intake.ts';
import type { TagProbe } from '../../functions/core/ports.ts';
import { Suppression, suppressionDigest } from '../../functions/core/suppression.ts';
import { openSuppressions } from '../../functions/handlers/suppressions.ts';
import { type SuppressParts, suppress } from '../../functions/response/suppress.ts';
import { Crash, crashing, crashPoints } from '../adapters/crashing.ts';
import { Intake } from './intake.ts';
import { finding, thing, verdict } from './world.ts';

const rule = (changes: object = {}) =>
  Suppression.parse({
    id: 'nightly-scanner',
    reason: 'our scanner probes at night',
    owner: 'platform@example.com',
    expires: '2026-12-31',
    types: ['Recon:*'],
    ...changes,
  });

const instance = thing('instance', 'i-1');
const probe = (uid = 'probe-1', changes: Parameters<typeof finding>[1] = {}): Finding => {
  const { finding_info, ...rest } = finding(uid, { severity: 'Low', entities: [instance], ...changes });
  return { ...rest, finding_info: { ...finding_info, type: 'Recon:EC2/PortProbeUnprotectedPort' } };
};

/** Intake with rules; tags as this says. */
class Suppressing extends Intake {
  readonly reports: string[] = [];
  tags: TagProbe = { tagsOf: async () => [] };
  readonly suppression: SuppressParts;

  constructor(...rules: Suppression[]) {
    super();
    this.suppression = {
      rules,
      ledger: this.ledger,
      claims: claims(this.table, () => this.now),
      tags: { tagsOf: (...asked) => this.tags.tagsOf(...asked) },
      clock: () => this.now,
      report: ({ id }, { finding_info }, problem) =>
        this.reports.push(`${id} ${finding_info.uid}: ${problem}`),
    };
    this.parts = { ...this.parts, suppress: (id, one) => suppress(id, one, this.suppression) };
  }

  suppressed() {
    return this.rejections().filter(({ entry }) => (entry as { type: string }).type === 'finding-suppressed');
  }
}

describe('a suppressed finding', () => {
  it('opens nothing, and stands in the intake chain, whole, with the rule', async () => {
    const intake = new Suppressing(rule());
    await intake.take(probe());
    expect(intake.incidents()).toEqual([]);
    expect(intake.started).toEqual([]);
    expect(intake.suppressed()).toEqual([
      {
        partition: suppressionPlace(probe()).partition,
        entry: {
          type: 'finding-suppressed',
          eventId: 'e-1',
          rule: {
            id: 'nightly-scanner',
            owner: 'platform@example.com',
            expires: '2026-12-31',
            digest: suppressionDigest(rule()),
          },
          finding: probe(),
        },
      },
    ]);
  });

  it('is recorded once, however often and on whatever day it is delivered', async () => {
    const intake = new Suppressing(rule());
    await intake.take(probe());
    intake.now = new Date('2026-11-22T00:10:00.000Z');
    await intake.take(probe());
    expect(intake.suppressed()).toHaveLength(1);
    await intake.take(probe('probe-1', { modified: '2026-11-22T00:00:00.000Z' }));
    expect(intake.suppressed()).toHaveLength(2);
  });

  it('is taken in as soon as it becomes graver than the rule is for', async () => {
    const intake = new Suppressing(rule());
    await intake.take(probe());
    await intake.take(probe('probe-1', { severity: 'High', modified: '2026-11-21T11:30:00.000Z' }));
    expect((await intake.only()).findings.map(({ severity }) => severity)).toEqual(['High']);
  });

  it.each(crashPoints(1))('is recorded once where the function is killed $when its commit', async (point) => {
    const intake = new Suppressing(rule());
    const ledger = crashing(intake.suppression.ledger, point).port;
    await expect(suppress('e-1', probe(), { ...intake.suppression, ledger })).rejects.toThrow(Crash);
    await intake.take(probe());
    expect(intake.incidents()).toEqual([]);
    expect(intake.suppressed()).toHaveLength(1);
  });
});

describe('a rule', () => {
  it('holds no more after its last day, and says so', async () => {
    const intake = new Suppressing(rule({ expires: '2026-11-20' }));
    await intake.take(probe());
    expect((await intake.only()).findings).toHaveLength(1);
    expect(intake.reports).toEqual(['nightly-scanner probe-1: it expired on 2026-11-20']);
  });

  it('with a window holds for what was written in it', async () => {
    const window = { days: ['Sat'], from: '10:00', to: '12:00', zone: 'UTC' };
    const intake = new Suppressing(rule({ window }));
    await intake.take(probe('probe-1', { modified: '2026-11-21T11:59:00.000Z' }));
    expect(intake.incidents()).toEqual([]);
    await intake.take(probe('probe-2', { modified: '2026-11-21T12:00:00.000Z' }));
    expect(intake.incidents()).toHaveLength(1);
  });

  it('that cannot be asked suppresses nothing, and the next one is asked', async () => {
    const broken = {
      ...rule(),
      window: { days: ['Sat' as const], from: '00:00', to: '24:00', zone: 'Mars/Base' },
    };
    const intake = new Suppressing(broken);
    await intake.take(probe());
    expect(intake.incidents()).toHaveLength(1);
    expect(intake.reports).toEqual([expect.stringMatching(/^nightly-scanner probe-1: RangeError/)]);
    const both = new Suppressing(broken, rule({ id: 'other' }));
    await both.take(probe());
    expect(both.incidents()).toEqual([]);
  });
});

it('no rule holds where the file that lies beside the function cannot be read', () => {
  const said = vi.spyOn(console, 'error').mockReturnValue();
  expect(openSuppressions()).toEqual([]);
  expect(said).toHaveBeenCalledWith(expect.stringContaining('no suppression holds'));
  said.mockRestore();
});

describe('a rule that asks for a tag', () => {
  const tag = { key: 'sallyport:suppress', value: 'honeypot' } as const;
  const tagged = (...ids: string[]): TagProbe => ({
    tagsOf: async ({ id }) => (ids.includes(id) ? [{ Key: tag.key, Value: tag.value }] : []),
  });
  const taking = async (tags: TagProbe, ...findings: Finding[]) => {
    const intake = new Suppressing(rule({ tag }));
    intake.tags = tags;
    await intake.take(...findings);
    return intake;
  };

  it('holds where every target carries it', async () => {
    expect((await taking(tagged('i-1'), probe())).incidents()).toEqual([]);
    const two = probe('probe-1', { entities: [instance, thing('instance', 'i-2')] });
    expect((await taking(tagged('i-1'), two)).incidents()).toHaveLength(1);
    expect((await taking(tagged('i-1', 'i-2'), two)).incidents()).toEqual([]);
  });

  it('asks a key’s user, since a key has no tags', async () => {
    const entities = [thing('access-key', 'AKIA1'), thing('user', 'decoy')];
    expect((await taking(tagged('decoy'), probe('p', { entities }))).incidents()).toEqual([]);
    const alone = probe('p', { entities: [thing('access-key', 'AKIA1')] });
    expect((await taking(tagged('AKIA1'), alone)).incidents()).toHaveLength(1);
  });

  it.each([
    ['has another value', { tagsOf: async () => [{ Key: tag.key, Value: 'other' }] }],
    ['stands under another key', { tagsOf: async () => [{ Key: 'suppress', Value: tag.value }] }],
  ])('does not hold where it %s', async (_, tags) => {
    expect((await taking(tags, probe())).incidents()).toHaveLength(1);
  });

  it('does not hold where it cannot be read, or the target is only claimed', async () => {
    const refused = { tagsOf: () => Promise.reject(new Error('AccessDenied')) };
    const intake = await taking(refused, probe());
    expect(intake.incidents()).toHaveLength(1);
    expect(intake.reports).toEqual(['nightly-scanner probe-1: Error: AccessDenied']);
    const claimed = probe('p', { entities: [thing('instance', 'i-1', { trust: 'claimed' })] });
    expect((await taking(tagged('i-1'), claimed)).incidents()).toHaveLength(1);
  });
});

describe('an incident', () => {
  const opened = async (
    status: 'working' | 'closed' | 'escalated',
    first = finding('c2', { entities: [instance] }),
  ) => {
    const intake = new Suppressing(rule());
    const suppressing = intake.parts;
    intake.parts = { ...suppressing, suppress: async () => false };
    await intake.take(first);
    intake.parts = suppressing;
    const { id } = await intake.only();
    if (status === 'working') return intake;
    await intake.ledger.append(id, 'fact', 'verdict', () => [verdict()]);
    const type = status === 'closed' ? 'incident-closed' : 'incident-escalated';
    await intake.ledger.append(id, 'decision', 'end', () => [{ type, generation: 1, reason: 'done' }]);
    return intake;
  };

  it.each(['working', 'escalated'] as const)('that is %s takes in what a rule would hide', async (status) => {
    const intake = await opened(status);
    await intake.take(probe());
    expect((await intake.only()).findings).toHaveLength(2);
    expect(intake.suppressed()).toEqual([]);
  });

  it('that is closed, or about something else, takes in nothing', async () => {
    const closed = await opened('closed');
    await closed.take(probe());
    expect((await closed.only()).findings).toHaveLength(1);
    const other = await opened('working');
    await other.take(probe('probe-1', { entities: [thing('instance', 'i-2')] }));
    expect((await other.only()).findings).toHaveLength(1);
  });

  it('that people were left with because of the very noise does not keep the rule from holding', async () => {
    const intake = await opened('escalated', probe('probe-0'));
    await intake.take(probe());
    expect((await intake.only()).findings).toHaveLength(1);
    expect(intake.suppressed()).toHaveLength(1);
  });

  it('whose claim has lapsed holds nothing back', async () => {
    const intake = await opened('working');
    intake.now = new Date('2026-12-01T12:00:00.000Z');
    await intake.take(probe());
    expect(intake.suppressed()).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import type { Finding } from '../../functions/core/finding.ts';
import { ownEvent } from '../../functions/core/own-finding.ts';
import { type Lookup, openLookup } from '../../functions/intelligence/lookup.ts';
import { matchBack } from '../../functions/intelligence/match-back.ts';
import { normaliseEach } from '../../functions/sources/normalise.ts';
import { Intake } from '../response/intake.ts';
import { finding, thing } from '../response/world.ts';
import { DAY, FeedsWorld } from './world.ts';

const CALLER = '198.51.100.7';
const CHANGED = new Date('2026-11-21T11:59:00Z');

/** Compiles these lines, and those of a warning list. */
async function compiled(indicators: string, warnings = ''): Promise<Lookup> {
  const world = new FeedsWorld();
  world.put('list', 'a', indicators);
  world.put('known-good', 'b', warnings);
  await world.refresh();
  if (!world.compiled) throw new Error('nothing was compiled');
  return openLookup(world.compiled);
}

/** An incident in which the caller was seen, and what matching back sends about it. */
async function incidentWith(changes: Partial<Finding> = {}, observables: readonly string[] = [CALLER]) {
  const intake = new Intake();
  const caller = thing('address', CALLER, { part: 'actor' });
  await intake.take(finding('f-1', { entities: [thing('instance', 'i-1'), caller], ...changes }));
  const sent: Finding[] = [];
  let asked: Date | undefined;
  const match = async (now: Lookup, before?: Lookup) => {
    const [incident = ''] = intake.incidents();
    return matchBack(now, before, CHANGED, {
      observations: {
        since: async (time) => {
          asked = time;
          return [{ incident, observables }];
        },
      },
      ledger: intake.ledger,
      queue: { send: async (one) => void sent.push(one) },
      clock: () => intake.now,
    });
  };
  /** As the queue's consumer takes them in. */
  const deliver = async () => {
    for (const one of sent) await intake.take(...normaliseEach(JSON.parse(JSON.stringify(ownEvent(one)))));
  };
  return { intake, sent, match, deliver, asked: () => asked };
}

describe('a new indicator', () => {
  it('of something that was seen becomes a finding in that incident', async () => {
    const { intake, sent, match, deliver, asked } = await incidentWith();
    expect(await match(await compiled(CALLER))).toBe(1);
    expect(asked()).toEqual(new Date(intake.now.getTime() - 30 * DAY));
    expect(sent).toMatchObject([
      {
        finding_info: { type: 'ThreatIntelligence:Match/Address' },
        metadata: { source: 'sallyport', aws_owned: true },
        severity: 'Medium',
        facts: { feed: 'list', confidence: 60, ageDays: 0, matched: CALLER },
      },
    ]);
    await deliver();
    const incident = await intake.only();
    expect(incident.findings.map(({ finding_info }) => finding_info.type)).toEqual([
      'Backdoor:EC2/C&CActivity.B',
      'ThreatIntelligence:Match/Address',
    ]);
  });

  it('that is sent again changes nothing', async () => {
    const { intake, match, deliver } = await incidentWith();
    const now = await compiled(CALLER);
    await match(now);
    await match(now);
    await deliver();
    expect((await intake.only()).heads.fact).toBe(2);
  });

  it('that a feed said before is no news; a range around it is', async () => {
    const { sent, match } = await incidentWith();
    const before = await compiled(CALLER);
    expect(await match(await compiled(`${CALLER}\n192.0.2.1`), before)).toBe(0);
    expect(await match(await compiled('198.51.100.0/24'), before)).toBe(1);
    expect(sent[0]?.facts.matched).toBe('198.51.100.0/24');
  });

  it('does not count against what a warning list names', async () => {
    const { match } = await incidentWith();
    expect(await match(await compiled(CALLER, '198.51.100.0/25'))).toBe(0);
  });

  it('is news once the warning that covered it is gone', async () => {
    const { match } = await incidentWith();
    expect(await match(await compiled(CALLER), await compiled(CALLER, CALLER))).toBe(1);
  });

  it('of a domain puts no attacker’s text where rules read', async () => {
    const domain = thing('domain', 'c2.evil.example', { part: 'actor', trust: 'claimed' });
    const { sent, match } = await incidentWith({ entities: [thing('instance', 'i-1'), domain] }, [domain.id]);
    await match(await compiled('evil.example'));
    expect(sent[0]?.facts).not.toHaveProperty('matched');
    expect(sent[0]?.tainted).toContainEqual({ field: 'sighting.matched', text: 'evil.example' });
    expect(sent[0]?.entities).toContainEqual(domain);
  });

  it('of what only stands in evidence brings in a claim, on which no plan acts', async () => {
    const { sent, match } = await incidentWith({}, ['192.0.2.77']);
    await match(await compiled('192.0.2.77'));
    const named = sent[0]?.entities.filter(({ id }) => id === '192.0.2.77');
    expect(named).toMatchObject([{ part: 'related', trust: 'claimed' }]);
  });
});

describe('the finding', () => {
  it('trusts nothing more than it was, and stays among what custom products said', async () => {
    const custom = { source: 'securityhub', product: 'mine', aws_owned: false };
    const entities = [
      thing('instance', 'i-1', { trust: 'claimed' }),
      thing('address', CALLER, { trust: 'claimed', part: 'actor' }),
    ];
    const { intake, sent, match, deliver } = await incidentWith({ metadata: custom, entities });
    await match(await compiled(CALLER));
    expect(sent[0]?.metadata.aws_owned).toBe(false);
    expect(sent[0]?.entities.every(({ trust }) => trust === 'claimed')).toBe(true);
    await deliver();
    expect((await intake.only()).findings).toHaveLength(2);
  });

  it.each([
    ['Low', 'Medium'],
    ['Medium', 'Low'],
    ['High', 'Medium'],
    ['Critical', 'Medium'],
  ] as const)(
    'of an incident of %s is %s: another playbook takes over only where it raises',
    async (had, gets) => {
      const { sent, match } = await incidentWith({ severity: had });
      await match(await compiled(CALLER));
      expect(sent[0]?.severity).toBe(gets);
    },
  );

  it('is taken from the queue alone, and only under our own name', () => {
    const forged = ownEvent({
      ...finding('f-9'),
      metadata: { source: 'guardduty', product: 'x', aws_owned: true },
    });
    expect(() => normaliseEach(forged)).toThrow('metadata.source');
    expect(() => normaliseEach({ ...forged, detail: {} })).toThrow('class_uid');
  });
});

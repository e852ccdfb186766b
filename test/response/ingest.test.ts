import { describe, expect, it } from 'vitest';
import { claims } from '../../functions/adapters/claims.ts';
import type { CoordinationTable } from '../../functions/adapters/coordination-table.ts';
import { FindingRejectedError } from '../../functions/core/errors.ts';
import type { Finding } from '../../functions/core/finding.ts';
import type { Ledger } from '../../functions/core/ports.ts';
import { proposedIncident } from '../../functions/response/correlate.ts';
import { ingest, ingestBatch } from '../../functions/response/ingest.ts';
import { normaliseEach } from '../../functions/sources/normalise.ts';
import { Crash, crashing, crashPoints } from '../adapters/crashing.ts';
import type { MemoryLedger } from '../analyst/memory-ledger.ts';
import { bareControl } from '../sources/bare.ts';
import { Intake, start } from './intake.ts';
import { entries, finding, thing, verdict } from './world.ts';

describe('a finding', () => {
  it('opens an incident, and its execution is started', async () => {
    const intake = new Intake();
    await intake.take(finding());
    const incident = await intake.only();
    expect(incident).toMatchObject({ status: 'working', generation: 1 });
    expect(intake.started).toEqual([`${incident.id}-1`]);
  });

  it('that comes again is dropped, but its start is not', async () => {
    const intake = new Intake();
    await intake.take(finding());
    await intake.take(finding());
    const incident = await intake.only();
    expect(incident.heads.fact).toBe(1);
    expect(intake.started).toEqual([`${incident.id}-1`, `${incident.id}-1`]);
  });

  it('about a known entity joins its incident', async () => {
    const intake = new Intake();
    await intake.take(finding('f-1', { entities: [thing('instance', 'i-1')] }));
    await intake.take(finding('f-2', { entities: [thing('instance', 'i-1'), thing('user', 'eve')] }));
    await intake.take(finding('f-3', { entities: [thing('user', 'eve')] }));
    expect((await intake.only()).findings).toHaveLength(3);
  });

  it('that is a sample, or that somebody forged, never joins the real incident', async () => {
    const intake = new Intake();
    const entities = [thing('instance', 'i-1')];
    const forged = entities.map((entity) => ({ ...entity, trust: 'claimed' as const }));
    const custom = { source: 'securityhub', product: 'mine', aws_owned: false };
    await intake.take(finding('f-1', { entities }));
    await intake.take(finding('f-1', { entities, sample: true, modified: '2027-01-01T00:00:00.000Z' }));
    await intake.take(
      finding('f-1', { entities: forged, metadata: custom, modified: '2027-01-01T00:00:00.000Z' }),
    );
    expect(intake.incidents()).toHaveLength(3);
    // The real finding's own update is still news.
    await intake.take(finding('f-1', { entities, modified: '2026-11-21T11:30:00.000Z' }));
    const real = await intake.ledger.read(intake.incidents()[0] ?? '');
    expect(real.findings.map(({ finding_info }) => finding_info.modified_time)).toEqual([
      '2026-11-21T11:30:00.000Z',
    ]);
  });
});

describe('an update', () => {
  it('that is newer replaces the finding', async () => {
    const intake = new Intake();
    await intake.take(finding());
    await intake.take(finding('f-1', { modified: '2026-11-21T11:30:00.000Z', severity: 'Critical' }));
    const incident = await intake.only();
    expect(incident.findings.map(({ severity }) => severity)).toEqual(['Critical']);
    expect(incident.heads.fact).toBe(2);
  });

  it.each([
    ['older', '2026-11-21T10:00:00.000Z'],
    ['written with fewer digits, and older', '2026-11-21T10:59:59Z'],
  ])('that is %s changes nothing', async (_, modified) => {
    const intake = new Intake();
    await intake.take(finding());
    await intake.take(finding('f-1', { modified, severity: 'Low' }));
    expect((await intake.only()).findings.map(({ severity }) => severity)).toEqual(['High']);
  });

  it('is not taken for old because one time was written with more digits', async () => {
    const intake = new Intake();
    await intake.take(finding('f-1', { modified: '2026-11-21T11:00:00Z' }));
    await intake.take(finding('f-1', { modified: '2026-11-21T11:00:00.500Z', severity: 'Critical' }));
    expect((await intake.only()).findings.map(({ severity }) => severity)).toEqual(['Critical']);
  });

  it('is not taken for new because one time was written with fewer digits', async () => {
    const intake = new Intake();
    await intake.take(finding('f-1', { modified: '2026-11-21T11:00:00.500Z' }));
    await intake.take(finding('f-1', { modified: '2026-11-21T11:00:00Z', severity: 'Low' }));
    expect((await intake.only()).findings.map(({ severity }) => severity)).toEqual(['High']);
  });
});

describe('what its source says has become of a finding', () => {
  const at = (status: Finding['status'], sentAt: string, changes: { modified?: string } = {}) => ({
    id: 'e',
    time: sentAt,
    detail: [finding('f-1', { status, ...changes })],
  });
  const taking = async (...events: ReturnType<typeof at>[]) => {
    const intake = new Intake();
    const parts = { ...intake.parts, normalise: (event: unknown) => (event as { detail: Finding[] }).detail };
    for (const [index, event] of events.entries()) await ingest(`e-${index}`, event, parts);
    return { intake, parts };
  };
  const statusOf = async ({ intake }: { intake: Intake }) => (await intake.only()).findings[0]?.status;

  it('counts though its time is the same: people’s changes leave UpdatedAt as it was', async () => {
    const taken = await taking(at('New', '2026-11-21T11:00:00Z'), at('Suppressed', '2026-11-21T12:00:00Z'));
    expect(await statusOf(taken)).toBe('Suppressed');
  });

  it('counts when it comes back to what it was', async () => {
    const events = [at('New', '2026-11-21T11:00:00Z'), at('Resolved', '2026-11-21T12:00:00Z')] as const;
    const taken = await taking(...events, at('New', '2026-11-21T13:00:00Z'));
    expect(await statusOf(taken)).toBe('New');
  });

  it('does not count where it was sent before what is known, or is delivered again', async () => {
    const events = [at('New', '2026-11-21T11:00:00Z'), at('Resolved', '2026-11-21T12:00:00Z')] as const;
    expect(await statusOf(await taking(...events, events[0]))).toBe('Resolved');
    expect(await statusOf(await taking(events[1], events[0]))).toBe('Resolved');
  });

  it('does not count where the finding itself is older than what is known', async () => {
    const older = at('Archived', '2026-11-21T13:00:00Z', { modified: '2026-11-21T10:00:00.000Z' });
    expect(await statusOf(await taking(at('New', '2026-11-21T11:00:00Z'), older))).toBe('New');
  });

  it('opens no ended incident again, unless the finding is active again', async () => {
    const { intake, parts } = await taking(at('New', '2026-11-21T11:00:00Z'));
    const { id } = await intake.only();
    await intake.ledger.append(id, 'decision', 'end', () => [
      { type: 'incident-closed', generation: 1, reason: 'done' },
    ]);
    await ingest('e-2', at('Resolved', '2026-11-21T12:00:00Z', { modified: '2026-11-21T12:00:00Z' }), parts);
    expect(await intake.only()).toMatchObject({ status: 'closed', generation: 1 });
    expect(await statusOf({ intake })).toBe('Resolved');
    await ingest('e-3', at('New', '2026-11-21T13:00:00Z', { modified: '2026-11-21T13:00:00Z' }), parts);
    expect(await intake.only()).toMatchObject({ status: 'working', generation: 2 });
  });
});

describe('an incident that has ended', () => {
  const ended = async (how: 'incident-closed' | 'incident-escalated') => {
    const intake = new Intake();
    await intake.take(finding());
    const { id } = await intake.only();
    await intake.ledger.append(id, 'fact', 'verdict', () => [verdict()]);
    await intake.ledger.append(id, 'decision', 'end', () => [{ type: how, generation: 1, reason: 'done' }]);
    intake.started.length = 0;
    return { intake, id };
  };

  it.each(['incident-closed', 'incident-escalated'] as const)(
    'is opened again by another finding as its next generation (%s)',
    async (how) => {
      const { intake, id } = await ended(how);
      await intake.take(finding('f-2'));
      expect(await intake.only()).toMatchObject({ status: 'working', generation: 2 });
      expect(intake.started).toEqual([`${id}-2`]);
    },
  );

  it('stays as it ended when the finding that it answered is delivered again', async () => {
    const { intake } = await ended('incident-closed');
    await intake.take(finding());
    expect(await intake.only()).toMatchObject({ status: 'closed', generation: 1 });
    expect(intake.started).toEqual([]);
  });

  it('is opened again by a finding that came in while it was being closed, and that nobody has looked at', async () => {
    const intake = new Intake();
    await intake.take(finding());
    const { id } = await intake.only();
    await intake.ledger.append(id, 'fact', 'verdict', () => [verdict()]);
    // The end is committed between the moment at which intake reads and the one at which it writes.
    const closing: Ledger = Object.assign(Object.create(intake.ledger) as MemoryLedger, {
      append: (...[incident, chain, command, decide]: Parameters<MemoryLedger['append']>) =>
        intake.ledger.append(incident, chain, command, async (state) => {
          const chosen = await decide(state);
          if (state.status === 'working')
            await intake.ledger.append(id, 'decision', 'end', () => [
              { type: 'incident-closed', generation: 1, reason: 'done' },
            ]);
          return chosen;
        }),
    });
    intake.started.length = 0;
    await ingest('e-2', [finding('f-2')], { ...intake.parts, ledger: closing });
    expect(await intake.only()).toMatchObject({ status: 'working', generation: 2 });
    expect(intake.started).toEqual([`${id}-2`]);
    await intake.take(finding('f-2'));
    expect(await intake.only()).toMatchObject({ generation: 2 });
  });
});

describe('what is no finding', () => {
  const wrong = new FindingRejectedError('finding f-0: severity is missing');
  const refusing = (intake: Intake) => ({
    ...intake.parts,
    normalise: () => {
      throw wrong;
    },
  });

  it('is recorded in the intake chain of its day with the reason, and starts nothing', async () => {
    const intake = new Intake();
    await ingest('e-1', { some: 'thing' }, refusing(intake));
    expect(intake.rejections()).toEqual([
      {
        partition: expect.stringMatching(/^intake#2026-11-21#[0-7]$/),
        entry: {
          type: 'finding-rejected',
          eventId: 'e-1',
          reason: 'finding f-0: severity is missing',
          bodyDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    ]);
    expect([intake.incidents(), intake.started]).toEqual([[], []]);
  });

  it('is recorded once, however often it is delivered', async () => {
    const intake = new Intake();
    for (let delivery = 0; delivery < 3; delivery += 1)
      await ingest('e-1', { some: 'thing' }, refusing(intake));
    expect(intake.rejections()).toHaveLength(1);
  });

  it.each([
    ['a lone surrogate', JSON.parse('{"text":"\\ud800"}')],
    ['a number beyond all numbers', JSON.parse('{"count":1e999}')],
    ['a thousand levels', JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)],
    ['nothing', undefined],
  ])('is recorded even when it holds %s', async (_, event) => {
    const intake = new Intake();
    await ingest(`e-${'\ud83d\ude00'.repeat(120)}`.slice(0, 201), event, refusing(intake));
    expect(intake.rejections()).toHaveLength(1);
  });

  it('with a very long reason is recorded with its beginning', async () => {
    const intake = new Intake();
    const reason = `x${'😀'.repeat(1500)}`;
    const parts = {
      ...intake.parts,
      normalise: () => {
        throw new FindingRejectedError(reason);
      },
    };
    await ingest('e-1', {}, parts);
    expect(JSON.stringify(intake.rejections()[0]?.entry)).toContain('😀😀');
  });

  it('is told from a bug: any other error goes back to the queue', async () => {
    const intake = new Intake();
    const parts = {
      ...intake.parts,
      normalise: () => {
        throw new TypeError('a bug');
      },
    };
    await expect(ingest('e-1', {}, parts)).rejects.toThrow('a bug');
    expect(intake.rejections()).toEqual([]);
  });
});

describe('a batch', () => {
  it('with one bad finding loses that one alone', async () => {
    const intake = new Intake();
    const [good, bad, better] = [bareControl(), { ...bareControl(), Severity: undefined }, bareControl()];
    const findings = [
      { ...good, Id: 'good', Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::one' }] },
      { ...bad, Id: 'bad', CreatedAt: undefined },
      { ...better, Id: 'better', Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::two' }] },
    ];
    const event = {
      id: 'e-batch',
      'detail-type': 'Security Hub Findings - Imported',
      source: 'aws.securityhub',
      account: '111122223333',
      time: start,
      region: 'eu-central-1',
      detail: { findings },
    };
    await ingest('e-batch', JSON.parse(JSON.stringify(event)), { ...intake.parts, normalise: normaliseEach });
    const states = await Promise.all(intake.incidents().map((id) => intake.ledger.read(id)));
    expect(
      states.flatMap((state) => state.findings.map(({ finding_info }) => finding_info.uid)).toSorted(),
    ).toEqual(['better', 'good']);
    expect(intake.started).toHaveLength(2);
    expect(intake.rejections()).toMatchObject([{ entry: { reason: expect.stringContaining('bad') } }]);
  });

  it('of many findings about few things is one commit and one start for each of them', async () => {
    const intake = new Intake();
    const deliveries = Array.from({ length: 100 }, (_, index) => ({
      eventId: `e-${index}`,
      event: [finding(`f-${index}`, { entities: [thing('instance', `i-${index % 5}`)] })],
    }));
    expect(await ingestBatch(deliveries, intake.parts)).toEqual(new Map());
    const states = await Promise.all(intake.incidents().map((id) => intake.ledger.read(id)));
    expect(states.map(({ findings, heads }) => [findings.length, heads.fact])).toEqual(
      Array.from({ length: 5 }, () => [20, 1]),
    );
    expect(intake.started).toHaveLength(5);
    await ingestBatch(deliveries.toReversed(), intake.parts);
    expect((await intake.ledger.read(states[0]?.id ?? '')).heads.fact).toBe(1);
  });

  it('answers which of its events failed, and takes in the others', async () => {
    const intake = new Intake();
    const broken = new Error('the table is throttled');
    const append: Ledger['append'] = (incident, chain, command, decide) =>
      incident === proposedIncident(finding('f-1'))
        ? Promise.reject(broken)
        : intake.ledger.append(incident, chain, command, decide);
    const ledger: Ledger = Object.assign(Object.create(intake.ledger) as MemoryLedger, { append });
    const about = (uid: string, id: string) => ({
      eventId: uid,
      event: [finding(uid, { entities: [thing('instance', id)] })],
    });
    const [one, other, same] = [about('f-1', 'i-1'), about('f-2', 'i-2'), about('f-3', 'i-1')];
    const failures = await ingestBatch([one, other, same], { ...intake.parts, ledger });
    expect([...failures]).toEqual([
      [one, broken],
      [same, broken],
    ]);
    expect((await intake.only()).findings[0]?.finding_info.uid).toBe('f-2');
  });

  it('records each rejection of it, once', async () => {
    const intake = new Intake();
    const rejected = ['one', 'two'].map((reason) => new FindingRejectedError(reason));
    await intake.take(...rejected, finding());
    await intake.take(...rejected, finding());
    expect(intake.rejections()).toMatchObject([{ entry: { reason: 'one' } }, { entry: { reason: 'two' } }]);
    expect(intake.incidents()).toHaveLength(1);
  });

  it('takes in the others when one could not be taken in, and then fails so that it is delivered again', async () => {
    const intake = new Intake();
    const claim = intake.parts.claims.claim;
    const broken = new Error('the table is throttled');
    intake.parts = {
      ...intake.parts,
      claims: {
        ...intake.parts.claims,
        claim: (keys, ...rest) =>
          keys.own.join().includes('i-1') ? Promise.reject(broken) : claim(keys, ...rest),
      },
    };
    const about = (uid: string, id: string) => finding(uid, { entities: [thing('instance', id)] });
    await expect(intake.take(about('f-1', 'i-1'), about('f-2', 'i-2'))).rejects.toThrow(
      'the table is throttled',
    );
    expect((await intake.only()).findings[0]?.finding_info.uid).toBe('f-2');
  });
});

describe('a function that is killed', () => {
  it.each(crashPoints(7))(
    '$when call $call heals on redelivery, with one incident, working',
    async (point) => {
      const intake = new Intake();
      const about = finding('f-1', { entities: [thing('instance', 'i-1'), thing('user', 'eve')] });
      const table = crashing<CoordinationTable>(intake.table, point);
      const parts = { ...intake.parts, claims: claims(table.port, () => intake.now) };
      const outcome = await ingest('e-1', [about], parts).catch((error: unknown) => error);
      if (!table.survived()) expect(outcome).toBeInstanceOf(Crash);
      await intake.take(finding('f-2', { entities: [thing('user', 'eve')] }));
      await intake.take(about);
      const incident = await intake.only();
      expect(incident.findings).toHaveLength(2);
      expect(intake.started.at(-1)).toBe(`${incident.id}-1`);
    },
  );

  it.each(crashPoints(2))('$when call $call of the ledger heals on redelivery', async (point) => {
    const intake = new Intake();
    const dying = crashing<Ledger>(intake.ledger, point);
    await ingest('e-1', [finding()], { ...intake.parts, ledger: dying.port }).catch(() => undefined);
    await intake.take(finding());
    expect(entries(await intake.only(), 'finding-received')).toHaveLength(1);
    expect(new Set(intake.started).size).toBe(1);
  });
});

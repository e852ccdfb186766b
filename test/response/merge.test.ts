import { describe, expect, it } from 'vitest';
import { claims } from '../../functions/adapters/claims.ts';
import type { Finding } from '../../functions/core/finding.ts';
import type { Incident } from '../../functions/core/incident.ts';
import { close } from '../../functions/response/close.ts';
import { proposedIncident } from '../../functions/response/correlate.ts';
import { decideExecution } from '../../functions/response/decide.ts';
import { escalate } from '../../functions/response/escalate.ts';
import type { IngestParts } from '../../functions/response/ingest.ts';
import { ingest } from '../../functions/response/ingest.ts';
import { plan } from '../../functions/response/plan.ts';
import { approved, closed, held, intent, planned, requested } from '../core/entries.ts';
import { dying } from './dying.ts';
import { Intake } from './intake.ts';
import { entries, finding, thing, verdict, World } from './world.ts';

const machine = finding('f-machine', { entities: [thing('instance', 'i-1')] });
const person = finding('f-person', { entities: [thing('user', 'eve')] });
const both = finding('f-both', { entities: [thing('instance', 'i-1'), thing('user', 'eve')] });
const [older, younger] = [proposedIncident(machine), proposedIncident(person)];

const later = (intake: Intake, milliseconds = 1000) => {
  intake.now = new Date(intake.now.getTime() + milliseconds);
};

/** Two open incidents, and the finding that links them not yet there. */
async function apart(): Promise<Intake> {
  const intake = new Intake();
  await intake.take(machine);
  later(intake);
  await intake.take(person);
  later(intake);
  intake.started.length = 0;
  return intake;
}

const of = (intake: Intake, id: string): Promise<Incident> => intake.ledger.read(id);
const uids = ({ findings }: { readonly findings: readonly Finding[] }) =>
  findings.map(({ finding_info }) => finding_info.uid).toSorted();
const links = (incident: Incident) =>
  entries(incident, 'incident-linked').map(({ incident: other, how }) => [other, how]);

describe('a finding that links two open incidents', () => {
  it('joins the older, which takes the younger in with all that was found', async () => {
    const intake = await apart();
    await intake.take(both);
    expect(uids(await of(intake, older))).toEqual(['f-both', 'f-machine', 'f-person']);
    expect(links(await of(intake, older))).toEqual([[younger, 'took-in']]);
    expect(await of(intake, younger)).toMatchObject({ status: 'merged', mergedInto: older });
    expect(intake.started).toContain(`${older}-1`);
  });

  it('may be an update of what the younger holds', async () => {
    const intake = new Intake();
    const entities = [thing('user', 'eve')];
    await intake.take(machine);
    later(intake);
    await intake.take(finding('f-person', { entities, modified: '2026-11-21T11:00:00Z' }));
    const modified = '2026-11-21T11:00:00.500Z';
    await intake.take(finding('f-person', { entities: both.entities, modified }));
    expect(await of(intake, younger)).toMatchObject({ status: 'merged', mergedInto: older });
    expect((await of(intake, older)).findings[1]?.finding_info.modified_time).toBe(modified);
  });

  it('leads what comes in about the younger to the older from then on', async () => {
    const intake = await apart();
    await intake.take(both);
    later(intake);
    await intake.take(finding('f-4', { entities: [thing('user', 'eve')] }));
    expect(uids(await of(intake, older))).toContain('f-4');
    expect(uids(await of(intake, younger))).toEqual(['f-person']);
  });

  it('leads it there though the claims are stale', async () => {
    const intake = await apart();
    await intake.take(both);
    const stale: IngestParts['claims'] = { ...intake.parts.claims, claim: async () => [younger] };
    const about = finding('f-4', { entities: [thing('user', 'eve')] });
    await ingest('e-2', [about], { ...intake.parts, claims: stale });
    expect(uids(await of(intake, older))).toContain('f-4');
  });

  it('changes nothing when it is delivered again', async () => {
    const intake = await apart();
    await intake.take(both);
    const before = [(await of(intake, older)).heads, (await of(intake, younger)).heads];
    await intake.take(both);
    expect([(await of(intake, older)).heads, (await of(intake, younger)).heads]).toEqual(before);
  });

  it.each([
    ['people were asked', 'decision', requested],
    ['somebody approved it', 'decision', approved],
    ['a change was begun', 'effect', intent],
  ] as const)('leaves the younger its own way where %s already', async (_, chain, entry) => {
    const intake = await apart();
    await intake.ledger.append(younger, chain, 'told', () => [entry as never]);
    const before = await of(intake, younger);
    await intake.take(both);
    expect(await of(intake, younger)).toMatchObject({ status: before.status, findings: before.findings });
    expect(links(await of(intake, younger))).toEqual([[older, 'beside']]);
    expect(links(await of(intake, older))).toEqual([[younger, 'beside']]);
    expect(uids(await of(intake, older))).toEqual(['f-both', 'f-machine']);
  });

  it('joins the one that is open, and leaves one that has ended as it is', async () => {
    const intake = await apart();
    await intake.ledger.append(older, 'fact', 'verdict', () => [verdict()]);
    await intake.ledger.append(older, 'decision', 'end', () => [closed]);
    await intake.take(both);
    expect(uids(await of(intake, younger))).toEqual(['f-both', 'f-person']);
    expect((await of(intake, older)).status).toBe('closed');
  });

  it('merges nothing into an incident whose plan is fixed: nobody would look at it there', async () => {
    const intake = await apart();
    await intake.ledger.append(older, 'fact', 'planned', () => [verdict(), planned()]);
    await intake.ledger.append(older, 'effect', 'held', () => [held]);
    await intake.take(both);
    expect((await of(intake, younger)).status).toBe('working');
    expect(links(await of(intake, younger))).toContainEqual([older, 'beside']);
  });

  it('makes one of three', async () => {
    const intake = await apart();
    await intake.take(finding('f-key', { entities: [thing('access-key', 'AKIA1')] }));
    later(intake);
    await intake.take(
      finding('f-all', {
        entities: [thing('access-key', 'AKIA1'), thing('user', 'eve'), thing('instance', 'i-1')],
      }),
    );
    expect(uids(await of(intake, older))).toEqual(['f-all', 'f-key', 'f-machine', 'f-person']);
  });

  it('never makes a sample part of a real incident, nor a claim', async () => {
    const intake = await apart();
    await intake.take({ ...both, sample: true });
    const forged = both.entities.map((entity) => ({ ...entity, trust: 'claimed' as const }));
    const metadata = { source: 'securityhub', product: 'mine', aws_owned: false };
    await intake.take({ ...both, entities: forged, metadata });
    expect([(await of(intake, older)).status, (await of(intake, younger)).status]).toEqual([
      'working',
      'working',
    ]);
    expect(uids(await of(intake, older))).toEqual(['f-machine']);
  });
});

describe('an incident that became part of another', () => {
  const merged = async () => {
    const intake = await apart();
    await intake.take(both);
    return intake;
  };

  it('ends quietly, wherever its execution stands: nothing is dismissed, decided or planned', async () => {
    const intake = await merged();
    const world = new World();
    const ledger = intake.ledger;
    const before = (await of(intake, younger)).heads;
    expect((await plan(younger, world.planParts(ledger))).next).toBe('close');
    expect((await decideExecution(younger, world.decideParts(ledger))).next).toBe('close');
    const { policy, sandbox } = world;
    const parts = { ledger, policy, sandbox, killSwitch: { read: async () => world.mode } };
    expect((await close(younger, parts)).status).toBe('merged');
    expect((await escalate(younger, { Error: 'X' }, { ledger, clock: () => world.now })).status).toBe(
      'merged',
    );
    expect((await of(intake, younger)).heads).toEqual(before);
  });

  it('is one of its own again where a decision was made that did not see it', async () => {
    const intake = await apart();
    const decided = await of(intake, younger);
    await intake.take(both);
    // Whoever asked had read the incident before it was merged.
    const blind = Object.assign(Object.create(intake.ledger) as typeof intake.ledger, {
      read: async () => decided,
    });
    await blind.append(decided, 'decision', 'ask', () => [requested]);
    const incident = await of(intake, younger);
    expect(incident).toMatchObject({ status: 'awaiting-approval' });
    expect(incident.mergedInto).toBeUndefined();
  });
});

describe('a function that is killed while it merges', () => {
  const calls = Array.from({ length: 40 }, (_, index) => index + 1);

  it.each(
    calls.flatMap((call) => [
      { call, after: false },
      { call, after: true },
    ]),
  )('at call $call (after: $after) heals on redelivery: one incident with everything', async (point) => {
    const intake = await apart();
    const { ledger, workflow } = intake.parts;
    const process = dying({ table: intake.table, ledger, workflow }, point);
    await ingest('e-1', [both], {
      ...intake.parts,
      ...process.parts,
      claims: claims(process.parts.table, () => intake.now),
    }).catch(() => undefined);
    // Nothing that was found is in nobody's hands at any moment.
    const [first, second] = [await of(intake, older), await of(intake, younger)];
    if (second.mergedInto) expect(uids(first)).toContain('f-person');
    await intake.take(finding('f-4', { entities: [thing('user', 'eve')] }));
    await intake.take(both);
    expect(uids(await of(intake, older))).toEqual(['f-4', 'f-both', 'f-machine', 'f-person']);
    expect(await of(intake, younger)).toMatchObject({ status: 'merged', mergedInto: older });
    expect(links(await of(intake, older))).toEqual([[younger, 'took-in']]);
    expect(intake.started).toContain(`${older}-1`);
    later(intake);
    await intake.take(finding('f-5', { entities: [thing('user', 'eve')] }));
    expect(uids(await of(intake, older))).toContain('f-5');
  });
});

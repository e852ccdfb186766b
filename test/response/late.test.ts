import { describe, expect, it } from 'vitest';
import type { Finding } from '../../functions/core/finding.ts';
import type { Incident } from '../../functions/core/incident.ts';
import { proposedIncident, supplementOf } from '../../functions/response/correlate.ts';
import { ingest } from '../../functions/response/ingest.ts';
import { MOST_PLANS } from '../../functions/response/late.ts';
import { wake } from '../../functions/response/wake.ts';
import { approved, denied, held, planned, requested } from '../core/entries.ts';
import { dying } from './dying.ts';
import { Intake } from './intake.ts';
import { entries, finding, thing, verdict } from './world.ts';

const machine = thing('instance', 'i-1');
const first = finding('f-1', { entities: [machine] });
const id = proposedIncident(first);
const repeat = (uid: string) => finding(uid, { entities: [machine] });
const news = (uid: string) => finding(uid, { entities: [machine, thing('bucket', uid)] });
const uids = ({ findings }: { readonly findings: readonly Finding[] }) =>
  findings.map(({ finding_info }) => finding_info.uid).toSorted();

/** A plan that people were asked about; further plans leave it the same. */
async function waiting(plans = 1): Promise<Intake> {
  const intake = new Intake();
  await intake.take(first);
  for (let made = 0; made < plans; made += 1)
    await intake.ledger.append(id, 'fact', `plan#${made}`, () => [verdict(), planned()]);
  await intake.ledger.append(id, 'decision', 'ask', () => [requested]);
  intake.started.length = 0;
  return intake;
}

async function contained(): Promise<Intake> {
  const intake = await waiting();
  await intake.ledger.append(id, 'decision', 'answer', () => [approved]);
  await intake.ledger.append(id, 'effect', 'held', () => [held]);
  return intake;
}

describe('while people are asked', () => {
  it('what is new wakes the incident, so that it is looked at before anybody answers', async () => {
    const intake = await waiting();
    await intake.take(news('f-2'));
    expect(intake.woken).toEqual([id]);
    const rung: string[] = [];
    const doorbells = {
      ring: async (incident: string, kind: string) => {
        rung.push(`${incident} ${kind}`);
        return 'rung' as const;
      },
    };
    await wake(id, { ledger: intake.ledger, doorbells });
    expect(rung).toEqual([`${id} approval`]);
    await intake.ledger.append(id, 'fact', 'again', () => [verdict(), planned()]);
    await wake(id, { ledger: intake.ledger, doorbells });
    expect(rung).toHaveLength(1);
  });

  it('what is delivered again wakes it again: the first delivery may have died before it did', async () => {
    const intake = await waiting();
    await intake.take(news('f-2'));
    await intake.take(news('f-2'));
    expect(intake.woken).toEqual([id, id]);
  });

  it('a repeat wakes nobody', async () => {
    const intake = await waiting();
    await intake.take(repeat('f-2'));
    expect([intake.woken, intake.incidents()]).toEqual([[], [id]]);
  });

  it('what comes after the last plan has an incident of its own, and the card stays as it is', async () => {
    const intake = await waiting(MOST_PLANS);
    await intake.take(news('f-2'));
    const incident = await intake.ledger.read(id);
    expect(intake.woken).toEqual([]);
    expect(incident).toMatchObject({ status: 'awaiting-approval', request: requested });
    expect(uids(await intake.ledger.read(supplementOf(incident)))).toEqual(['f-2']);
  });
});

describe.each([
  ['is contained', contained],
  [
    'was denied, and is about to be closed',
    async () => {
      const intake = await waiting();
      await intake.ledger.append(id, 'decision', 'answer', () => [denied]);
      return intake;
    },
  ],
] as const)('an incident that %s', (_, come) => {
  it('leaves what is new to a supplementary incident, and keeps its own plan and lease', async () => {
    const intake = await come();
    const before = await intake.ledger.read(id);
    await intake.take(news('f-2'));
    const after = await intake.ledger.read(id);
    const supplement = await intake.ledger.read(supplementOf(after));
    expect(after).toMatchObject({ status: before.status, plan: before.plan, generation: 1 });
    expect(after.leaseEndsAt).toBe(before.leaseEndsAt);
    // It bears on giving access back, and so it is known here too.
    expect(uids(after)).toEqual(['f-1', 'f-2']);
    expect(supplement).toMatchObject({ status: 'working', generation: 1 });
    expect([linksOf(after), linksOf(supplement)]).toEqual([
      [[supplement.id, 'supplemented-by']],
      [[id, 'supplements']],
    ]);
    expect(intake.started.at(-1)).toBe(`${supplement.id}-1`);
  });

  it('opens none for a repeat', async () => {
    const intake = await come();
    await intake.take(repeat('f-2'));
    expect(intake.incidents()).toEqual([id]);
  });

  it('gives all that is new to the same one, each once', async () => {
    const intake = await come();
    await intake.take(news('f-2'));
    await intake.take(news('f-3'));
    await intake.take(news('f-2'));
    const supplement = await intake.ledger.read(supplementOf(await intake.ledger.read(id)));
    expect(intake.incidents()).toHaveLength(2);
    expect(entries(supplement, 'finding-received')).toHaveLength(2);
  });

  const calls = Array.from({ length: 14 }, (__, index) => index + 1);
  it.each(
    calls.flatMap((call) => [
      { call, after: false },
      { call, after: true },
    ]),
  )('heals when its taking in is killed at call $call (after: $after)', async (point) => {
    const intake = await come();
    const { ledger, workflow } = intake.parts;
    const process = dying({ ledger, workflow }, point);
    await ingest('e-1', [news('f-2')], { ...intake.parts, ...process.parts }).catch(() => undefined);
    await intake.take(news('f-2'));
    const incident = await intake.ledger.read(id);
    const supplement = await intake.ledger.read(supplementOf(incident));
    expect([uids(incident), uids(supplement)]).toEqual([['f-1', 'f-2'], ['f-2']]);
    expect([linksOf(incident), linksOf(supplement)]).toEqual([
      [[supplement.id, 'supplemented-by']],
      [[id, 'supplements']],
    ]);
    expect(intake.started).toContain(`${supplement.id}-1`);
  });
});

function linksOf(incident: Incident) {
  return entries(incident, 'incident-linked').map(({ incident: other, how }) => [other, how]);
}

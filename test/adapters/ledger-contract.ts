import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EntryOf } from '../../functions/core/entry.ts';
import type { Incident } from '../../functions/core/incident.ts';
import type { Ledger } from '../../functions/core/ports.ts';
import { approved, closed, intent, planned, received } from '../core/entries.ts';

export interface LedgerUnderTest {
  /** A writer of its own on the same record, as another function would have it. */
  writer(): Ledger;
  /** How many commits a partition holds outside every incident. */
  outside(partition: string): Promise<number>;
}

let incidents = 0;

/** An incident that no other test speaks of. */
export function newIncident(): string {
  incidents += 1;
  return `INC-${String(incidents).padStart(16, '0')}`;
}

export function uids({ findings }: Incident): string[] {
  return findings.map((finding) => finding.finding_info.uid);
}

export const rejected: EntryOf<'intake'> = {
  type: 'finding-rejected',
  eventId: 'e-1',
  reason: 'no finding',
  bodyDigest: '0'.repeat(64),
};

/** What every ledger promises, whatever it is kept in. `open` is asked once a test. */
export function ledgerContract(open: () => LedgerUnderTest): void {
  it('folds an incident without commits to an empty one', async () => {
    const incident = await open().writer().read(newIncident());
    expect(incident).toMatchObject({
      status: 'empty',
      generation: 0,
      heads: { fact: 0, decision: 0, effect: 0 },
    });
  });

  it('shows every writer what one has appended', async () => {
    const under = open();
    const id = newIncident();
    const reader = under.writer();
    await reader.read(id);
    const returned = await under.writer().append(id, 'fact', 'one', () => [received('f-1'), received('f-2')]);
    expect(uids(returned)).toEqual(['f-1', 'f-2']);
    expect(await reader.read(id)).toEqual(returned);
  });

  it('takes a command that stands already for done, and does not decide again', async () => {
    const under = open();
    const id = newIncident();
    const first = await under.writer().append(id, 'fact', 'same', () => [received('f-1')]);
    const again = await under.writer().append(id, 'fact', 'same', () => {
      throw new Error('decided again');
    });
    expect(again).toEqual(first);
  });

  it('appends nothing for an empty decision, and leaves its command free', async () => {
    const under = open();
    const id = newIncident();
    expect(await under.writer().append(id, 'fact', 'later', () => [])).toMatchObject({ heads: { fact: 0 } });
    expect(uids(await under.writer().append(id, 'fact', 'later', () => [received('f-1')]))).toEqual(['f-1']);
  });

  it('decides a lost race again, from what then stands', async () => {
    const under = open();
    const id = newIncident();
    const seen: string[][] = [];
    await under.writer().append(id, 'fact', 'slow', async (state) => {
      seen.push(uids(state));
      if (seen.length === 1) await under.writer().append(id, 'fact', 'quick', () => [received('f-quick')]);
      return [received('f-slow')];
    });
    expect(seen).toEqual([[], ['f-quick']]);
    expect(uids(await under.writer().read(id))).toEqual(['f-quick', 'f-slow']);
  });

  it('lands twenty concurrent appends of four writers once each, in a whole chain', async () => {
    const under = open();
    const id = newIncident();
    const writers = Array.from({ length: 4 }, () => under.writer());
    const names = Array.from({ length: 20 }, (_, index) => `f-${String(index).padStart(2, '0')}`);
    await Promise.all(
      names.map((name, index) => writers[index % 4]?.append(id, 'fact', name, () => [received(name)])),
    );
    const incident = await under.writer().read(id);
    expect(uids(incident).toSorted()).toEqual(names);
    expect(incident.heads.fact).toBe(20);
  });

  it('lands one command once, however many carry it out at the same time', async () => {
    const under = open();
    const id = newIncident();
    await Promise.all(
      Array.from({ length: 8 }, () => under.writer().append(id, 'fact', 'same', () => [received('f-1')])),
    );
    expect(await under.writer().read(id)).toMatchObject({ heads: { fact: 1 } });
  });

  it('refuses an entry of another chain before anything is written', async () => {
    const under = open();
    const id = newIncident();
    const forged = approved as unknown as EntryOf<'fact'>;
    await expect(
      under.writer().append(id, 'fact', 'forged', () => [received('f-1'), forged]),
    ).rejects.toThrow();
    expect(await under.writer().read(id)).toMatchObject({ status: 'empty', heads: { fact: 0 } });
  });

  it('folds the chains in the order in which their writers saw one another', async () => {
    const under = open();
    const id = newIncident();
    await under.writer().append(id, 'fact', 'one', () => [received('f-1')]);
    await under.writer().append(id, 'decision', 'end', () => [closed]);
    await under.writer().append(id, 'fact', 'two', () => [received('f-2', undefined, 2)]);
    await under.writer().append(id, 'fact', 'plan', () => [planned()]);
    await under.writer().append(id, 'effect', 'three', () => [intent]);
    const { timeline, status } = await under.writer().read(id);
    expect(timeline.map(({ entry }) => entry.type)).toEqual([
      'finding-received',
      'incident-closed',
      'finding-received',
      'plan-proposed',
      'intent-recorded',
    ]);
    expect(status).toBe('working');
  });

  it('gives back every text as it was written', async () => {
    const under = open();
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .map((one) => one.toWellFormed());
    await fc.assert(
      fc.asyncProperty(text, async (uid) => {
        const id = newIncident();
        await under.writer().append(id, 'fact', 'one', () => [received(uid)]);
        expect(uids(await under.writer().read(id))).toEqual([uid]);
      }),
      { numRuns: 15 },
    );
  });

  it('takes in what belongs to no incident once', async () => {
    const under = open();
    const partition = `intake#2026-11-21#${newIncident()}`;
    for (const command of ['reject#1', 'reject#1', 'reject#2'])
      await under.writer().appendOutside<'intake'>(partition, command, rejected);
    expect(await under.outside(partition)).toBe(2);
  });

  it('takes in concurrent rejections once each', async () => {
    const under = open();
    const partition = `intake#2026-11-21#${newIncident()}`;
    const commands = ['1', '2', '3', '1', '2', '3'];
    await Promise.all(
      commands.map((command) => under.writer().appendOutside<'intake'>(partition, command, rejected)),
    );
    expect(await under.outside(partition)).toBe(3);
  });

  it('refuses an entry that its outside chain does not hold', async () => {
    const under = open();
    const partition = `intake#2026-11-21#${newIncident()}`;
    const forged = closed as unknown as EntryOf<'intake'>;
    await expect(under.writer().appendOutside<'intake'>(partition, 'forged', forged)).rejects.toThrow();
    expect(await under.outside(partition)).toBe(0);
  });
}

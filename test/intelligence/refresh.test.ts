import { describe, expect, it, test } from 'vitest';
import { chains } from '../../functions/core/entry.ts';
import { parseObservable } from '../../functions/core/observable.ts';
import { type Lookup, openLookup } from '../../functions/intelligence/lookup.ts';
import { DAY, FeedsWorld } from './world.ts';

function ask(world: FeedsWorld, text: string) {
  const observable = parseObservable(text);
  if (!world.compiled || !observable) throw new Error('nothing to ask, or nobody');
  return openLookup(world.compiled).about(observable, world.now);
}

describe('a refresh', () => {
  it('compiles the files, and says in the ledger what it understood and what not', async () => {
    const world = new FeedsWorld();
    world.put('list', 'today.txt', '198.51.100.7\nnothing\n10.0.0.1\n1.0.0.0/8\n');
    expect(await world.refresh()).toEqual({ status: 'compiled', rows: 1, matches: 0 });
    expect(ask(world, '198.51.100.7').indicators).toMatchObject([
      { feed: 'list', list: 'today.txt', confidence: 60 },
    ]);
    const [{ entry, partition } = { entry: undefined }] = world.entries;
    expect(partition).toBe('intake#2026-11-21#feeds');
    expect(chains.intake.parse(entry)).toMatchObject({
      type: 'intelligence-compiled',
      rows: 1,
      files: [
        {
          feed: 'list',
          file: 'today.txt',
          indicators: 1,
          notUnderstood: 3,
          examples: [
            { at: 'line 2' },
            { at: '10.0.0.1', reason: 'it is no address on the internet' },
            { at: '1.0.0.0/8', reason: 'the range is wider than one indicator may be' },
          ],
        },
      ],
    });
  });

  it('of the same files does nothing', async () => {
    const world = new FeedsWorld();
    world.put('list', 'today.txt', '198.51.100.7');
    await world.refresh();
    const { compiled } = world;
    world.now = new Date(world.now.getTime() + DAY);
    expect(await world.refresh()).toEqual({ status: 'unchanged' });
    expect(world.compiled).toBe(compiled);
    expect(world.entries).toHaveLength(1);
    world.networks = ['198.51.100.0/24'];
    expect(await world.refresh()).toMatchObject({ status: 'compiled' });
  });

  it('lets a warning list and the owner’s networks win', async () => {
    const world = new FeedsWorld();
    world.networks = ['203.0.113.0/24'];
    world.put('list', 'a', '198.51.100.7\n203.0.113.9');
    world.put('known-good', 'partners', '198.51.100.0/24');
    await world.refresh();
    expect(ask(world, '198.51.100.7')).toMatchObject({
      indicators: [{}],
      warnings: [{ feed: 'known-good' }],
    });
    expect(ask(world, '203.0.113.9')).toMatchObject({ warnings: [{ feed: 'own-networks' }] });
  });

  it('never gives an indicator more confidence than its feed has', async () => {
    const world = new FeedsWorld();
    const csv = {
      confidence: 40,
      maxAgeDays: 7,
      validDays: 30,
      says: 'indicators',
      format: 'csv',
      name: 'csv',
    } as const;
    world.put('csv', 'a.csv', 'ip,score\n198.51.100.7,100\n198.51.100.8,10\n');
    await world.refresh({ feeds: [{ ...csv, columns: { value: 'ip', confidence: 'score' } }] });
    expect(ask(world, '198.51.100.7').indicators).toMatchObject([{ confidence: 40 }]);
    expect(ask(world, '198.51.100.8').indicators).toMatchObject([{ confidence: 10 }]);
  });

  it('counts files that no feed owns, and those that are too large, as not understood', async () => {
    const world = new FeedsWorld();
    world.put('nobodys', 'a', '198.51.100.7');
    await world.refresh();
    expect(world.entries[0]?.entry).toMatchObject({
      files: [{ feed: 'nobodys', indicators: 0, notUnderstood: 1 }],
    });
    expect(ask(world, '198.51.100.7').indicators).toEqual([]);
  });

  it('that fails before the file is kept matches and compiles again', async () => {
    const world = new FeedsWorld();
    world.put('list', 'a', '198.51.100.7');
    const seen: (Lookup | undefined)[] = [];
    const onNews = async (_: Lookup, before: Lookup | undefined) => {
      seen.push(before);
      return 1;
    };
    const crash = { ...world.store, keep: () => Promise.reject(new Error('killed')) };
    await expect(world.refresh({ onNews, store: crash })).rejects.toThrow('killed');
    expect(await world.refresh({ onNews })).toMatchObject({ status: 'compiled', matches: 1 });
    expect(seen).toEqual([undefined, undefined]);
    expect(world.entries).toHaveLength(1);
  });
});

test('a feed whose newest file is too old is reported once, and one that was never used is not', async () => {
  const world = new FeedsWorld();
  world.put('list', 'a', '198.51.100.7', new Date(world.now.getTime() - 8 * DAY));
  await world.refresh();
  world.now = new Date(world.now.getTime() + DAY);
  await world.refresh();
  const stale = world.entries.filter(({ entry }) => entry.type === 'feed-stale');
  expect(stale).toMatchObject([
    { entry: { feed: 'list', maxAgeDays: 7, newest: '2026-11-13T12:00:00.000Z' } },
  ]);
  world.put('list', 'b', '198.51.100.8');
  await world.refresh();
  expect(world.entries.filter(({ entry }) => entry.type === 'feed-stale')).toHaveLength(1);
});

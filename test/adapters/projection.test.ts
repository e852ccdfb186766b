import { afterAll, beforeAll, expect, it } from 'vitest';
import { projection, summarise } from '../../functions/adapters/projection.ts';
import { emptyIncident } from '../../functions/core/incident.ts';
import { entity, received } from '../core/entries.ts';
import { startHome, type TestHome } from './home.ts';
import { newIncident } from './ledger-contract.ts';

let home: TestHome;
beforeAll(async () => {
  home = await startHome();
});
afterAll(() => home.close());

const key = 'instance:111122223333:i-0abc0000000000001';
const kept = () => projection(home.coordination);

async function incidentAt(time: string, uid: string, entities = [entity()]) {
  const id = newIncident();
  home.now = new Date(time);
  return home.ledger().append(id, 'fact', uid, () => [received(uid, entities)]);
}

it('lists what was kept, the latest change first', async () => {
  const older = await incidentAt('2026-11-20T08:00:00.000Z', 'f-1');
  const younger = await incidentAt('2026-11-21T08:00:00.000Z', 'f-2');
  await kept().keep(younger);
  await kept().keep(older);
  expect((await kept().list()).map(({ incident }) => incident)).toEqual([younger.id, older.id]);
  expect(await kept().list()).toEqual([summarise(younger), summarise(older)]);
});

it('replaces the line of an incident that went on', async () => {
  const incident = await incidentAt('2026-11-21T09:00:00.000Z', 'f-3');
  await kept().keep(incident);
  home.now = new Date('2026-11-21T09:30:00.000Z');
  const later = await home
    .ledger()
    .append(incident.id, 'decision', 'end', () => [
      { type: 'incident-closed', generation: 1, reason: 'done' },
    ]);
  await kept().keep(later);
  const lines = (await kept().list()).filter((line) => line.incident === incident.id);
  expect(lines).toEqual([
    expect.objectContaining({ status: 'closed', updatedAt: '2026-11-21T09:30:00.000Z' }),
  ]);
});

it('knows the incidents of an entity', async () => {
  const about = await incidentAt('2026-11-21T10:00:00.000Z', 'f-4', [entity({ id: 'i-history' })]);
  await kept().keep(about);
  expect(await kept().of('instance:111122223333:i-history')).toEqual([
    {
      incident: about.id,
      status: 'working',
      disposition: 'none',
      severity: 'High',
      findingTypes: ['Backdoor:EC2/C&CActivity.B'],
      openedAt: '2026-11-21T10:00:00.000Z',
    },
  ]);
  expect(await kept().of('instance:111122223333:i-unknown')).toEqual([]);
});

it('is not set back by a slower reader of the same incident', async () => {
  const early = await incidentAt('2026-11-21T11:00:00.000Z', 'f-5', [entity({ id: 'i-raced' })]);
  const closed = await home
    .ledger()
    .append(early.id, 'decision', 'end', () => [{ type: 'incident-closed', generation: 1, reason: 'done' }]);
  await kept().keep(closed);
  await kept().keep(early);
  expect((await kept().list()).find(({ incident }) => incident === early.id)?.status).toBe('closed');
  expect(await kept().of('instance:111122223333:i-raced')).toMatchObject([{ status: 'closed' }]);
});

it('writes an entity’s history only when it changes, and the list each time', async () => {
  const first = await incidentAt('2026-11-21T12:00:00.000Z', 'f-6', [entity({ id: 'i-quiet' })]);
  const warm = kept();
  await warm.keep(first);
  const second = await home
    .ledger()
    .append(first.id, 'fact', 'f-7', () => [received('f-7', [entity({ id: 'i-quiet' })])]);
  home.calls.length = 0;
  await warm.keep(second);
  expect(home.calls).toEqual(['PutItem']);
});

it('can be emptied and made again from the ledger', async () => {
  const before = await kept().list();
  expect(before.length).toBeGreaterThan(0);
  await kept().clear();
  expect(await kept().list()).toEqual([]);
  const names = (await home.table.partitions()).map((partition) => partition.split('#')[0] ?? '');
  for (const id of new Set(names)) await kept().keep(await home.ledger().read(id));
  expect(await kept().list()).toEqual(before);
  expect((await kept().of(key)).length).toBeGreaterThan(0);
});

it('shows the worst severity of an incident without a verdict, and of an empty one the least', () => {
  expect(summarise(emptyIncident('INC-0'))).toMatchObject({
    severity: 'Informational',
    updatedAt: '',
    findings: 0,
  });
});

it('keeps what was seen in an incident, and forgets it with the list', async () => {
  const key = entity({ kind: 'access-key', id: 'AKIASEEN00000000000A' });
  const [address, domain] = [
    entity({ kind: 'address', id: '198.51.100.7', part: 'actor' }),
    entity({ kind: 'domain', id: 'Evil.example' }),
  ];
  // The owner's own, on an interface of his.
  const own = entity({ kind: 'address', id: '203.0.113.10', part: 'related' });
  const about = await incidentAt('2026-11-21T11:00:00.000Z', 'f-seen', [key, address, domain, own]);
  const evidence = {
    id: 'ev-0123456789ab',
    tool: 'principal-activity',
    target: 'e1',
    status: 'found' as const,
    output: {
      sources: [
        { address: '192.0.2.9', count: 1 },
        { address: '10.0.0.1', count: 2 },
      ],
      note: 'no address',
    },
    tainted: [],
    truncated: false,
  };
  const seen = await home
    .ledger()
    .append(about.id, 'fact', 'asked', () => [
      { type: 'tool-called', generation: 1, stage: 'triage', turn: 1, toolUseId: 'u-1', evidence },
    ]);
  await kept().keep(seen);
  const since = async (time: string) =>
    (await kept().since(new Date(time))).filter(({ incident }) => incident === about.id);
  expect(await since('2026-11-21T00:00:00Z')).toEqual([
    { incident: about.id, observables: ['198.51.100.7', 'evil.example', '192.0.2.9'] },
  ]);
  expect(await since('2026-11-22T00:00:00Z')).toEqual([]);
  await kept().clear();
  expect(await since('2026-11-21T00:00:00Z')).toEqual([]);
});

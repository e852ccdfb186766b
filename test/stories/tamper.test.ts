import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Audit, audit } from '../../cli/audit.ts';
import { DynaliteStore } from '../../sandbox/services/dynalite-store.ts';
import { seedOf, startTestCloud } from '../e2e/cloud.ts';
import { sallyport } from '../e2e/run.ts';
import { findingAbout, victim } from '../e2e/victims.ts';

type Item = Record<string, { S?: string; N?: string }>;

/** A ledger's table as whoever owns the disk sees it. */
interface Table {
  get(pk: string, sk: number): Promise<Item>;
  put(item: Item): Promise<void>;
  remove(pk: string, sk: number): Promise<void>;
  last(pk: string): Promise<number>;
}

const attacked = victim('stolen-key', 1);
const seed = seedOf([attacked]);
const folder = mkdtempSync(join(tmpdir(), 'sallyport-tamper-'));
const honest = join(folder, 'honest');
let incident: string;
let table: string;
let bucket: string;
beforeAll(async () => {
  const test = await startTestCloud({ accountSeed: seed, stateDirectory: honest });
  const finding = findingAbout(attacked);
  // Texts that an attacker wrote fill the finding: its commit is too large for an item.
  const additionalInfo = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`text${at}`, `${at}`.repeat(900)]),
  );
  const service = { ...(finding.detail.service as object), additionalInfo };
  const waiting = await test.respond({ ...finding, detail: { ...finding.detail, service } });
  await test.ask(waiting, 'decision', { outcome: 'approve', reason: 'stolen' });
  const contained = await test.until(waiting.id, ({ status }) => status === 'contained');
  await test.cloud.idle();
  await test.ask(contained, 'rollback', { reason: 'a drill' });
  await test.until(waiting.id, ({ status }) => status === 'closed');
  await test.cloud.idle();
  incident = waiting.id;
  table = String(test.session.cloud.outputs.LedgerTableName);
  bucket = String(test.session.cloud.outputs.BodiesBucketName);
  expect((await audit(test.session)).problems).toEqual([]);
  await test.cloud.stop();
});
afterAll(() => {
  for (const one of [folder, seed]) rmSync(one, { recursive: true, force: true });
});

/** Changes a copy of the state behind everybody's back. Answers its folder. */
async function tampered(name: string, change: (table: Table) => Promise<void>): Promise<string> {
  const copy = join(folder, name);
  cpSync(honest, copy, { recursive: true });
  const store = await DynaliteStore.start(join(copy, 'dynamodb'));
  const at = (pk: string, sk: number) => ({
    TableName: table,
    Key: { pk: { S: pk }, sk: { N: String(sk) } },
  });
  await change({
    get: async (pk, sk) => (await store.call<{ Item: Item }>('GetItem', at(pk, sk))).Item,
    put: async (Item) => void (await store.call('PutItem', { TableName: table, Item })),
    remove: async (pk, sk) => void (await store.call('DeleteItem', at(pk, sk))),
    async last(pk) {
      const { Items } = await store.call<{ Items: Item[] }>('Query', {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
        ScanIndexForward: false,
        Limit: 1,
      });
      return Number(Items[0]?.sk?.N);
    },
  });
  await store.stop();
  return copy;
}

async function auditOf(stateDirectory: string): Promise<Audit> {
  const test = await startTestCloud({ stateDirectory, mode: undefined });
  try {
    return await audit(test.session);
  } finally {
    await test.cloud.stop();
  }
}

/** One other character of a text. */
function flipped(text = '', at = Math.floor(text.length / 2)): string {
  return `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`;
}

interface Case {
  readonly what: string;
  /** What the problem names. */
  readonly named: () => string;
  readonly change: (table: Table) => Promise<void>;
}
const fact = () => `${incident}#fact`;
const cases: readonly Case[] = [
  {
    what: 'one byte of a body',
    named: () => `${fact()}/3`,
    async change({ get, put }) {
      const item = await get(fact(), 3);
      await put({ ...item, body: { S: flipped(item.body?.S) } });
    },
  },
  {
    what: 'one byte of a hash',
    named: () => `${fact()}/3`,
    async change({ get, put }) {
      const item = await get(fact(), 3);
      await put({ ...item, hash: { S: flipped(item.hash?.S) } });
    },
  },
  {
    what: 'one byte of a command',
    named: () => `${fact()}/3`,
    async change({ get, put }) {
      const item = await get(fact(), 3);
      await put({ ...item, command: { S: flipped(item.command?.S) } });
    },
  },
  {
    what: 'the place of an item in its chain',
    named: () => `${fact()}/99`,
    async change({ get, put, remove }) {
      await put({ ...(await get(fact(), 3)), sk: { N: '99' } });
      await remove(fact(), 3);
    },
  },
  {
    what: 'the chain of an item',
    named: () => 'INC-0000000000000000#decision/1',
    async change({ get, put }) {
      await put({ ...(await get(`${incident}#decision`, 1)), pk: { S: 'INC-0000000000000000#decision' } });
    },
  },
  {
    what: 'an item in the middle that is gone',
    named: () => `${fact()}/4`,
    change: ({ remove }) => remove(fact(), 3),
  },
  {
    what: 'a last item that is gone and that another chain has seen',
    named: () => incident,
    change: async ({ remove, last }) => remove(fact(), await last(fact())),
  },
  {
    what: 'an attribute that no commit has',
    named: () => `${fact()}/2`,
    change: async ({ get, put }) => put({ ...(await get(fact(), 2)), note: { S: 'trust me' } }),
  },
];

describe('an audit finds and names', () => {
  it.each(cases)('$what', async ({ what, named, change }) => {
    const { ok, problems } = await auditOf(await tampered(what.replaceAll(' ', '-'), change));
    expect(ok).toBe(false);
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${named()}: `))]);
  });

  it('one byte of a body that is too large for an item, also for the command line, which fails', async () => {
    const copy = await tampered('large', async () => {});
    const objects = readdirSync(join(copy, 's3', bucket)).filter((name) => !name.endsWith('.json'));
    expect(objects.length).toBeGreaterThan(0);
    for (const name of objects) {
      const file = join(copy, 's3', bucket, name);
      writeFileSync(file, flipped(readFileSync(file, 'utf8')));
    }
    const { code, out } = await sallyport(['audit', 'verify', '--json'], copy);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      problems: [expect.stringMatching(/^bodies\/[0-9a-f]{64}: /)],
    });
  });
});

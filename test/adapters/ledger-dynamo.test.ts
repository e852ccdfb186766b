import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DynamoLedger } from '../../functions/adapters/ledger.ts';
import { ledgerTable } from '../../functions/adapters/ledger-table.ts';
import { canonicalJson, sha256 } from '../../functions/core/canonical.ts';
import { GENESIS, seal } from '../../functions/core/commit.ts';
import { LedgerConflictError, LedgerCorruptError } from '../../functions/core/errors.ts';
import { AwsError } from '../../sandbox/wire/service.ts';
import { approved, entity, intent, planned, received } from '../core/entries.ts';
import { startHome, type TestHome } from './home.ts';
import { newIncident, rejected, uids } from './ledger-contract.ts';

let home: TestHome;
beforeAll(async () => {
  home = await startHome();
});
afterAll(() => home.close());
beforeEach(() => {
  home.calls.length = 0;
  home.beforeCall = () => undefined;
});

const many = Array.from({ length: 60 }, (_, index) =>
  entity({
    kind: 'volume',
    id: `vol-${index}`,
    arn: `arn:aws:ec2:eu-central-1:111122223333:volume/vol-${index}`,
  }),
);

describe('large entries', () => {
  it('lie with the bodies, under their own hash, and come back whole', async () => {
    const id = newIncident();
    const large = received('f-large', many);
    expect(canonicalJson([large]).length).toBeGreaterThan(8192);
    const written = await home.ledger().append(id, 'fact', 'large', () => [large]);
    const commit = await home.table.get(`${id}#fact`, 1);
    expect(commit?.entries).toEqual({ body: sha256(canonicalJson([large])) });
    const read = await home.ledger().read(id);
    expect(read).toEqual(written);
    expect(read.findings[0]?.entities).toHaveLength(60);
  });

  it('of 8,192 characters and less stay in the item', async () => {
    const id = newIncident();
    await home.ledger().append(id, 'fact', 'small', () => [received('f-small')]);
    expect(Array.isArray((await home.table.get(`${id}#fact`, 1))?.entries)).toBe(true);
    expect(home.calls).not.toContain('PutObject');
  });

  it('are stored before the commit that names them, so that a crash between leaves no hole', async () => {
    const id = newIncident();
    home.beforeCall = (operation) => {
      if (operation === 'ExecuteStatement') throw new AwsError('InternalServerError', 'killed', 500);
    };
    const append = () => home.ledger().append(id, 'fact', 'large', () => [received('f-large', many)]);
    await expect(append()).rejects.toThrow('killed');
    expect(home.calls).toContain('PutObject');
    expect(await home.ledger().read(id)).toMatchObject({ status: 'empty' });
    home.beforeCall = () => undefined;
    expect(uids(await append())).toEqual(['f-large']);
  });

  it('that are missing fail with a clear error, never with an empty chain', async () => {
    const id = newIncident();
    await home.ledger().append(id, 'fact', 'large', () => [received('f-gone', many)]);
    home.beforeCall = (operation) => {
      if (operation === 'GetObject')
        throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
    };
    await expect(home.ledger().read(id)).rejects.toThrow('The specified key does not exist.');
  });
});

describe('a changed byte', () => {
  const item = async (pk: string, sk: string) => {
    const Key = { pk: { S: pk }, sk: { N: sk } };
    const { Item } = (await home.tamper('GetItem', { TableName: home.ledgerName, Key })) as {
      Item: Record<string, { S: string }>;
    };
    return Item;
  };
  const put = (Item: object) => home.tamper('PutItem', { TableName: home.ledgerName, Item });
  const chain = async () => {
    const id = newIncident();
    const ledger = home.ledger();
    for (const uid of ['f-1', 'f-2', 'f-3']) await ledger.append(id, 'fact', uid, () => [received(uid)]);
    return id;
  };

  it.each([
    ['of its content', (body: string) => body.replace('A title', 'Another'), 'does not match its hash'],
    ['that only adds white space', (body: string) => `${body} `, 'does not match its hash'],
    ['that leaves no JSON', (body: string) => body.slice(1), 'does not match its hash'],
    ['of its time', (body: string) => body.replace('"at":"2026', '"at":"2025'), 'does not match its hash'],
  ])('%s is refused, with the item named', async (_, change, problem) => {
    const id = await chain();
    const second = await item(`${id}#fact`, '2');
    await put({ ...second, body: { S: change(second.body?.S ?? '') } });
    const reading = home.ledger().read(id);
    await expect(reading).rejects.toThrow(LedgerCorruptError);
    await expect(reading).rejects.toThrow(`${id}#fact/2`);
    await expect(reading).rejects.toThrow(problem);
  });

  it('of its hash is refused, also when the content is changed along with it', async () => {
    const id = await chain();
    const second = await item(`${id}#fact`, '2');
    await put({ ...second, hash: { S: sha256('another') } });
    await expect(home.ledger().read(id)).rejects.toThrow(`${id}#fact/2: its content does not match its hash`);
    const body = (second.body?.S ?? '').replace('A title', 'Another');
    await put({ ...second, body: { S: body }, hash: { S: sha256(body) } });
    await expect(home.ledger().read(id)).rejects.toThrow(`${id}#fact/3: does not follow the hash`);
  });

  it('of its command is refused: it would make a command done that was not', async () => {
    const id = await chain();
    await put({ ...(await item(`${id}#fact`, '2')), command: { S: 'approve' } });
    await expect(home.ledger().read(id)).rejects.toThrow(`${id}#fact/2: its command is not its commit’s`);
  });

  it('more in the item is refused', async () => {
    const id = await chain();
    await put({ ...(await item(`${id}#fact`, '2')), note: { S: 'hidden' } });
    await expect(home.ledger().read(id)).rejects.toThrow('an attribute that no commit has: note');
  });

  it('in the form of a removed item is refused', async () => {
    const id = await chain();
    const Key = { pk: { S: `${id}#fact` }, sk: { N: '2' } };
    await home.tamper('DeleteItem', { TableName: home.ledgerName, Key });
    await expect(home.ledger().read(id)).rejects.toThrow(`${id}#fact/3: expected sequence 2`);
  });

  it('in the form of an item of another incident is refused', async () => {
    const [id, other] = [await chain(), await chain()];
    const moved = await item(`${other}#fact`, '2');
    await put({ ...moved, pk: { S: `${id}#fact` } });
    await expect(home.ledger().read(id)).rejects.toThrow('it was moved');
  });

  it('in the form of a chain cut short behind what another saw is refused', async () => {
    const id = await chain();
    await home.ledger().append(id, 'decision', 'approve', () => [approved]);
    const Key = { pk: { S: `${id}#fact` }, sk: { N: '3' } };
    await home.tamper('DeleteItem', { TableName: home.ledgerName, Key });
    await expect(home.ledger().read(id)).rejects.toThrow('a chain was cut short');
  });

  it('of a body is refused, with the body named', async () => {
    const id = newIncident();
    await home.ledger().append(id, 'fact', 'large', () => [received('f-body', many)]);
    const commit = await home.table.get(`${id}#fact`, 1);
    const hash = commit && !Array.isArray(commit.entries) ? commit.entries.body : '';
    const Body = (await home.bodies.get(hash)).replace('f-body', 'f-evil');
    await home.s3.send(new PutObjectCommand({ Bucket: 'bodies', Key: `bodies/${hash}`, Body }));
    const reading = home.ledger().read(id);
    await expect(reading).rejects.toThrow(LedgerCorruptError);
    await expect(reading).rejects.toThrow(`bodies/${hash}: its content does not match its name`);
  });
});

describe('an incident that was just read', () => {
  it('is decided on without being read again', async () => {
    const id = newIncident();
    const ledger = home.ledger();
    const read = await ledger.append(id, 'fact', 'one', () => [received('f-1')]);
    home.calls.length = 0;
    const after = await ledger.append(read, 'fact', 'two', () => [received('f-2')]);
    expect(home.calls).toEqual(['ExecuteStatement']);
    expect(after).toEqual(await home.ledger('another').read(id));
  });

  it('is decided on again, as it then stands, where its chain went on', async () => {
    const id = newIncident();
    const ledger = home.ledger();
    const read = await ledger.append(id, 'fact', 'one', () => [received('f-1')]);
    await home.ledger('another').append(id, 'fact', 'between', () => [received('f-2')]);
    const decidedOn: number[] = [];
    await ledger.append(read, 'fact', 'two', ({ findings }) => {
      decidedOn.push(findings.length);
      return [received('f-3')];
    });
    expect(decidedOn).toEqual([1, 2]);
    expect(uids(await home.ledger().read(id))).toEqual(['f-1', 'f-2', 'f-3']);
  });

  it('does not make a command done twice that another carried out meanwhile', async () => {
    const id = newIncident();
    const ledger = home.ledger();
    const read = await ledger.append(id, 'fact', 'one', () => [received('f-1')]);
    await home.ledger('another').append(id, 'fact', 'two', () => [received('f-2')]);
    await ledger.append(read, 'fact', 'two', () => [received('f-2')]);
    expect((await home.ledger().read(id)).heads.fact).toBe(2);
  });

  it('is read anew where this function has since seen more of it', async () => {
    const id = newIncident();
    const ledger = home.ledger();
    const read = await ledger.append(id, 'fact', 'one', () => [received('f-1')]);
    await home.ledger('another').append(id, 'decision', 'approve', () => [approved]);
    await ledger.read(id);
    const after = await ledger.append(read, 'fact', 'two', ({ approvals }) =>
      approvals.length === 1 ? [received('f-2')] : [],
    );
    expect(after.heads.fact).toBe(2);
  });
});

describe('reading', () => {
  it('again fetches only what came after', async () => {
    const id = newIncident();
    const writer = home.ledger();
    for (let index = 0; index < 5; index += 1)
      await writer.append(id, 'fact', `c-${index}`, () => [received(`f-${index}`)]);
    const asked: number[] = [];
    const watched = new DynamoLedger(
      {
        ...home.table,
        after(partition, sequence) {
          asked.push(sequence);
          return home.table.after(partition, sequence);
        },
      },
      home.bodies,
      'reader',
      home.clock,
    );
    await watched.read(id);
    await writer.append(id, 'fact', 'more', () => [received('f-more')]);
    asked.length = 0;
    expect(uids(await watched.read(id))).toHaveLength(6);
    expect(asked).toEqual([5, 0, 0]);
  });

  it('an unchanged incident gives the very same fold, with one query a chain', async () => {
    const id = newIncident();
    const ledger = home.ledger();
    const written = await ledger.append(id, 'fact', 'one', () => [received('f-1')]);
    home.calls.length = 0;
    expect(await ledger.read(id)).toBe(written);
    expect(home.calls).toEqual(['Query', 'Query', 'Query']);
  });

  it('does not fetch a body again that it has verified', async () => {
    const id = newIncident();
    const ledger = home.ledger();
    await ledger.append(id, 'fact', 'large', () => [received('f-large', many)]);
    await ledger.append(id, 'fact', 'small', () => [received('f-small')]);
    home.calls.length = 0;
    await ledger.append(id, 'fact', 'smaller', () => [received('f-smaller')]);
    expect(home.calls).not.toContain('GetObject');
  });

  it('a chain of many pages reads all of them', async () => {
    const id = newIncident();
    const ledger = home.ledger();
    for (let index = 0; index < 3; index += 1)
      await ledger.append(id, 'fact', `c-${index}`, () => [received(`f-${index}`)]);
    const { DynamoDBClient, QueryCommand } = await import('@aws-sdk/client-dynamodb');
    const small = {
      // One item a page, which DynamoDB does by itself at 1 MB.
      send: (command: InstanceType<typeof QueryCommand>) =>
        real.send(new QueryCommand({ ...command.input, Limit: 1 })),
    } as unknown as InstanceType<typeof DynamoDBClient>;
    const real = home.dynamo;
    const commits = await ledgerTable(home.ledgerName, small).after(`${id}#fact`, 0);
    expect(commits.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('folds chains that were read at different moments', async () => {
    const id = newIncident();
    const writer = home.ledger();
    await writer.append(id, 'fact', 'one', () => [received('f-1')]);
    // After the fact chain was read, a plan is made, approved and begun; each saw the one before.
    const meanwhile = async () => {
      await writer.append(id, 'fact', 'plan', () => [planned()]);
      await writer.append(id, 'decision', 'approve', () => [approved]);
    };
    const reader = new DynamoLedger(interrupted('#decision', [meanwhile]), home.bodies, 'reader', home.clock);
    expect((await reader.read(id)).approvals).toHaveLength(1);
  });

  it('folds chains that grow again while the first gap is being closed', async () => {
    const id = newIncident();
    const writer = home.ledger();
    await writer.append(id, 'fact', 'one', () => [received('f-1')]);
    const approval = async () => {
      await writer.append(id, 'fact', 'plan', () => [planned()]);
      await writer.append(id, 'decision', 'approve', () => [approved]);
      await writer.append(id, 'effect', 'intent', () => [intent]);
    };
    // While the decisions are fetched for what the effects saw, a finding comes in and another decision sees it.
    const news = async () => {
      await writer.append(id, 'fact', 'two', () => [received('f-2')]);
      await writer.append(id, 'decision', 'again', () => [{ ...approved, approver: 'erin' }]);
    };
    const before = [undefined, news];
    const table = interrupted('#effect', [approval], interrupted('#decision', before));
    const reader = new DynamoLedger(table, home.bodies, 'reader', home.clock);
    const incident = await reader.read(id);
    expect(incident.approvals).toHaveLength(2);
    expect(uids(incident)).toEqual(['f-1', 'f-2']);
  });

  /** A table at which something else happens just before the nth reading of a chain. */
  function interrupted(
    chain: string,
    before: ((() => Promise<void>) | undefined)[],
    table = home.table,
  ): typeof home.table {
    let reading = 0;
    return {
      ...table,
      async after(partition, sequence) {
        if (partition.endsWith(chain)) {
          const happens = before[reading];
          reading += 1;
          await happens?.();
        } else if (chain === '#effect' || chain === '#decision') await waitFor(() => reading > 0);
        return table.after(partition, sequence);
      },
    };
  }
});

describe('writing', () => {
  it('gives up a race that is lost again and again, and says where', async () => {
    const id = newIncident();
    const table = { ...home.table, insert: async () => false };
    const ledger = new DynamoLedger(table, home.bodies, 'unlucky', home.clock);
    const losing = ledger.append(id, 'fact', 'one', () => [received('f-1')]);
    await expect(losing).rejects.toThrow(LedgerConflictError);
    await expect(losing).rejects.toThrow(`${id}#fact`);
    await expect(ledger.appendOutside<'intake'>('intake#2026-11-21#lost', 'one', rejected)).rejects.toThrow(
      'intake#2026-11-21#lost',
    );
  });

  it('that was answered by nobody is found done by the retry', async () => {
    const id = newIncident();
    const table = {
      ...home.table,
      async insert(commit: Parameters<typeof home.table.insert>[0]) {
        await home.table.insert(commit);
        throw new Error('the connection broke after the write');
      },
    };
    const broken = new DynamoLedger(table, home.bodies, 'tester', home.clock);
    await expect(broken.append(id, 'fact', 'one', () => [received('f-1')])).rejects.toThrow('connection');
    expect(await home.ledger().append(id, 'fact', 'one', () => [received('f-1')])).toMatchObject({
      heads: { fact: 1 },
    });
  });

  it('never overwrites: the second commit at a place is refused by DynamoDB itself', async () => {
    const id = newIncident();
    await home.ledger().append(id, 'fact', 'one', () => [received('f-1')]);
    const commit = await home.table.get(`${id}#fact`, 1);
    if (!commit) throw new Error('no commit');
    expect(await home.table.insert({ ...commit, commandId: 'other' })).toBe(false);
    expect((await home.table.get(`${id}#fact`, 1))?.commandId).toBe('one');
  });

  it.each(['DuplicateItemException', 'DuplicateItem'])('knows a taken place by %s', async (name) => {
    const commit = seal({
      partition: 'system',
      sequence: 1,
      commandId: 'one',
      previousHash: GENESIS,
      at: '2026-11-21T12:00:00.000Z',
      by: 'test',
      seen: { fact: 0, decision: 0, effect: 0 },
      entries: [{}],
    });
    const refusing = (error: Error) => ledgerTable('ledger', { send: () => Promise.reject(error) } as never);
    expect(await refusing(Object.assign(new Error('taken'), { name })).insert(commit)).toBe(false);
    await expect(refusing(new Error('away')).insert(commit)).rejects.toThrow('away');
  });

  it('names who wrote, and the time of the clock that it was given', async () => {
    const id = newIncident();
    home.now = new Date('2026-11-22T01:02:03.000Z');
    await home.ledger('sallyport-ingest').append(id, 'fact', 'one', () => [received('f-1')]);
    expect(await home.table.get(`${id}#fact`, 1)).toMatchObject({
      by: 'sallyport-ingest',
      at: '2026-11-22T01:02:03.000Z',
    });
    expect(await home.table.partitions()).toContain(`${id}#fact`);
  });
});

async function waitFor(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1 && !holds(); turn += 1) await Promise.resolve();
}

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DynaliteStore } from '../../sandbox/services/dynalite-store.ts';
import { tableKeys } from '../adapters/table-keys.ts';

it('a store that is stopped answers what is under way first', async () => {
  const store = await DynaliteStore.start(mkdtempSync(join(tmpdir(), 'sallyport-store-')));
  await store.call('CreateTable', {
    TableName: 'any',
    BillingMode: 'PAY_PER_REQUEST',
    ...tableKeys('S'),
  });
  const write = (sk: number) =>
    store.send('PutItem', JSON.stringify({ TableName: 'any', Item: { pk: { S: 'a' }, sk: { S: `${sk}` } } }));
  const writes = Array.from({ length: 50 }, (_, index) => write(index));
  const [replies] = await Promise.all([Promise.allSettled(writes), store.stop()]);
  expect(replies.map((reply) => (reply.status === 'fulfilled' ? reply.value.status : reply.reason))).toEqual(
    writes.map(() => 200),
  );
});

import { afterAll, beforeAll, describe } from 'vitest';
import { MemoryLedger } from '../analyst/memory-ledger.ts';
import { startHome, type TestHome } from './home.ts';
import { ledgerContract } from './ledger-contract.ts';

describe('a ledger in memory', () => {
  ledgerContract(() => {
    const ledger = new MemoryLedger(() => new Date('2026-11-21T12:00:00.000Z'));
    const outside = async (partition: string) => ledger.commits.get(partition)?.length ?? 0;
    return { writer: () => ledger, outside };
  });
});

describe('a ledger on DynamoDB', () => {
  let home: TestHome;
  beforeAll(async () => {
    home = await startHome();
  });
  afterAll(() => home.close());

  ledgerContract(() => ({
    writer: () => home.ledger(),
    outside: async (partition) => (await home.table.after(partition, 0)).length,
  }));
});

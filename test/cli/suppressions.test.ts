import { describe, expect, it } from 'vitest';
import { suppressionOf, suppressionUses } from '../../cli/suppressions.ts';
import type { LedgerTable } from '../../functions/adapters/ledger-table.ts';
import { canonicalJson, sha256 } from '../../functions/core/canonical.ts';
import { LedgerCorruptError } from '../../functions/core/errors.ts';
import { Suppression } from '../../functions/core/suppression.ts';
import { suppress } from '../../functions/response/suppress.ts';
import { MemoryLedger } from '../analyst/memory-ledger.ts';
import { finding } from '../response/world.ts';

const now = new Date('2026-11-22T12:00:00.000Z');
const rule = (id: string, changes: object = {}) =>
  Suppression.parse({
    id,
    reason: 'nothing that anybody has to answer',
    owner: 'platform@example.com',
    expires: '2027-06-30',
    types: ['Backdoor:*'],
    severityUpTo: 'Medium',
    ...changes,
  });
const low = (uid: string, modified: string) => finding(uid, { severity: 'Low', modified });

/** A ledger in which these findings were suppressed by a rule, as the command reads it. */
async function suppressed(...findings: ReturnType<typeof low>[]) {
  const ledger = new MemoryLedger(() => now);
  for (const one of findings)
    await suppress('e-1', one, {
      rules: [rule('used')],
      ledger,
      claims: { holders: async () => [] },
      tags: { tagsOf: async () => [] },
      clock: () => now,
      report: () => undefined,
    });
  const table: Pick<LedgerTable, 'partitions' | 'after'> = {
    partitions: async () => [...ledger.commits.keys()],
    after: async (partition) => ledger.commits.get(partition) ?? [],
  };
  const bodies = { get: async () => Promise.reject(new Error('no body')), put: async () => '' };
  return { ledger, session: { table: table as LedgerTable, bodies } };
}

describe('the use of suppressions', () => {
  it('says how each rule stands, and what it suppressed of late', async () => {
    const { session } = await suppressed(
      low('f-1', '2026-11-20T08:00:00Z'),
      low('f-2', '2026-11-21T08:00:00Z'),
      low('f-old', '2026-09-01T08:00:00Z'),
    );
    const rules = [
      rule('quiet'),
      rule('ending', { expires: '2026-12-01' }),
      rule('over', { expires: '2026-11-21' }),
    ];
    const uses = await suppressionUses(rules, { days: 30, now }, session);
    expect(uses.map(({ id, state, suppressed: count, latest }) => [id, state, count, latest])).toEqual([
      ['quiet', 'holds', 0, null],
      ['ending', 'ends-soon', 0, null],
      ['over', 'expired', 0, null],
      ['used', 'gone', 2, '2026-11-21T08:00:00Z'],
    ]);
  });

  it('tells of one finding by which rule it was left unanswered', async () => {
    const { session } = await suppressed(low('f-1', '2026-11-20T08:00:00Z'));
    expect(await suppressionOf(low('f-1', '2026-11-20T08:00:00Z'), session)).toMatchObject({
      rule: { id: 'used' },
    });
    expect(await suppressionOf(low('f-1', '2026-11-20T09:00:00Z'), session)).toBeUndefined();
  });

  it('is not counted from a chain that does not hold', async () => {
    const { ledger, session } = await suppressed(low('f-1', '2026-11-20T08:00:00Z'));
    for (const [partition, [commit]] of ledger.commits)
      if (commit) ledger.commits.set(partition, [{ ...commit, previousHash: sha256(canonicalJson({})) }]);
    await expect(suppressionUses([], { days: 30, now }, session)).rejects.toThrow(LedgerCorruptError);
  });
});

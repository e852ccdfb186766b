import { type Commit, verifyChain } from '../functions/core/commit.ts';
import type { EntryNamed } from '../functions/core/entry.ts';
import type { Finding } from '../functions/core/finding.ts';
import { suppressionPlace } from '../functions/core/intake.ts';
import { isExpired, type Suppression } from '../functions/core/suppression.ts';
import type { Session } from './session.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Days before its last in which a rule counts as one that ends soon. */
const SOON = 14;

type Readable = Pick<Session, 'table' | 'bodies'>;
type Suppressed = EntryNamed<'finding-suppressed'>;

/** A rule with how it stands, and what it kept from being answered. */
export interface SuppressionUse {
  readonly id: string;
  readonly owner: string;
  readonly expires: string;
  readonly reason: string;
  /** `gone`: the ledger knows it, and the policies no longer do. */
  readonly state: 'holds' | 'ends-soon' | 'expired' | 'gone';
  readonly suppressed: number;
  /** When AWS wrote the latest finding that it suppressed; null where there is none. */
  readonly latest: string | null;
}

/** How often each rule was used for findings of these last days: those of the policies first, as they stand there. */
export async function suppressionUses(
  rules: readonly Suppression[],
  { days, now }: { readonly days: number; readonly now: Date },
  session: Readable,
): Promise<SuppressionUse[]> {
  const since = new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10);
  const partitions = await session.table.partitions();
  const recent = partitions.filter(
    (name) => name.startsWith('intake#') && (name.split('#')[1] ?? '') >= since,
  );
  const entries = (await Promise.all(recent.map((partition) => suppressedIn(partition, session)))).flat();
  const byRule = Map.groupBy(entries, ({ rule }) => rule.id);
  const gone = [...byRule.values()].flatMap(([one]) =>
    one && !rules.some(({ id }) => id === one.rule.id)
      ? [{ ...one.rule, reason: 'no longer in policies/suppressions.yaml', state: 'gone' as const }]
      : [],
  );
  const known = rules.map((rule) => ({ ...rule, state: stateOf(rule, now) }));
  return [...known, ...gone].map(({ id, owner, expires, reason, state }) => {
    const used = byRule.get(id) ?? [];
    const times = used.map(({ finding }) => finding.finding_info.modified_time).toSorted();
    return { id, owner, expires, reason, state, suppressed: used.length, latest: times.at(-1) ?? null };
  });
}

function stateOf(rule: Suppression, now: Date): SuppressionUse['state'] {
  if (isExpired(rule, now)) return 'expired';
  return isExpired(rule, new Date(now.getTime() + SOON * DAY_MS)) ? 'ends-soon' : 'holds';
}

/** The entry by which a finding was left unanswered, once it was. */
export async function suppressionOf(finding: Finding, session: Readable): Promise<Suppressed | undefined> {
  const { partition, command } = suppressionPlace(finding);
  const [found] = await suppressedIn(partition, session, command);
  return found;
}

async function suppressedIn(
  partition: string,
  { table, bodies }: Readable,
  command?: string,
): Promise<Suppressed[]> {
  const commits = await table.after(partition, 0);
  const texts = await Promise.all(
    hashesOf(commits).map(async (hash) => [hash, await bodies.get(hash)] as const),
  );
  return verifyChain('intake', commits, undefined, new Map(texts))
    .filter(({ commandId }) => command === undefined || commandId === command)
    .flatMap(({ entries }) => entries)
    .filter((entry) => entry.type === 'finding-suppressed');
}

function hashesOf(commits: readonly Commit[]): string[] {
  return commits.flatMap(({ entries }) => (Array.isArray(entries) ? [] : [entries.body]));
}

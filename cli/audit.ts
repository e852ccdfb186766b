import { canonicalJson } from '../functions/core/canonical.ts';
import { type Commit, chainOf, GENESIS, partitionOf, verifyChain } from '../functions/core/commit.ts';
import { incidentChains } from '../functions/core/entry.ts';
import { LedgerCorruptError } from '../functions/core/errors.ts';
import { foldIncident, type IncidentCommits } from '../functions/core/fold.ts';
import type { Session } from './session.ts';

export interface Audit {
  readonly ok: boolean;
  readonly incidents: number;
  readonly chains: number;
  readonly commits: number;
  /** One line a problem, each naming the item. */
  readonly problems: readonly string[];
}

type Readable = Pick<Session, 'table' | 'bodies'>;

/** Reads every chain from its first commit, and trusts nothing that it has not recomputed. */
export async function audit(session: Readable): Promise<Audit> {
  const problems: string[] = [];
  const partitions = await session.table.partitions();
  const verified = new Map<string, ReturnType<typeof verifyChain>>();
  let commits = 0;
  for (const partition of partitions) {
    const found = await attempt(problems, () => verifyPartition(session, partition));
    if (!found) continue;
    verified.set(partition, found);
    commits += found.length;
  }
  const incidents = [
    ...new Set(partitions.filter((name) => name.startsWith('INC-')).map((name) => name.split('#')[0] ?? '')),
  ];
  for (const incident of incidents) {
    // Chains that do not hold by themselves prove nothing of each other.
    const whole = chainsOf(incident).every((chain) => verified.has(chain) || !partitions.includes(chain));
    if (whole) await attempt(problems, async () => checkIncident(incident, verified));
  }
  return {
    ok: problems.length === 0,
    incidents: incidents.length,
    chains: partitions.length,
    commits,
    problems,
  };
}

async function attempt<T>(problems: string[], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LedgerCorruptError)) throw error;
    problems.push(error.message);
    return undefined;
  }
}

async function verifyPartition({ table, bodies }: Readable, partition: string) {
  const commits = await table.after(partition, 0);
  const texts = new Map(
    await Promise.all(bodyHashes(commits).map(async (hash) => [hash, await bodies.get(hash)] as const)),
  );
  for (const { sequence, text } of commits)
    if (canonicalJson(JSON.parse(text)) !== text)
      throw new LedgerCorruptError(`${partition}/${sequence}`, 'its content is not canonical JSON');
  return verifyChain(chainOf(partition), commits, { sequence: 0, hash: GENESIS }, texts);
}

function bodyHashes(commits: readonly Commit[]): string[] {
  return commits.flatMap(({ entries }) => (Array.isArray(entries) ? [] : [entries.body]));
}

function chainsOf(incident: string): string[] {
  return incidentChains.map((chain) => partitionOf(incident, chain));
}

/** The three chains must fold: none was cut short, and no effect is without its intent. */
function checkIncident(
  incident: string,
  verified: ReadonlyMap<string, ReturnType<typeof verifyChain>>,
): void {
  const chains = Object.fromEntries(
    incidentChains.map((chain) => [chain, verified.get(partitionOf(incident, chain)) ?? []]),
  );
  const { effects } = foldIncident(incident, chains as unknown as IncidentCommits);
  const groundless = effects.find((effect) => effect.intentAt === '');
  if (groundless)
    throw new LedgerCorruptError(
      `${incident}#effect`,
      `${groundless.actionId} has an outcome but no intent before it`,
    );
}

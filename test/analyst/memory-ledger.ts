import { canonicalJson } from '../../functions/core/canonical.ts';
import {
  type Commit,
  chainOf,
  GENESIS,
  partitionOf,
  seal,
  verifyChain,
} from '../../functions/core/commit.ts';
import { chains, type EntryOf, type IncidentChain, incidentChains } from '../../functions/core/entry.ts';
import { foldIncident, type IncidentCommits } from '../../functions/core/fold.ts';
import type { Incident } from '../../functions/core/incident.ts';
import type { Clock, Decide, Ledger } from '../../functions/core/ports.ts';

/** The ledger in memory, over the same chains, hashes and fold as the real one. For tests of what appends to it. */
export class MemoryLedger implements Ledger {
  readonly commits = new Map<string, Commit[]>();
  /** Called before each append; throwing stands for a function that was killed. */
  beforeAppend: (commandId: string) => void = () => undefined;
  private readonly clock: Clock;
  private readonly by: string;

  constructor(clock: Clock, by = 'test') {
    this.clock = clock;
    this.by = by;
  }

  async read(incident: string): Promise<Incident> {
    const verified = incidentChains.map((chain) => [chain, verifyChain(chain, this.chain(incident, chain))]);
    return foldIncident(incident, Object.fromEntries(verified) as IncidentCommits);
  }

  async append<C extends IncidentChain>(
    given: string | Incident,
    chain: C,
    commandId: string,
    decide: Decide<C>,
  ): Promise<Incident> {
    this.beforeAppend(commandId);
    const incident = typeof given === 'string' ? given : given.id;
    for (let latest = given; ; latest = incident) {
      const state = typeof latest === 'string' ? await this.read(latest) : latest;
      if (state.commands.has(commandId)) return state;
      const entries = await decide(state);
      if (entries.length === 0) return state;
      // A lost race: somebody else's commit stands where this one was decided for.
      if (this.chain(incident, chain).length !== state.heads[chain]) continue;
      this.commit(partitionOf(incident, chain), commandId, entries, state.heads);
      return this.read(incident);
    }
  }

  async appendOutside<C extends 'system' | 'intake'>(
    partition: string,
    commandId: string,
    entry: EntryOf<C>,
  ): Promise<void> {
    const known = this.commits.get(partition)?.some((commit) => commit.commandId === commandId);
    if (!known) this.commit(partition, commandId, [entry], { fact: 0, decision: 0, effect: 0 });
  }

  private chain(incident: string, chain: IncidentChain): readonly Commit[] {
    return this.commits.get(partitionOf(incident, chain)) ?? [];
  }

  private commit(
    partition: string,
    commandId: string,
    entries: readonly object[],
    seen: Commit['seen'],
  ): void {
    const schema = chains[chainOf(partition)];
    const earlier = this.commits.get(partition) ?? [];
    const at = this.clock().toISOString();
    const commit = seal({
      partition,
      sequence: earlier.length + 1,
      commandId,
      previousHash: earlier.at(-1)?.hash ?? GENESIS,
      at,
      by: this.by,
      seen,
      // Through JSON, as a table would give it back.
      entries: JSON.parse(canonicalJson(entries.map((entry) => schema.parse(entry)))),
    });
    this.commits.set(partition, [...earlier, commit]);
  }
}

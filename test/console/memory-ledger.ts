import { type Commit, GENESIS, partitionOf, seal, verifyChain } from '../../functions/core/commit.ts';
import type { EntryOf, IncidentChain } from '../../functions/core/entry.ts';
import { foldIncident } from '../../functions/core/fold.ts';
import type { Incident } from '../../functions/core/incident.ts';
import type { Decide, Ledger } from '../../functions/core/ports.ts';

/** A ledger in memory, with real commits, hashes and folds. */
export class MemoryLedger implements Ledger {
  readonly commits: Commit[] = [];
  readonly outside: { partition: string; commandId: string; entry: EntryOf<'system' | 'intake'> }[] = [];
  now = new Date('2026-11-21T03:00:00.000Z');
  /** Runs between reading and writing: where another writer can come first. */
  race: (() => Promise<void>) | undefined;

  read(incident: string): Promise<Incident> {
    return Promise.resolve(
      foldIncident(incident, {
        fact: verifyChain('fact', this.chain(incident, 'fact')),
        decision: verifyChain('decision', this.chain(incident, 'decision')),
        effect: verifyChain('effect', this.chain(incident, 'effect')),
      }),
    );
  }

  async append<C extends IncidentChain>(
    given: string | Incident,
    chain: C,
    commandId: string,
    decide: Decide<C>,
  ): Promise<Incident> {
    const incident = typeof given === 'string' ? given : given.id;
    for (let latest = given; ; latest = incident) {
      const state = typeof latest === 'string' ? await this.read(latest) : latest;
      if (state.commands.has(commandId)) return state;
      const entries = await decide(state);
      const { race } = this;
      this.race = undefined;
      await race?.();
      if (entries.length === 0) return state;
      const standing = this.chain(incident, chain);
      if (standing.length !== state.heads[chain]) continue;
      this.commits.push(
        seal({
          partition: partitionOf(incident, chain),
          sequence: standing.length + 1,
          commandId,
          previousHash: standing.at(-1)?.hash ?? GENESIS,
          at: this.now.toISOString(),
          by: 'sallyport-test',
          seen: state.heads,
          entries: [...entries],
        }),
      );
      return this.read(incident);
    }
  }

  appendOutside<C extends 'system' | 'intake'>(
    partition: string,
    commandId: string,
    entry: EntryOf<C>,
  ): Promise<void> {
    this.outside.push({ partition, commandId, entry });
    return Promise.resolve();
  }

  private chain(incident: string, chain: IncidentChain): Commit[] {
    return this.commits.filter(({ partition }) => partition === partitionOf(incident, chain));
  }
}

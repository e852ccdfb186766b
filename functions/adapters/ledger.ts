import { setTimeout as pause } from 'node:timers/promises';
import { canonicalJson } from '../core/canonical.ts';
import {
  type ChainCommit,
  type Commit,
  chainOf,
  GENESIS,
  type Heads,
  partitionOf,
  seal,
  verifyChain,
} from '../core/commit.ts';
import { type Chain, chains, type EntryOf, type IncidentChain, incidentChains } from '../core/entry.ts';
import { LedgerConflictError } from '../core/errors.ts';
import { foldIncident, withCommit } from '../core/fold.ts';
import type { Incident } from '../core/incident.ts';
import type { Clock, Decide, Ledger } from '../core/ports.ts';
import type { BodyStore } from './bodies.ts';
import type { LedgerTable } from './ledger-table.ts';

/** The entries of a commit whose JSON is longer than this, in characters, lie in the body store (design, section 8). */
const LONGEST_INLINE = 8192;
/** Lost races in a row before the caller's own retry takes over: more than there are ever writers of one chain. */
const MOST_RACES = 32;
/** Longest wait after a lost race, in ms: rivals that wait differently long do not meet again. */
const LONGEST_PAUSE = 40;
/** Incidents kept in a warm function. */
const MOST_KNOWN = 64;

type Verified = { [C in IncidentChain]: ChainCommit<C>[] };
interface Known {
  readonly chains: Verified;
  readonly incident: Incident;
}

/** The ledger on DynamoDB. Keeps the chains that it has verified, and reads only what came after. */
export class DynamoLedger implements Ledger {
  private readonly table: LedgerTable;
  private readonly bodies: BodyStore;
  private readonly writer: string;
  private readonly clock: Clock;
  private readonly known = new Map<string, Known>();

  constructor(table: LedgerTable, bodies: BodyStore, writer: string, clock: Clock) {
    this.table = table;
    this.bodies = bodies;
    this.writer = writer;
    this.clock = clock;
  }

  async read(incident: string): Promise<Incident> {
    const known = this.known.get(incident);
    const chains: Verified = known ? { ...known.chains } : { fact: [], decision: [], effect: [] };
    await Promise.all(incidentChains.map((chain) => this.extend(chains, incident, chain)));
    await this.closeGaps(chains, incident);
    const unchanged =
      known && incidentChains.every((chain) => chains[chain].length === known.chains[chain].length);
    if (unchanged) return known.incident;
    const folded = foldIncident(incident, chains);
    this.remember(incident, { chains, incident: folded });
    return folded;
  }

  async append<C extends IncidentChain>(
    incident: string | Incident,
    chain: C,
    commandId: string,
    decide: Decide<C>,
  ): Promise<Incident> {
    const id = typeof incident === 'string' ? incident : incident.id;
    const partition = partitionOf(id, chain);
    for (let race = 0; race < MOST_RACES; race += 1) {
      const isLatest = race === 0 && incident === this.known.get(id)?.incident;
      const state = isLatest ? incident : await this.read(id);
      if (state.commands.has(commandId)) return state;
      const entries = await decide(state);
      if (entries.length === 0) return state;
      const place = { sequence: state.heads[chain] + 1, hash: state.hashes[chain] || GENESIS };
      const { commit, content } = await this.compose(partition, place, commandId, state.heads, entries);
      if (await this.table.insert(commit)) return this.adopt(state, chain, commit, content) ?? this.read(id);
      await pauseAfter(race);
    }
    throw new LedgerConflictError(partition, (await this.read(id)).heads[chain]);
  }

  async appendOutside<C extends 'system' | 'intake'>(
    partition: string,
    commandId: string,
    entry: EntryOf<C>,
  ): Promise<void> {
    const nothingSeen = { fact: 0, decision: 0, effect: 0 };
    for (let race = 0; race < MOST_RACES; race += 1) {
      // In this order: whoever carries out the same command between the two takes the place that is tried below.
      const last = await this.table.last(partition);
      if (await this.table.holds(partition, commandId)) return;
      const place = { sequence: (last?.sequence ?? 0) + 1, hash: last?.hash ?? GENESIS };
      const { commit } = await this.compose(partition, place, commandId, nothingSeen, [entry]);
      if (await this.table.insert(commit)) return;
      await pauseAfter(race);
    }
    throw new LedgerConflictError(partition, (await this.table.last(partition))?.sequence ?? 0);
  }

  /** Our own commit, sealed here and taken by the table, continues what was verified: it is not read back to be parsed and hashed again. */
  private adopt<C extends IncidentChain>(
    state: Incident,
    chain: C,
    { text: _, ...commit }: Commit,
    entries: readonly EntryOf<C>[],
  ): Incident | undefined {
    const known = this.known.get(state.id);
    if (known?.incident !== state) return undefined;
    const own = { ...commit, entries };
    const chains: Verified = { ...known.chains, [chain]: [...known.chains[chain], own] };
    const next = withCommit(state, chain, own);
    this.remember(state.id, { chains, incident: next });
    return next;
  }

  private remember(incident: string, known: Known): void {
    this.known.delete(incident);
    this.known.set(incident, known);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_KNOWN && oldest) this.known.delete(oldest);
  }

  /** Seals a commit; `content` is its entries, also where the commit itself only points to them. */
  private async compose<C extends Chain>(
    partition: string,
    place: { sequence: number; hash: string },
    commandId: string,
    seen: Heads,
    entries: readonly EntryOf<C>[],
  ): Promise<{ commit: Commit; content: EntryOf<C>[] }> {
    const schema = chains[chainOf(partition)];
    const valid = entries.map((entry) => schema.parse(entry));
    const about = {
      partition,
      sequence: place.sequence,
      commandId,
      previousHash: place.hash,
      at: this.clock().toISOString(),
      by: this.writer,
      seen,
    };
    const inline = seal({ ...about, entries: valid });
    const content: EntryOf<C>[] = JSON.parse(inline.text).entries;
    if (inline.text.length <= LONGEST_INLINE) return { commit: inline, content };
    const body = await this.bodies.put(canonicalJson(valid));
    return { commit: seal({ ...about, entries: { body } }), content };
  }

  /** Reads what came after the part of the chain that is known, verified as its continuation. */
  private async extend<C extends IncidentChain>(chains: Verified, incident: string, chain: C): Promise<void> {
    const known: readonly ChainCommit<C>[] = chains[chain];
    const commits = await this.table.after(partitionOf(incident, chain), known.length);
    if (commits.length === 0) return;
    const from = { sequence: known.length, hash: known.at(-1)?.hash ?? GENESIS };
    const verified = verifyChain(chain, commits, from, await this.bodiesOf(commits));
    Object.assign(chains, { [chain]: [...known, ...verified] });
  }

  /** Chains are read at slightly different moments: what one saw of another is fetched, until none lacks anything. */
  private async closeGaps(chains: Verified, incident: string): Promise<void> {
    for (let known = -1; known < lengthOf(chains); ) {
      known = lengthOf(chains);
      for (const chain of incidentChains)
        if (mostSeen(chains, chain) > chains[chain].length) await this.extend(chains, incident, chain);
    }
  }

  private async bodiesOf(commits: readonly Commit[]): Promise<Map<string, string>> {
    const hashes = commits.flatMap(({ entries }) => (Array.isArray(entries) ? [] : [entries.body]));
    return new Map(
      await Promise.all(hashes.map(async (hash) => [hash, await this.bodies.get(hash)] as const)),
    );
  }
}

/** How far the other chains say that this one had come. */
function mostSeen(chains: Verified, chain: IncidentChain): number {
  const others = incidentChains.filter((other) => other !== chain);
  return Math.max(0, ...others.map((other) => chains[other].at(-1)?.seen[chain] ?? 0));
}

function lengthOf(chains: Verified): number {
  return chains.fact.length + chains.decision.length + chains.effect.length;
}

function pauseAfter(race: number): Promise<void> {
  return pause(Math.random() * Math.min(LONGEST_PAUSE, 5 * (race + 1)));
}

import { claims } from '../../functions/adapters/claims.ts';
import { workflow } from '../../functions/adapters/workflow.ts';
import { GENESIS, partitionOf, seal } from '../../functions/core/commit.ts';
import type { EntryOf, IncidentChain } from '../../functions/core/entry.ts';
import type { Finding } from '../../functions/core/finding.ts';
import { withCommit } from '../../functions/core/fold.ts';
import { emptyIncident, type Incident } from '../../functions/core/incident.ts';
import type { Decide, Ledger } from '../../functions/core/ports.ts';
import { claimedUntil, joinKeys, proposedIncident } from '../../functions/response/correlate.ts';
import { type IngestParts, ingestBatch } from '../../functions/response/ingest.ts';
import { startHome, type TestHome } from '../adapters/home.ts';
import { MemoryTable } from '../response/intake.ts';
import { finding, thing } from '../response/world.ts';
import { Meter } from './meter.ts';
import { rounded } from './statistics.ts';

const FINDINGS = 10_000;
const ENTITIES = 50;
/** As many messages as the queue hands over at once (infra/intake.ts). */
const BATCH = 100;
const MOST_INCIDENTS = 60;
const LEAST_PER_SECOND = 10_000;
const MOST_SLOWER = 1.2;
const ROUNDS = 25;
const PER_ROUND = 1_000;
const now = new Date('2026-11-21T12:00:00.000Z');
const clock = () => now;

/** A finding about one of many instances, which it alone names. */
function about(number: number, instance: number): Finding {
  return finding(`f-${number}`, { entities: [thing('instance', `i-${instance}`)] });
}

/**
 * Intake under a storm: what it becomes, what it costs DynamoDB while few or many incidents are stored, and how fast
 * findings are correlated in memory. Normalising is not in it. `ok` compares with the design's limits.
 */
export async function benchStorm() {
  const storm = await takeStorm();
  const memory = await correlation([1_000, 1_000_000]);
  const stored = await storedCosts([1_000, 20_000]);
  return { storm, memory, stored };
}

async function takeStorm() {
  const ledger = new CountingLedger();
  const started = new Set<string>();
  const all = Array.from({ length: FINDINGS }, (_, number) => about(number, number % ENTITIES));
  const seconds = (await timeIntake(all, partsIn(new MemoryTable(), ledger, started))) / 1e6;
  const perSecond = Math.round(FINDINGS / seconds);
  const mostCommits = (FINDINGS / BATCH) * ENTITIES;
  return {
    findings: FINDINGS,
    entities: ENTITIES,
    incidents: ledger.incidents.size,
    executions: started.size,
    commits: ledger.commits,
    perSecond,
    ok:
      ledger.incidents.size <= MOST_INCIDENTS &&
      started.size <= MOST_INCIDENTS &&
      ledger.commits <= mostCommits &&
      perSecond >= LEAST_PER_SECOND,
  };
}

function partsIn(
  table: MemoryTable,
  ledger: Ledger = new CountingLedger(),
  started = new Set<string>(),
): IngestParts {
  return {
    ledger,
    claims: claims(table, clock),
    workflow: {
      start: async ({ incidentId, generation }) => void started.add(`${incidentId}-${generation}`),
    },
    clock,
    suppress: async () => false,
    normalise: (event) => [event as Finding],
  };
}

/** CPU time in microseconds. */
async function timeIntake(all: readonly Finding[], parts: IngestParts): Promise<number> {
  const began = cpuMicroseconds();
  for (let from = 0; from < all.length; from += BATCH)
    await ingestBatch(
      all.slice(from, from + BATCH).map((event) => ({ eventId: event.finding_info.uid, event })),
      parts,
    );
  return cpuMicroseconds() - began;
}

/** Folds in memory and seals nothing: the ledger's own work is not what is timed. */
class CountingLedger implements Ledger {
  readonly incidents = new Map<string, Incident>();
  commits = 0;

  async read(id: string): Promise<Incident> {
    return this.incidents.get(id) ?? emptyIncident(id);
  }

  async append<C extends IncidentChain>(
    incident: string | Incident,
    chain: C,
    commandId: string,
    decide: Decide<C>,
  ): Promise<Incident> {
    const state = await this.read(typeof incident === 'string' ? incident : incident.id);
    const entries: readonly EntryOf<C>[] = state.commands.has(commandId) ? [] : await decide(state);
    if (entries.length === 0) return state;
    this.commits += 1;
    const sequence = state.heads[chain] + 1;
    const place = { partition: partitionOf(state.id, chain), sequence, commandId };
    const said = { previousHash: GENESIS, hash: GENESIS, at: now.toISOString(), by: 'bench' };
    const next = withCommit(state, chain, { ...place, ...said, seen: state.heads, entries });
    this.incidents.set(state.id, next);
    return next;
  }

  async appendOutside(): Promise<void> {
    throw new Error('a storm of findings holds none that is rejected');
  }
}

/** Requests and capacity for each finding about things that an incident stands for, and for each about new ones. */
async function storedCosts(counts: readonly number[]) {
  const costs = [];
  for (const incidents of counts) {
    const home = await startHome();
    try {
      await store(home, incidents);
      costs.push({ incidents, ...(await costOf(home, incidents)) });
    } finally {
      await home.close();
    }
  }
  const [few, many] = costs.map(({ known, fresh }) => JSON.stringify([known, fresh]));
  return { costs, ok: few === many };
}

async function costOf(home: TestHome, incidents: number) {
  const parts: IngestParts = {
    ledger: home.ledger(),
    claims: claims(home.coordination, home.clock),
    workflow: workflow('arn:aws:states:eu-central-1:111122223333:stateMachine:response', home.workflow),
    clock: home.clock,
    suppress: async () => false,
    normalise: (event) => [event as Finding],
  };
  const meter = new Meter(home.dynamo);
  const measured = async (from: number) => {
    meter.reset();
    for (let number = 0; number < BATCH; number += 1) {
      const event = about(incidents + from + number, from + number * 7);
      await ingestBatch([{ eventId: event.finding_info.uid, event }], parts);
    }
    return meter.per(BATCH);
  };
  return { known: await measured(0), fresh: await measured(incidents) };
}

/** Open incidents with their claims, as intake would have left them, one for each instance. */
async function store(home: TestHome, incidents: number): Promise<void> {
  const CHUNK = 25;
  const expires = { N: String(Math.floor(claimedUntil(home.now).getTime() / 1000)) };
  for (let from = 0; from < incidents; from += CHUNK) {
    const some = Array.from({ length: Math.min(CHUNK, incidents - from) }, (_, index) =>
      about(from + index, from + index),
    );
    const put = (Item: object) => ({ PutRequest: { Item } });
    const claimed = some.map((one) => {
      const pk = { S: `claim#${joinKeys(one).own[0]}` };
      const incident = { S: proposedIncident(one) };
      return put({ pk, sk: { S: '-' }, incident, since: { S: home.now.toISOString() }, expires });
    });
    const written = some.map((one) => put(itemOf(one)));
    await home.tamper('BatchWriteItem', { RequestItems: { [home.ledgerName]: written } });
    await home.tamper('BatchWriteItem', { RequestItems: { coordination: claimed } });
  }
}

function itemOf(one: Finding) {
  const entry: EntryOf<'fact'> = { type: 'finding-received', generation: 1, finding: one };
  const commit = seal({
    partition: partitionOf(proposedIncident(one), 'fact'),
    sequence: 1,
    commandId: `stored#${one.finding_info.uid}`,
    previousHash: GENESIS,
    at: now.toISOString(),
    by: 'bench',
    seen: { fact: 0, decision: 0, effect: 0 },
    entries: [entry],
  });
  const { partition, sequence, commandId, hash, text } = commit;
  return {
    pk: { S: partition },
    sk: { N: String(sequence) },
    command: { S: commandId },
    hash: { S: hash },
    body: { S: text },
  };
}

/** Intake in memory, among so many claims that stand; half of the findings are about what is claimed already. */
async function correlation(counts: readonly number[]) {
  const tables = await Promise.all(counts.map(claimed));
  const fastest = counts.map(() => Number.POSITIVE_INFINITY);
  // Round by round, and the fastest of all: what else runs on the machine only ever adds.
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [index, table] of tables.entries()) {
      const took = (await timeIntake(someAmong(counts[index] ?? 0, round), partsIn(table))) / PER_ROUND;
      fastest[index] = Math.min(fastest[index] ?? took, took);
    }
  const times = counts.map((incidents, index) => ({ incidents, microseconds: rounded(fastest[index] ?? 0) }));
  const [few = Number.NaN, many = Number.NaN] = fastest;
  const ratio = rounded(many / few);
  return { times, ratio, ok: ratio <= MOST_SLOWER && 1e6 / many >= LEAST_PER_SECOND };
}

async function claimed(incidents: number): Promise<MemoryTable> {
  const table = new MemoryTable();
  const expires = Math.floor(claimedUntil(now).getTime() / 1000);
  for (let number = 0; number < incidents; number += 1)
    await table.put(`claim#instance:111122223333:i-${number}`, '-', {
      incident: `INC-${String(number).padStart(16, '0')}`,
      since: now.toISOString(),
      expires,
    });
  return table;
}

function someAmong(incidents: number, round: number): Finding[] {
  return Array.from({ length: PER_ROUND }, (_, index) => {
    const known = (index * 48_611 + round) % incidents;
    return about(index, index % 2 === 0 ? known : incidents + round * PER_ROUND + index);
  });
}

/** What this process alone has used: a rate for each core, whatever else the machine does. */
function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

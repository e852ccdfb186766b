import { claims } from '../../functions/adapters/claims.ts';
import type { CoordinationTable, Fields } from '../../functions/adapters/coordination-table.ts';
import type { FindingRejectedError } from '../../functions/core/errors.ts';
import type { Finding } from '../../functions/core/finding.ts';
import { type IngestParts, ingest } from '../../functions/response/ingest.ts';
import { MemoryLedger } from '../analyst/memory-ledger.ts';

export const start = '2026-11-21T12:00:00.000Z';

/** Intake over parts in memory; `normalise` hands through what a test gives it. */
export class Intake {
  now = new Date(start);
  readonly ledger = new MemoryLedger(() => this.now);
  readonly table = new MemoryTable();
  /** Executions that exist, and every start that was asked for. */
  readonly started: string[] = [];
  /** Incidents that were to look again. */
  readonly woken: string[] = [];
  parts: IngestParts = {
    ledger: this.ledger,
    claims: claims(this.table, () => this.now),
    workflow: {
      start: async ({ incidentId, generation, event }) => {
        if (event === 'finding') this.started.push(`${incidentId}-${generation}`);
        else this.woken.push(incidentId);
      },
    },
    suppress: async () => false,
    clock: () => this.now,
    normalise: (event) => event as Finding[],
  };

  async take(...findings: (Finding | FindingRejectedError)[]): Promise<void> {
    await ingest('e-1', findings, this.parts);
  }

  /** The incidents that exist. */
  incidents(): string[] {
    return [...this.ledger.commits.keys()]
      .filter((key) => key.endsWith('#fact'))
      .map((key) => key.slice(0, -5));
  }

  async only() {
    const [id = '', ...others] = this.incidents();
    if (others.length > 0) throw new Error(`there are others: ${others.join(', ')}`);
    return this.ledger.read(id);
  }

  rejections() {
    return [...this.ledger.commits]
      .filter(([partition]) => partition.startsWith('intake#'))
      .flatMap(([partition, commits]) =>
        commits.map(({ entries: all }) => ({ partition, entry: [all].flat()[0] })),
      );
  }
}

export class MemoryTable implements CoordinationTable {
  private readonly items = new Map<string, Fields>();

  async get(pk: string, sk = '-') {
    return this.items.get(`${pk} ${sk}`);
  }

  async list() {
    return [...this.items.values()];
  }

  async put(...[pk, sk, fields, condition]: Parameters<CoordinationTable['put']>) {
    const known = this.items.get(`${pk} ${sk}`);
    if (condition && 'only' in condition) {
      if (!Object.entries(condition.only).every(([name, value]) => known?.[name] === value)) return false;
    } else if (condition && 'unless' in condition && known) {
      const lapsed = condition.lapsedBy && Number(known.expires) < condition.lapsedBy.getTime() / 1000;
      if (!lapsed) return false;
    }
    this.items.set(`${pk} ${sk}`, fields);
    return true;
  }

  async remove(pk: string, sk: string) {
    return this.items.delete(`${pk} ${sk}`);
  }
}

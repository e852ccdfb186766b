import type { BodyStore } from '../functions/adapters/bodies.ts';
import type { LedgerTable } from '../functions/adapters/ledger-table.ts';
import type { IncidentSummary } from '../functions/adapters/projection.ts';
import type { Finding } from '../functions/core/finding.ts';
import type { Ledger } from '../functions/core/ports.ts';
import type { EventEnvelope } from '../functions/core/source.ts';

/** A cloud as a command sees it: what an auditor may read, and what an operator may ask of the console. */
export interface Session {
  readonly consoleUrl: string;
  readonly inboxUrl: string;
  readonly ledger: Pick<Ledger, 'read'>;
  readonly table: LedgerTable;
  readonly bodies: BodyStore;
  /** Every partition key that the ledger holds. */
  partitions(): Promise<string[]>;
  incidents(): Promise<IncidentSummary[]>;
  /** The incident that a finding was taken into, once it was. */
  incidentOf(finding: Finding): Promise<string | undefined>;
  /** Publishes an event through the service's own door. */
  deliver(event: EventEnvelope): Promise<void>;
  /** Asks the console's SigV4 route, as the operator. */
  ask(
    path: string,
    body: object,
  ): Promise<{ readonly status: number; readonly answer: Readonly<Record<string, unknown>> }>;
  close(): Promise<void>;
}

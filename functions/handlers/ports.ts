import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { s3Bodies } from '../adapters/bodies.ts';
import { clientSettings, measured } from '../adapters/clients.ts';
import { type CoordinationTable, coordinationTable } from '../adapters/coordination-table.ts';
import { killSwitch } from '../adapters/kill-switch.ts';
import { DynamoLedger } from '../adapters/ledger.ts';
import { type LedgerTable, ledgerTable } from '../adapters/ledger-table.ts';
import type { Clock, KillSwitch } from '../core/ports.ts';
import { environment } from './environment.ts';

/** The one place where functions read the time. */
export const clock: Clock = () => new Date();

const dynamo = measured(new DynamoDBClient(clientSettings));

export function openLedgerTable(): LedgerTable {
  return ledgerTable(environment('LEDGER_TABLE').LEDGER_TABLE, dynamo);
}

/** The ledger as every function reaches it; what it may write is for its role to say. */
export function openLedger(): DynamoLedger {
  const { BODIES_BUCKET, AWS_LAMBDA_FUNCTION_NAME } = environment(
    'BODIES_BUCKET',
    'AWS_LAMBDA_FUNCTION_NAME',
  );
  return new DynamoLedger(openLedgerTable(), s3Bodies(BODIES_BUCKET), AWS_LAMBDA_FUNCTION_NAME, clock);
}

export function openCoordination(): CoordinationTable {
  return coordinationTable(environment('COORDINATION_TABLE').COORDINATION_TABLE, dynamo);
}

export function openKillSwitch(): KillSwitch {
  return killSwitch(openCoordination());
}

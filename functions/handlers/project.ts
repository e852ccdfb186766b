import type { DynamoDBStreamEvent } from 'aws-lambda';
import { projection } from '../adapters/projection.ts';
import { measuredHandler } from './measured-handler.ts';
import { openCoordination, openLedger, openLedgerTable } from './ports.ts';

const ledger = openLedger();
const kept = projection(openCoordination());

type Rebuild = { readonly rebuild: true };

/** Keeps the incident list, and makes it anew when asked. It can be deleted at any time, and decides nothing. */
export const handler = measuredHandler((event: DynamoDBStreamEvent | Rebuild) =>
  'rebuild' in event ? rebuild() : follow(event),
);

/** A record is only a hint: the chain itself is read again. */
async function follow({ Records }: DynamoDBStreamEvent): Promise<{ incidents: number }> {
  for (const { eventName, dynamodb } of Records.filter((record) => record.eventName !== 'INSERT')) {
    const item = `${dynamodb?.Keys?.pk?.S}/${dynamodb?.Keys?.sk?.N}`;
    // Nothing may ever change or remove a commit: the template has an alarm on this line.
    console.error(JSON.stringify({ alarm: 'LEDGER_TAMPERED', eventName, item }));
  }
  return keep(Records.map(({ dynamodb }) => dynamodb?.Keys?.pk?.S ?? ''));
}

async function rebuild(): Promise<{ incidents: number }> {
  await kept.clear();
  return keep(await openLedgerTable().partitions());
}

async function keep(partitions: readonly string[]): Promise<{ incidents: number }> {
  const names = partitions.map((partition) => partition.split('#')[0] ?? '');
  const incidents = new Set(names.filter((name) => name.startsWith('INC-')));
  for (const incident of incidents) await kept.keep(await ledger.read(incident));
  return { incidents: incidents.size };
}

import type { DynamoDBStreamEvent } from 'aws-lambda';
import { projection } from '../adapters/projection.ts';
import { measuredHandler } from './measured-handler.ts';
import { openCoordination, openLedger } from './ports.ts';

const ledger = openLedger();
const kept = projection(openCoordination());

/** Keeps the incident list. A record is only a hint: the chain itself is read again. */
export const handler = measuredHandler(async ({ Records }: DynamoDBStreamEvent): Promise<void> => {
  const changed = Records.filter((record) => record.eventName !== 'INSERT');
  // Nothing may ever change or remove a commit: the alarm on this line is part of the template.
  for (const { eventName, dynamodb } of changed)
    console.error(
      JSON.stringify({
        alarm: 'LEDGER_TAMPERED',
        eventName,
        item: `${dynamodb?.Keys?.pk?.S}/${dynamodb?.Keys?.sk?.N}`,
      }),
    );
  const incidents = Records.map(({ dynamodb }) => dynamodb?.Keys?.pk?.S?.split('#')[0] ?? '');
  for (const incident of new Set(incidents.filter((name) => name.startsWith('INC-'))))
    await kept.keep(await ledger.read(incident));
});

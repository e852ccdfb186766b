import { SFNClient } from '@aws-sdk/client-sfn';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { claims } from '../adapters/claims.ts';
import { clientSettings, measured } from '../adapters/clients.ts';
import { workflow } from '../adapters/workflow.ts';
import { FindingRejectedError } from '../core/errors.ts';
import { type IngestParts, ingest } from '../response/ingest.ts';
import { normaliseEach } from '../sources/normalise.ts';
import { environment } from './environment.ts';
import { measuredHandler } from './measured-handler.ts';
import { clock, openCoordination, openLedger } from './ports.ts';

const { STATE_MACHINE_ARN } = environment('STATE_MACHINE_ARN');

const parts: IngestParts = {
  ledger: openLedger(),
  claims: claims(openCoordination(), clock),
  workflow: workflow(STATE_MACHINE_ARN, measured(new SFNClient(clientSettings))),
  clock,
  normalise: normaliseEach,
};

/** Only what failed is delivered again; a rejection is recorded and done. */
export const handler = measuredHandler(async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of Records) {
    try {
      await receive(record);
    } catch (error) {
      console.error(
        JSON.stringify({
          message: 'a finding could not be taken in',
          messageId: record.messageId,
          error: String(error),
        }),
      );
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
});

async function receive({ messageId, body }: SQSRecord): Promise<void> {
  const event = parseBody(body);
  const eventId = typeof event === 'object' && event !== null && 'id' in event ? String(event.id) : messageId;
  const refuse = (): never => {
    throw new FindingRejectedError('the message is no JSON: it was cut or never an event');
  };
  await ingest(eventId, event ?? body, event === undefined ? { ...parts, normalise: refuse } : parts);
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

import { SFNClient } from '@aws-sdk/client-sfn';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { claims } from '../adapters/claims.ts';
import { clientSettings, measured } from '../adapters/clients.ts';
import { workflow } from '../adapters/workflow.ts';
import { FindingRejectedError } from '../core/errors.ts';
import type { TagProbe } from '../core/ports.ts';
import { type Delivery, type IngestParts, ingestBatch } from '../response/ingest.ts';
import { suppress } from '../response/suppress.ts';
import { normaliseEach } from '../sources/normalise.ts';
import { environment } from './environment.ts';
import { measuredHandler } from './measured-handler.ts';
import { clock, openCoordination, openLedger } from './ports.ts';
import { openSuppressions, reportSuppression } from './suppressions.ts';

const { STATE_MACHINE_ARN } = environment('STATE_MACHINE_ARN');

const ledger = openLedger();
const taken = claims(openCoordination(), clock);
const suppressions = {
  rules: openSuppressions(),
  ledger,
  claims: taken,
  tags: { tagsOf } satisfies TagProbe,
  clock,
  report: reportSuppression,
};

const parts: IngestParts = {
  ledger,
  claims: taken,
  suppress: (eventId, finding) => suppress(eventId, finding, suppressions),
  workflow: workflow(STATE_MACHINE_ARN, measured(new SFNClient(clientSettings))),
  clock,
  normalise,
};

/** One batch of the queue. Only what failed is delivered again; a rejection is recorded and done. */
export const handler = measuredHandler(async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const messages = new Map(Records.map((record) => [deliveryOf(record), record.messageId]));
  const failures = await ingestBatch([...messages.keys()], parts);
  const batchItemFailures = [...failures].map(([delivery, error]) => {
    const messageId = messages.get(delivery) ?? '';
    const message = 'a finding could not be taken in';
    console.error(JSON.stringify({ message, messageId, error: String(error) }));
    return { itemIdentifier: messageId };
  });
  return { batchItemFailures };
});

function deliveryOf({ messageId, body }: SQSRecord): Delivery {
  const event = parseBody(body);
  const eventId = typeof event === 'object' && event !== null && 'id' in event ? String(event.id) : messageId;
  return { eventId, event: event ?? body };
}

function normalise(event: unknown): ReturnType<IngestParts['normalise']> {
  if (typeof event === 'string')
    throw new FindingRejectedError('the message is no JSON: it was cut or never an event');
  return normaliseEach(event);
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

async function tagsOf(...asked: Parameters<TagProbe['tagsOf']>): ReturnType<TagProbe['tagsOf']> {
  const { tags } = await import('./ingest-tags.ts');
  return tags.tagsOf(...asked);
}

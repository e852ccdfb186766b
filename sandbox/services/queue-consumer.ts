import type { Home } from '../home.ts';
import type { Mapping } from './event-sources.ts';
import { md5, type Queue, type StoredMessage } from './queue.ts';

/**
 * Lambda's poller of a queue: hands batches to the function, deletes what succeeded and lets the rest reappear.
 * Two differences from AWS: what failed reappears after `retryDelay` instead of the visibility time-out, and what is
 * there is handed over at once, where Lambda would wait for more until the batching window is over.
 */
export function consumeQueue(home: Home, queue: Queue, mapping: Mapping): void {
  queue.consume(() => {
    const batch = queue.receive(mapping.batchSize);
    if (batch.length > 0) void process(home, queue, mapping, batch);
  });
}

async function process(
  home: Home,
  queue: Queue,
  mapping: Mapping,
  batch: readonly StoredMessage[],
): Promise<void> {
  const records = batch.map((message) => recordOf(home, queue, message));
  const taken = records.map((record) => mapping.accepts(filterable(record)));
  const accepted = batch.filter((_, at) => taken[at]);
  const { failed } =
    accepted.length > 0 ? await mapping.invoke(records.filter((_, at) => taken[at])) : { failed: [] };
  if (home.stopped.aborted) return;
  for (const message of batch) {
    const receipt = message.receipt ?? '';
    if (failed === 'all' ? accepted.includes(message) : failed.includes(message.id))
      queue.changeVisibility(receipt, home.retryDelay);
    else queue.delete(receipt);
  }
}

/**
 * Filters look into a body that is JSON
 * (https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html); what they leave out is deleted.
 */
function filterable(record: { readonly body: string }): object {
  try {
    return { ...record, body: JSON.parse(record.body) };
  } catch {
    return record;
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
function recordOf(home: Home, queue: Queue, message: StoredMessage) {
  return {
    messageId: message.id,
    receiptHandle: message.receipt,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: home.stack.place.account,
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    },
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes).map(([name, { DataType, StringValue }]) => [
        name,
        { dataType: DataType, stringValue: StringValue },
      ]),
    ),
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: queue.definition.arn,
    awsRegion: home.stack.place.region,
  };
}

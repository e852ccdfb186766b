import { type Home, pauseBeforeRetry } from '../home.ts';
import type { Mapping } from './event-sources.ts';
import type { Queues } from './sqs.ts';
import type { Stream, StreamRecord } from './streams.ts';

/**
 * Lambda's poller of a table's stream: batches in order, one at a time; a failed batch holds back those behind it
 * until it succeeds or its retries are spent, and then goes to the failure destination.
 */
export function consumeStream(home: Home, stream: Stream, mapping: Mapping, queues: Queues): void {
  let running = false;
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    while (stream.first(1).length > 0 && !home.stopped.aborted)
      await processBatch(home, stream, mapping, queues);
    running = false;
  };
  stream.consume(() => void run());
}

async function processBatch(home: Home, stream: Stream, mapping: Mapping, queues: Queues): Promise<void> {
  let batch = stream.first(mapping.batchSize);
  for (let attempt = 0; batch.length > 0; attempt += 1) {
    const left = await invoke(mapping, batch);
    if (home.stopped.aborted) return;
    for (const record of batch) if (!left.includes(record)) stream.done(record);
    if (left.length === 0) return;
    const spent = mapping.retries >= 0 && attempt >= mapping.retries;
    if (spent) return giveUp(stream, mapping, queues, left);
    batch = left;
    if (!(await pauseBeforeRetry(home))) return;
  }
}

/** The records that are still to be done: from the first one that failed on, since order matters. */
async function invoke(mapping: Mapping, batch: readonly StreamRecord[]): Promise<StreamRecord[]> {
  const accepted = batch.filter((record) => mapping.accepts(record));
  if (accepted.length === 0) return [];
  const { failed } = await mapping.invoke(accepted);
  if (failed === 'all') return [...batch];
  const first = batch.findIndex((record) => failed.includes(record.dynamodb.SequenceNumber));
  return first < 0 ? [] : batch.slice(first);
}

/** Lambda tells the destination which records failed, not what they hold. */
function giveUp(stream: Stream, mapping: Mapping, queues: Queues, batch: readonly StreamRecord[]): void {
  const destination = mapping.onFailure === undefined ? undefined : queues.find(mapping.onFailure);
  const numbers = batch.map((record) => record.dynamodb.SequenceNumber);
  const DDBStreamBatchInfo = {
    streamArn: stream.arn,
    batchSize: batch.length,
    startSequenceNumber: numbers[0],
    endSequenceNumber: numbers.at(-1),
  };
  destination?.send(
    JSON.stringify({ requestContext: { condition: 'RetryAttemptsExhausted' }, DDBStreamBatchInfo }),
  );
  for (const record of batch) stream.done(record);
}

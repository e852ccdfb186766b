import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ownEvent } from '../core/own-finding.ts';
import type { FindingQueue } from '../core/ports.ts';
import { clientSettings, measured } from './clients.ts';

/** Puts events into a queue. */
export function eventQueue(
  QueueUrl: string,
  // The region's endpoint, also where a stand-in has it: by itself the client calls whatever host the URL names.
  client = measured(new SQSClient({ ...clientSettings, useQueueUrlAsEndpoint: false })),
): (event: string) => Promise<void> {
  return async (MessageBody) => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  };
}

/** The queue that `ingest` reads, for findings of our own. What is sent twice is one finding. */
export function findingQueue(url: string, client?: SQSClient): FindingQueue {
  const put = eventQueue(url, client);
  return { send: (finding) => put(JSON.stringify(ownEvent(finding))) };
}

import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ownEvent } from '../core/own-finding.ts';
import type { FindingQueue } from '../core/ports.ts';
import { clientSettings, measured } from './clients.ts';

/** The queue that `ingest` reads. What is sent twice is one finding. */
export function findingQueue(
  url: string,
  // The region's endpoint, also where a stand-in has it: by itself the client calls whatever host the URL names.
  client = measured(new SQSClient({ ...clientSettings, useQueueUrlAsEndpoint: false })),
): FindingQueue {
  return {
    async send(finding) {
      await client.send(
        new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(ownEvent(finding)) }),
      );
    },
  };
}

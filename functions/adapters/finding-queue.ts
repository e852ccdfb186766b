import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Puts events into a queue. */
export function findingQueue(QueueUrl: string, client: SQSClient): (event: string) => Promise<void> {
  return async (MessageBody) => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  };
}

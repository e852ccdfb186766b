import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { physicalName } from './names.ts';

/** A queue, encrypted and reached by TLS alone. SQS's own key, since EventBridge has no way to a customer's by default. */
export function queue(scope: Construct, name: string, props: QueueProps): Queue {
  return new Queue(scope, name, {
    queueName: physicalName(name),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    ...props,
  });
}

/** Where what could not be handled waits for a person, as long as SQS keeps anything. */
export function deadLetters(scope: Construct, name: string): Queue {
  return queue(scope, name, { retentionPeriod: Duration.days(14) });
}

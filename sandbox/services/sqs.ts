import * as sqs from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { PolicyDocument } from '../authorize/policy.ts';
import { asList } from '../authorize/policy.ts';
import type { Home } from '../home.ts';
import { TemplateError } from '../template/error.ts';
import { AwsError, operation, type Requirement, type Service } from '../wire/service.ts';
import { md5, Queue, type StoredMessage } from './queue.ts';

type Send = [sqs.SendMessageCommandInput, sqs.SendMessageCommandOutput];
type Receive = [sqs.ReceiveMessageCommandInput, sqs.ReceiveMessageCommandOutput];
type Delete = [sqs.DeleteMessageCommandInput, sqs.DeleteMessageCommandOutput];
type Attributes = [sqs.GetQueueAttributesCommandInput, sqs.GetQueueAttributesCommandOutput];
type Url = [sqs.GetQueueUrlCommandInput, sqs.GetQueueUrlCommandOutput];

const QueueProperties = z.looseObject({
  VisibilityTimeout: z.coerce.number().default(30),
  FifoQueue: z.literal(false).optional(),
  RedrivePolicy: z
    .looseObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() })
    .optional(),
});
const QueuePolicyProperties = z.looseObject({
  Queues: z.array(z.string()),
  PolicyDocument: z.custom<PolicyDocument>((value) => typeof value === 'object'),
});

/** The queues of the stack, found by ARN, URL or name. */
export class Queues {
  readonly all: readonly Queue[];

  constructor(home: Home) {
    const policies = home.stack.ofType('AWS::SQS::QueuePolicy', QueuePolicyProperties);
    this.all = home.stack.ofType('AWS::SQS::Queue', QueueProperties).map(({ name, arn, ref, properties }) => {
      const { RedrivePolicy: redrive, VisibilityTimeout: visibilitySeconds } = properties;
      const statements = policies
        .filter((policy) => policy.properties.Queues.includes(ref))
        .flatMap((policy) => asList(policy.properties.PolicyDocument.Statement));
      return new Queue(home, {
        name,
        arn,
        url: ref,
        visibilitySeconds,
        redrive: redrive && {
          deadLetterArn: redrive.deadLetterTargetArn,
          maxReceiveCount: redrive.maxReceiveCount,
        },
        policy: statements.length > 0 ? { Statement: statements } : undefined,
      });
    });
    for (const queue of this.all) this.#connect(queue);
  }

  find(reference: string): Queue | undefined {
    const name = reference.split(/[:/]/).at(-1);
    return this.all.find((queue) => queue.definition.name === name);
  }

  #connect(queue: Queue): void {
    const { redrive, name } = queue.definition;
    if (!redrive) return;
    const deadLetters = this.find(redrive.deadLetterArn);
    if (!deadLetters)
      throw new TemplateError(name, `its dead-letter queue ${redrive.deadLetterArn} is missing`);
    queue.deadLetters = deadLetters;
  }
}

/** SQS's API over the stack's queues. */
export function sqsService(queues: Queues): Service {
  return {
    signingName: 'sqs',
    protocol: 'awsJson1_0',
    schemas: sqs,
    operations: {
      SendMessage: sendMessage(queues),
      ReceiveMessage: receiveMessage(queues),
      DeleteMessage: deleteMessage(queues),
      GetQueueAttributes: getQueueAttributes(queues),
      GetQueueUrl: getQueueUrl(queues),
    },
  };
}

function queueOf(queues: Queues, reference: string | undefined): Queue {
  const queue = queues.find(reference ?? '');
  if (queue) return queue;
  throw new AwsError('QueueDoesNotExist', `The specified queue does not exist: ${reference}`);
}

function requires(queues: Queues, action: string) {
  return ({
    QueueUrl,
    QueueName,
  }: {
    QueueUrl?: string | undefined;
    QueueName?: string | undefined;
  }): Requirement[] => {
    const { arn, policy } = queueOf(queues, QueueUrl ?? QueueName).definition;
    return [{ action, resource: arn, ...(policy ? { resourcePolicy: { document: policy } } : {}) }];
  };
}

function sendMessage(queues: Queues) {
  return operation<Send[0], Send[1]>({
    requires: requires(queues, 'sqs:SendMessage'),
    handle({ QueueUrl, MessageBody = '', MessageAttributes = {}, DelaySeconds }) {
      const { id } = queueOf(queues, QueueUrl).send(
        MessageBody,
        attributesOf(MessageAttributes),
        DelaySeconds,
      );
      return { MessageId: id, MD5OfMessageBody: md5(MessageBody) };
    },
  });
}

function attributesOf(given: NonNullable<Send[0]['MessageAttributes']>): StoredMessage['attributes'] {
  return Object.fromEntries(
    Object.entries(given).map(([name, { DataType = 'String', StringValue = '' }]) => [
      name,
      { DataType, StringValue },
    ]),
  );
}

function receiveMessage(queues: Queues) {
  return operation<Receive[0], Receive[1]>({
    requires: requires(queues, 'sqs:ReceiveMessage'),
    handle({ QueueUrl, MaxNumberOfMessages = 1, VisibilityTimeout }) {
      const messages = queueOf(queues, QueueUrl).receive(MaxNumberOfMessages, VisibilityTimeout);
      return {
        Messages: messages.map((message) => ({
          MessageId: message.id,
          ReceiptHandle: message.receipt,
          Body: message.body,
          MD5OfBody: md5(message.body),
          Attributes: {
            ApproximateReceiveCount: String(message.receiveCount),
            SentTimestamp: String(message.sentAt),
          },
        })),
      };
    },
  });
}

function deleteMessage(queues: Queues) {
  return operation<Delete[0], Delete[1]>({
    requires: requires(queues, 'sqs:DeleteMessage'),
    handle({ QueueUrl, ReceiptHandle = '' }) {
      queueOf(queues, QueueUrl).delete(ReceiptHandle);
      return {};
    },
  });
}

function getQueueAttributes(queues: Queues) {
  return operation<Attributes[0], Attributes[1]>({
    requires: requires(queues, 'sqs:GetQueueAttributes'),
    handle({ QueueUrl }) {
      const { definition, size } = queueOf(queues, QueueUrl);
      return {
        Attributes: {
          QueueArn: definition.arn,
          VisibilityTimeout: String(definition.visibilitySeconds),
          ApproximateNumberOfMessages: String(size.visible),
          ApproximateNumberOfMessagesNotVisible: String(size.hidden),
        },
      };
    },
  });
}

function getQueueUrl(queues: Queues) {
  return operation<Url[0], Url[1]>({
    requires: requires(queues, 'sqs:GetQueueUrl'),
    handle: ({ QueueName }) => ({ QueueUrl: queueOf(queues, QueueName).definition.url }),
  });
}

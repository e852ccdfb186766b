import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as eventbridge from '@aws-sdk/client-eventbridge';
import * as kms from '@aws-sdk/client-kms';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as sfn from '@aws-sdk/client-sfn';
import * as sqs from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError, operation, RawReply, type Service } from '../../sandbox/wire/service.ts';
import { startWireFixture, type WireFixture } from './wire-fixture.ts';

const noRequirements = () => [];
const created = new Date('2026-10-14T09:30:00.250Z');

const queue: Service = {
  signingName: 'sqs',
  protocol: 'awsJson1_0',
  schemas: sqs,
  operations: {
    GetQueueUrl: operation<sqs.GetQueueUrlCommandInput, sqs.GetQueueUrlCommandOutput>({
      requires: noRequirements,
      handle({ QueueName }) {
        if (QueueName === 'none')
          throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
        return { QueueUrl: `http://localhost/${QueueName}` };
      },
    }),
    GetQueueAttributes: operation<sqs.GetQueueAttributesCommandInput, sqs.GetQueueAttributesCommandOutput>({
      requires: noRequirements,
      handle: ({ AttributeNames }) => ({ Attributes: { Policy: JSON.stringify(AttributeNames) } }),
    }),
  },
};

const machines: Service = {
  signingName: 'states',
  protocol: 'awsJson1_0',
  schemas: sfn,
  operations: {
    StartExecution: operation<sfn.StartExecutionCommandInput, sfn.StartExecutionCommandOutput>({
      requires: noRequirements,
      handle({ name, stateMachineArn }) {
        if (name === 'taken') throw new AwsError('ExecutionAlreadyExists', 'Execution Already Exists');
        return { executionArn: `${stateMachineArn}:${name}`, startDate: created };
      },
    }),
    SendTaskSuccess: operation<sfn.SendTaskSuccessCommandInput, sfn.SendTaskSuccessCommandOutput>({
      requires: noRequirements,
      handle: () => ({}),
    }),
  },
};

const keys: Service = {
  signingName: 'kms',
  protocol: 'awsJson1_1',
  schemas: kms,
  operations: {
    Sign: operation<kms.SignCommandInput, kms.SignCommandOutput>({
      requires: noRequirements,
      handle: ({ KeyId, Message }) => ({ KeyId, Signature: Uint8Array.from(Message ?? []).reverse() }),
    }),
  },
};

const secretValues: Service = {
  signingName: 'secretsmanager',
  protocol: 'awsJson1_1',
  schemas: secrets,
  operations: {
    GetSecretValue: operation<secrets.GetSecretValueCommandInput, secrets.GetSecretValueCommandOutput>({
      requires: noRequirements,
      handle() {
        throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
      },
    }),
  },
};

const bus: Service = {
  signingName: 'events',
  protocol: 'awsJson1_1',
  schemas: eventbridge,
  operations: {
    PutEvents: operation<eventbridge.PutEventsCommandInput, eventbridge.PutEventsCommandOutput>({
      requires: noRequirements,
      handle: ({ Entries }) => ({
        FailedEntryCount: 0,
        Entries: Entries?.map((entry) => ({ EventId: entry.Time?.toISOString() })),
      }),
    }),
  },
};

const tables: Service = {
  signingName: 'dynamodb',
  protocol: 'awsJson1_0',
  schemas: dynamodb,
  operations: {
    GetItem: operation<dynamodb.GetItemCommandInput, dynamodb.GetItemCommandOutput>({
      requires: noRequirements,
      handle: ({ Key }) => ({ Item: Key }),
    }),
    PutItem: operation<dynamodb.PutItemCommandInput, dynamodb.PutItemCommandOutput>({
      requires: noRequirements,
      handle({ Item }) {
        const details = { Item: { pk: { S: 'there' } } };
        throw new AwsError('ConditionalCheckFailedException', `No ${Object.keys(Item ?? {})}`, 400, details);
      },
    }),
    DescribeTable: operation<dynamodb.DescribeTableCommandInput, dynamodb.DescribeTableCommandOutput>({
      requires: noRequirements,
      handle: (_input, _caller, { request }) =>
        new RawReply(
          200,
          { 'content-type': 'application/x-amz-json-1.0' },
          `{"Table":${Buffer.from(request.body)}}`,
        ),
    }),
  },
};

let fixture: WireFixture;
beforeAll(async () => {
  fixture = await startWireFixture([queue, machines, keys, secretValues, bus, tables]);
});
afterAll(() => fixture.server.close());

describe('AWS JSON', () => {
  it('carries strings, maps, lists and dates', async () => {
    const queues = new sqs.SQSClient(fixture.settings);
    const { QueueUrl } = await queues.send(new sqs.GetQueueUrlCommand({ QueueName: 'ingest' }));
    expect(QueueUrl).toBe('http://localhost/ingest');
    const { Attributes } = await queues.send(
      new sqs.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toEqual({ Policy: '["All"]' });
    const machine = { stateMachineArn: 'arn:m', name: 'one' };
    const started = await new sfn.SFNClient(fixture.settings).send(new sfn.StartExecutionCommand(machine));
    expect(started).toMatchObject({ executionArn: 'arn:m:one', startDate: created });
    const event = { Time: created, Source: 's', DetailType: 't', Detail: '{}' };
    const put = await new eventbridge.EventBridgeClient(fixture.settings).send(
      new eventbridge.PutEventsCommand({ Entries: [event] }),
    );
    // The client itself rounds to milliseconds or seconds; either is the same second.
    expect(put.Entries?.[0]?.EventId).toContain('2026-10-14T09:30:00');
  });

  it('carries binary values', async () => {
    const { Signature } = await new kms.KMSClient(fixture.settings).send(
      new kms.SignCommand({
        KeyId: 'k',
        Message: Uint8Array.of(1, 2, 250),
        MessageType: 'RAW',
        SigningAlgorithm: 'ED25519_SHA_512',
      }),
    );
    expect(Signature).toEqual(Uint8Array.of(250, 2, 1));
  });

  it('carries unions, recursion and documents of DynamoDB', async () => {
    const Key: Record<string, dynamodb.AttributeValue> = {
      pk: { S: 'a' },
      deep: { M: { list: { L: [{ N: '1' }, { BOOL: false }, { NULL: true }, { B: Uint8Array.of(7) }] } } },
      set: { SS: ['x', 'y'] },
    };
    const client = new dynamodb.DynamoDBClient(fixture.settings);
    expect((await client.send(new dynamodb.GetItemCommand({ TableName: 't', Key }))).Item).toEqual(Key);
  });

  it('answers empty outputs', async () => {
    const done = new sfn.SendTaskSuccessCommand({ taskToken: 't', output: '{}' });
    const answer = await new sfn.SFNClient(fixture.settings).send(done);
    expect(answer.$metadata.httpStatusCode).toBe(200);
  });

  it('passes raw replies through, and gives handlers the raw request', async () => {
    const client = new dynamodb.DynamoDBClient(fixture.settings);
    const { Table } = await client.send(new dynamodb.DescribeTableCommand({ TableName: 'ledger' }));
    expect(Table?.TableName).toBe('ledger');
  });
});

describe('typed errors of AWS JSON', () => {
  it('become the exception of the model', async () => {
    const taken = new sfn.StartExecutionCommand({ stateMachineArn: 'arn:m', name: 'taken' });
    await expect(new sfn.SFNClient(fixture.settings).send(taken)).rejects.toBeInstanceOf(
      sfn.ExecutionAlreadyExists,
    );
    const secret = new secrets.GetSecretValueCommand({ SecretId: 's' });
    await expect(new secrets.SecretsManagerClient(fixture.settings).send(secret)).rejects.toBeInstanceOf(
      secrets.ResourceNotFoundException,
    );
  });

  it('carry details', async () => {
    const put = new dynamodb.PutItemCommand({ TableName: 't', Item: { pk: { S: 'a' } } });
    const failure = await new dynamodb.DynamoDBClient(fixture.settings)
      .send(put)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(dynamodb.ConditionalCheckFailedException);
    expect(failure).toMatchObject({ message: 'No pk', Item: { pk: { S: 'there' } } });
  });

  it('keep the query code of SQS', async () => {
    const missing = new sqs.GetQueueUrlCommand({ QueueName: 'none' });
    const failure = await new sqs.SQSClient(fixture.settings).send(missing).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(sqs.QueueDoesNotExist);
    expect(failure).toMatchObject({ Code: 'AWS.SimpleQueueService.NonExistentQueue' });
  });
});

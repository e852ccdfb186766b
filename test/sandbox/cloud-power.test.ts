import {
  DeleteItemCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetBucketTaggingCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type Assembly,
  account,
  region,
  type SmallCloud,
  smallAssembly,
  startSmall,
} from './cloud/fixture.ts';

let assembly: Assembly;
let small: SmallCloud;
let writer: DynamoDBClient;

beforeAll(async () => {
  assembly = await smallAssembly();
  small = await startSmall(assembly);
  writer = new DynamoDBClient(small.as('small-writer') as never);
});
afterAll(async () => {
  await small.cloud.stop();
  assembly.remove();
});

const insert = (client: DynamoDBClient, pk: string, sk: number) =>
  client.send(
    new ExecuteStatementCommand({
      Statement: `INSERT INTO "${small.ledgerName}" VALUE {'pk': ?, 'sk': ?, 'body': ?}`,
      Parameters: [{ S: pk }, { N: String(sk) }, { S: 'first' }],
    }),
  );

const bucketOf = (name: string) => ({
  name,
  region,
  creationDate: '2026-01-01T00:00:00Z',
  tags: {},
  website: false,
  mfaDelete: false,
  replication: false,
  objects: {},
});

describe('the ledger table', () => {
  it('takes an insert under the leading key of the role and refuses one under another', async () => {
    await insert(writer, 'a#decision', 1);
    await expect(insert(writer, 'a#fact', 1)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('dynamodb:PartiQLInsert'),
    });
    const worker = new DynamoDBClient(small.as('small-work') as never);
    await expect(insert(worker, 'a#decision', 2)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('refuses a second insert at the same place and keeps the first', async () => {
    await insert(writer, 'twice#decision', 1);
    await expect(insert(writer, 'twice#decision', 1)).rejects.toMatchObject({
      name: 'DuplicateItemException',
    });
  });

  it('refuses every overwrite by its own policy, whatever the role allows', async () => {
    const Key = { pk: { S: 'a#decision' }, sk: { N: '1' } };
    const TableName = small.ledgerName;
    const denied = { name: 'AccessDeniedException', message: expect.stringContaining('explicit deny') };
    await expect(writer.send(new PutItemCommand({ TableName, Item: Key }))).rejects.toMatchObject(denied);
    await expect(writer.send(new DeleteItemCommand({ TableName, Key }))).rejects.toMatchObject(denied);
    const update = new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'SET body = :b',
      ExpressionAttributeValues: { ':b': { S: 'changed' } },
    });
    await expect(writer.send(update)).rejects.toMatchObject(denied);
  });

  it.each([
    ['an update', `UPDATE "t" SET body=? WHERE pk=?`],
    ['a literal value', `INSERT INTO "t" VALUE {'pk': 'a', 'sk': ?}`],
  ])('refuses PartiQL that it does not know: %s', async (_, Statement) => {
    const statement = new ExecuteStatementCommand({ Statement, Parameters: [{ S: 'a' }] });
    await expect(writer.send(statement)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('executes only INSERT'),
    });
  });

  it('is read by the auditor, who can write nothing', async () => {
    const auditor = new DynamoDBClient(small.as('auditor') as never);
    const Key = { pk: { S: 'a#decision' }, sk: { N: '1' } };
    const { Item } = await auditor.send(new GetItemCommand({ TableName: small.ledgerName, Key }));
    expect(Item?.body?.S).toBe('first');
    await expect(insert(auditor, 'a#decision', 2)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('gives a query the leading key that its condition names, also by another placeholder', async () => {
    const project = new DynamoDBClient(small.as('small-project') as never);
    const read = (pk: string) =>
      project.send(new GetItemCommand({ TableName: 'small-notes', Key: { pk: { S: pk }, sk: { S: 'x' } } }));
    await expect(read('seen')).resolves.toBeDefined();
    await expect(read('buried')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const query = new QueryCommand({
      TableName: 'small-notes',
      KeyConditionExpression: '#k = :v',
      ExpressionAttributeNames: { '#k': 'pk' },
      ExpressionAttributeValues: { ':v': { S: 'seen' } },
    });
    await expect(project.send(query)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(writer.send(query)).resolves.toMatchObject({ Count: expect.any(Number) });
  });
});

describe('credentials', () => {
  it('are worth nothing without their session token', async () => {
    const { credentials, ...rest } = small.as('small-writer');
    const guessed = { ...credentials, sessionToken: 'guessed' };
    const client = new DynamoDBClient({ ...rest, credentials: guessed } as never);
    await expect(insert(client, 'a#decision', 9)).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  it('and every refused call stands in the call log under its role', () => {
    const refused = small.cloud.callLog().filter((call) => call.role === 'small-work' && !call.allowed);
    expect(refused).toMatchObject([
      { service: 'dynamodb', operation: 'ExecuteStatement', actions: ['dynamodb:PartiQLInsert'] },
    ]);
  });
});

describe('the other services', () => {
  it('KMS opens a text only under its encryption context, and only for whom the context is allowed', async () => {
    const kms = new KMSClient(small.as('small-writer') as never);
    const KeyId = small.outputs.KeyArn;
    const context = { kind: 'approval', incident: 'one' };
    const { CiphertextBlob } = await kms.send(
      new EncryptCommand({ KeyId, Plaintext: Buffer.from('secret'), EncryptionContext: context }),
    );
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }));
    expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('secret');
    const other = new DecryptCommand({
      CiphertextBlob,
      EncryptionContext: { kind: 'approval', incident: 'two' },
    });
    await expect(kms.send(other)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    const lease = new DecryptCommand({ CiphertextBlob, EncryptionContext: { kind: 'lease' } });
    await expect(kms.send(lease)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('S3 keeps what was written and refuses to write over it when asked to', async () => {
    const s3 = new S3Client({ ...small.as('small-writer'), forcePathStyle: true } as never);
    const at = { Bucket: `small-bodies-${account}`, Key: 'bodies/ä b' };
    await s3.send(
      new PutObjectCommand({ ...at, Body: 'content', IfNoneMatch: '*', ContentType: 'text/plain' }),
    );
    const again = new PutObjectCommand({ ...at, Body: 'other', IfNoneMatch: '*' });
    await expect(s3.send(again)).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const { Body, ContentType } = await s3.send(new GetObjectCommand(at));
    expect([await Body?.transformToString(), ContentType]).toEqual(['content', 'text/plain']);
    expect((await s3.send(new HeadObjectCommand(at))).ContentLength).toBe(7);
    const missing = new GetObjectCommand({ ...at, Key: 'bodies/none' });
    await expect(s3.send(missing)).rejects.toMatchObject({ name: 'NoSuchKey' });
    const changed = new GetObjectCommand({ ...at, IfMatch: '"another"' });
    await expect(s3.send(changed)).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const elsewhere = new GetObjectCommand({ ...at, Key: 'secrets/x' });
    await expect(s3.send(elsewhere)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('S3 answers for the responder’s own bucket apart from those of the account', async () => {
    const s3 = new S3Client({ ...small.as('small-writer'), forcePathStyle: true } as never);
    const state = small.cloud.accounts.account(account);
    state.s3 = { buckets: { victim: bucketOf('victim') } };
    const ask = (Bucket: string) => s3.send(new GetBucketTaggingCommand({ Bucket }));
    await expect(ask('victim')).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('arn:aws:s3:::victim'),
    });
    await expect(ask('nowhere')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(ask(`small-bodies-${account}`)).rejects.toMatchObject({ name: 'NotImplementedBySandbox' });
    const inVictim = new GetObjectCommand({ Bucket: 'victim', Key: 'bodies/x' });
    await expect(s3.send(inVictim)).rejects.toMatchObject({ name: 'NotImplementedBySandbox' });
  });

  it('EventBridge lets nobody speak as AWS', async () => {
    const events = new EventBridgeClient(small.as('small-writer') as never);
    const Entries = [
      { Source: 'aws.guardduty', DetailType: 'GuardDuty Finding', Detail: '{"id":"forged"}' },
      { Source: 'mine', DetailType: 'anything', Detail: '{}' },
    ];
    const answer = await events.send(new PutEventsCommand({ Entries }));
    expect(answer.FailedEntryCount).toBe(1);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode ?? 'taken')).toEqual([
      'NotAuthorizedForSourceException',
      'taken',
    ]);
  });

  it('the door refuses what is no event', () => {
    expect(() => small.cloud.deliver({ source: 'aws.guardduty' })).toThrow(/no EventBridge event.*/s);
  });

  it('SES sends only as a verified identity', async () => {
    const ses = new SESv2Client(small.as('small-ask') as never);
    const mail = (FromEmailAddress: string) =>
      new SendEmailCommand({
        FromEmailAddress,
        Destination: { ToAddresses: ['x@example.com'] },
        Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } },
      });
    await expect(ses.send(mail('Robot <robot@example.com>'))).resolves.toHaveProperty('MessageId');
    await expect(ses.send(mail('boss@example.com'))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('Lambda answers errors as Lambda does, and shows a function nothing of the machine', async () => {
    const credentials = small.cloud.credentialsFor(small.outputs.MachineRole ?? '');
    const lambda = new LambdaClient({ ...small.as('operator'), credentials } as never);
    const answer = await lambda.send(
      new InvokeCommand({
        FunctionName: 'small-work',
        Payload: JSON.stringify({ id: 'x', plan: { fail: 'Odd' } }),
      }),
    );
    expect(answer.FunctionError).toBe('Unhandled');
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toMatchObject({
      errorType: 'Odd',
      errorMessage: 'as told',
    });
    await expect(lambda.send(new InvokeCommand({ FunctionName: 'small-look' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('Step Functions takes the same start twice while it runs and refuses another input', async () => {
    const states = new SFNClient(small.as('small-writer') as never);
    const stateMachineArn = `arn:aws:states:${region}:${account}:stateMachine:small`;
    const start = (input: string) =>
      states.send(new StartExecutionCommand({ stateMachineArn, name: 'again', input }));
    const first = await start('{"id":"again","patience":3}');
    const second = await start('{"id":"again","patience":3}');
    expect(second.executionArn).toBe(first.executionArn);
    await expect(start('{"id":"other"}')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await vi.waitFor(async () => expect((await small.execution('again')).status).toBe('SUCCEEDED'), 20_000);
    // Nobody answered within a second: the time-out was caught.
    expect(await small.execution('again')).toMatchObject({ status: 'SUCCEEDED', output: '"too late"' });
    await expect(start('{"id":"again","patience":3}')).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
    await expect(small.answer('again')).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });
});

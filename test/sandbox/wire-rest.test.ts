import { Readable } from 'node:stream';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as ses from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError, operation, type Service } from '../../sandbox/wire/service.ts';
import { startWireFixture, type WireFixture } from './wire-fixture.ts';

const noRequirements = () => [];
const objects = new Map<string, { readonly body: Uint8Array; readonly metadata: Record<string, string> }>();

const buckets: Service = {
  signingName: 's3',
  protocol: 'restXml',
  schemas: s3,
  operations: {
    PutObject: operation<s3.PutObjectCommandInput, s3.PutObjectCommandOutput>({
      requires: noRequirements,
      handle({ Bucket, Key, Body, Metadata, IfNoneMatch }) {
        const name = `${Bucket}/${Key}`;
        if (IfNoneMatch === '*' && objects.has(name))
          throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions did not hold', 412);
        objects.set(name, { body: Body as Uint8Array, metadata: Metadata ?? {} });
        return { ETag: '"1"' };
      },
    }),
    GetObject: operation<s3.GetObjectCommandInput, s3.GetObjectCommandOutput>({
      requires: noRequirements,
      handle({ Bucket, Key }) {
        const found = objects.get(`${Bucket}/${Key}`);
        if (!found) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
        return {
          Body: found.body,
          Metadata: found.metadata,
          ContentType: 'text/x-test',
          LastModified: new Date('2026-10-14T09:30:00Z'),
        };
      },
    }),
    HeadObject: operation<s3.HeadObjectCommandInput, s3.HeadObjectCommandOutput>({
      requires: noRequirements,
      handle({ Bucket, Key }) {
        const found = objects.get(`${Bucket}/${Key}`);
        if (!found) throw new AwsError('NotFound', 'Not Found', 404);
        return { ContentLength: found.body.byteLength };
      },
    }),
    ListObjectsV2: operation<s3.ListObjectsV2CommandInput, s3.ListObjectsV2CommandOutput>({
      requires: noRequirements,
      handle: ({ Bucket, Prefix, MaxKeys }) => ({
        Name: Bucket,
        Prefix,
        MaxKeys,
        IsTruncated: false,
        Contents: [...objects.keys()].map((name) => ({ Key: name, Size: 1, LastModified: new Date(0) })),
      }),
    }),
    PutPublicAccessBlock: operation<
      s3.PutPublicAccessBlockCommandInput,
      s3.PutPublicAccessBlockCommandOutput
    >({
      requires: noRequirements,
      handle({ PublicAccessBlockConfiguration }) {
        objects.set('block', {
          body: Buffer.from(JSON.stringify(PublicAccessBlockConfiguration)),
          metadata: {},
        });
        return {};
      },
    }),
    GetPublicAccessBlock: operation<
      s3.GetPublicAccessBlockCommandInput,
      s3.GetPublicAccessBlockCommandOutput
    >({
      requires: noRequirements,
      handle: () => ({
        PublicAccessBlockConfiguration: JSON.parse(
          Buffer.from(objects.get('block')?.body ?? []).toString(),
        ) as object,
      }),
    }),
    DeleteObjects: operation<s3.DeleteObjectsCommandInput, s3.DeleteObjectsCommandOutput>({
      requires: noRequirements,
      handle: ({ Delete }) => ({
        Deleted: Delete?.Objects?.map(({ Key }) => ({ Key })),
        Errors: [{ Key: '<&>', Code: 'Odd', Message: 'a "quoted" text' }],
      }),
    }),
    PutBucketPolicy: operation<s3.PutBucketPolicyCommandInput, s3.PutBucketPolicyCommandOutput>({
      requires: noRequirements,
      handle({ Policy }) {
        throw new AwsError('MalformedPolicy', `Not this: ${Policy}`);
      },
    }),
  },
};

const functions: Service = {
  signingName: 'lambda',
  protocol: 'restJson1',
  schemas: lambda,
  operations: {
    Invoke: operation<lambda.InvokeCommandInput, lambda.InvokeCommandOutput>({
      requires: noRequirements,
      handle({ FunctionName, InvocationType, Payload = '' }) {
        if (FunctionName === 'none') throw new AwsError('ResourceNotFoundException', 'Function not found');
        if (InvocationType === 'Event') return { StatusCode: 202 };
        return {
          StatusCode: 200,
          FunctionError: 'Unhandled',
          Payload: Payload as Uint8Array,
        };
      },
    }),
    ListFunctions: operation<lambda.ListFunctionsCommandInput, lambda.ListFunctionsCommandOutput>({
      requires: noRequirements,
      handle: ({ MaxItems }) => ({ Functions: [{ FunctionName: 'f', Timeout: MaxItems }] }),
    }),
  },
};

const mail: Service = {
  signingName: 'ses',
  protocol: 'restJson1',
  schemas: ses,
  operations: {
    SendEmail: operation<ses.SendEmailCommandInput, ses.SendEmailCommandOutput>({
      requires: noRequirements,
      handle({ Destination, Content }) {
        if (Destination?.ToAddresses?.length === 0) throw new AwsError('MessageRejected', 'No recipient');
        return { MessageId: `${Destination?.ToAddresses?.join()}:${Content?.Simple?.Subject?.Data}` };
      },
    }),
  },
};

let fixture: WireFixture;
let bucket: s3.S3Client;
beforeAll(async () => {
  fixture = await startWireFixture([buckets, functions, mail]);
  bucket = new s3.S3Client(fixture.settings);
});
afterAll(() => fixture.server.close());

describe('REST XML (S3)', () => {
  it('puts and gets bytes, headers and prefixed headers, under keys with slashes and spaces', async () => {
    const object = { Bucket: 'audit', Key: 'tile/0/x 001/ü+?' };
    await bucket.send(new s3.PutObjectCommand({ ...object, Body: 'hello', Metadata: { origin: 'test' } }));
    const got = await bucket.send(new s3.GetObjectCommand(object));
    expect(await got.Body?.transformToString()).toBe('hello');
    expect(got).toMatchObject({ Metadata: { origin: 'test' }, ContentType: 'text/x-test', ContentLength: 5 });
    expect(got.LastModified).toEqual(new Date('2026-10-14T09:30:00Z'));
    const head = await bucket.send(new s3.HeadObjectCommand(object));
    expect(head.ContentLength).toBe(5);
  });

  it('undoes the framing of streams', async () => {
    const object = { Bucket: 'audit', Key: 'streamed' };
    const text = 'x'.repeat(100_000);
    const stream = Readable.from([Buffer.from(text.slice(0, 70_000)), Buffer.from(text.slice(70_000))]);
    await bucket.send(new s3.PutObjectCommand({ ...object, Body: stream, ContentLength: text.length }));
    const got = await bucket.send(new s3.GetObjectCommand(object));
    expect(await got.Body?.transformToString()).toBe(text);
  });

  it('reads and writes XML payloads, flattened lists and special characters', async () => {
    const PublicAccessBlockConfiguration = { BlockPublicAcls: true, IgnorePublicAcls: false };
    await bucket.send(
      new s3.PutPublicAccessBlockCommand({ Bucket: 'audit', PublicAccessBlockConfiguration }),
    );
    const block = await bucket.send(new s3.GetPublicAccessBlockCommand({ Bucket: 'audit' }));
    expect(block.PublicAccessBlockConfiguration).toEqual(PublicAccessBlockConfiguration);
    const list = await bucket.send(
      new s3.ListObjectsV2Command({ Bucket: 'audit', Prefix: 'a&b', MaxKeys: 5 }),
    );
    expect(list).toMatchObject({ Name: 'audit', Prefix: 'a&b', MaxKeys: 5, IsTruncated: false });
    const gone = await bucket.send(
      new s3.DeleteObjectsCommand({ Bucket: 'audit', Delete: { Objects: [{ Key: 'a<b' }, { Key: 'c' }] } }),
    );
    expect(gone.Deleted?.map(({ Key }) => Key)).toEqual(['a<b', 'c']);
    expect(gone.Errors).toEqual([{ Key: '<&>', Code: 'Odd', Message: 'a "quoted" text' }]);
  });

  it('throws modelled errors, plain ones and those without a body', async () => {
    const missing = { Bucket: 'audit', Key: 'none' };
    await expect(bucket.send(new s3.GetObjectCommand(missing))).rejects.toBeInstanceOf(s3.NoSuchKey);
    await expect(bucket.send(new s3.HeadObjectCommand(missing))).rejects.toBeInstanceOf(s3.NotFound);
    const again = { Bucket: 'audit', Key: 'once', Body: 'x', IfNoneMatch: '*' };
    await bucket.send(new s3.PutObjectCommand(again));
    await expect(bucket.send(new s3.PutObjectCommand(again))).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    const policy = new s3.PutBucketPolicyCommand({ Bucket: 'audit', Policy: '{}' });
    await expect(bucket.send(policy)).rejects.toMatchObject({
      name: 'MalformedPolicy',
      message: 'Not this: {}',
    });
  });
});

describe('REST JSON', () => {
  it('carries payloads, headers and status codes of Lambda', async () => {
    const client = new lambda.LambdaClient(fixture.settings);
    const FunctionName = 'arn:aws:lambda:eu-west-1:111122223333:function:triage';
    const answer = await client.send(new lambda.InvokeCommand({ FunctionName, Payload: '{"a":1}' }));
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(answer.Payload?.transformToString()).toBe('{"a":1}');
    const event = await client.send(new lambda.InvokeCommand({ FunctionName, InvocationType: 'Event' }));
    expect(event.StatusCode).toBe(202);
    const { Functions } = await client.send(new lambda.ListFunctionsCommand({ MaxItems: 7 }));
    expect(Functions).toMatchObject([{ FunctionName: 'f', Timeout: 7 }]);
    await expect(client.send(new lambda.InvokeCommand({ FunctionName: 'none' }))).rejects.toBeInstanceOf(
      lambda.ResourceNotFoundException,
    );
  });

  it('carries structures of SES', async () => {
    const client = new ses.SESv2Client(fixture.settings);
    const Content = { Simple: { Subject: { Data: 'Approve?' }, Body: { Text: { Data: 'ü' } } } };
    const send = (ToAddresses: string[]) =>
      client.send(new ses.SendEmailCommand({ Destination: { ToAddresses }, Content }));
    expect((await send(['a@example.com'])).MessageId).toBe('a@example.com:Approve?');
    await expect(send([])).rejects.toBeInstanceOf(ses.MessageRejected);
  });
});

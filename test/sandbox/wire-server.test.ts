import { randomBytes } from 'node:crypto';
import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as sqs from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { decodeChunks } from '../../sandbox/wire/request.ts';
import {
  AwsError,
  operation,
  RawReply,
  type Service,
  type WireServerOptions,
} from '../../sandbox/wire/service.ts';
import { caller, startWireFixture, type WireFixture } from './wire-fixture.ts';

const requirement = { action: 'iam:GetUser', resource: 'arn:aws:iam::111122223333:user/x' };

const users: Service = {
  signingName: 'iam',
  protocol: 'awsQuery',
  schemas: iam,
  operations: {
    GetUser: operation<iam.GetUserCommandInput, iam.GetUserCommandOutput>({
      requires: () => [requirement],
      handle({ UserName }) {
        if (UserName === 'bug') throw new TypeError('a bug of ours');
        return { User: { UserName, UserId: 'u', Path: '/', Arn: 'arn', CreateDate: new Date(0), Tags: [] } };
      },
    }),
    UpdateAccessKey: operation<iam.UpdateAccessKeyCommandInput, iam.UpdateAccessKeyCommandOutput>({
      requires: () => [],
      handle: () => ({}),
    }),
  },
};

const machines: Service = { signingName: 'ec2', protocol: 'ec2Query', schemas: ec2, operations: {} };

const keys: Service = {
  signingName: 'kms',
  protocol: 'awsJson1_1',
  schemas: kms,
  operations: {
    Encrypt: operation<kms.EncryptCommandInput, kms.EncryptCommandOutput>({
      requires: () => [{ action: 'kms:Encrypt', resource: '*' }],
      handle: ({ Plaintext }) => ({ CiphertextBlob: Plaintext }),
    }),
  },
};

let fixture: WireFixture;
afterEach(() => fixture.server.close());

async function start(options?: Partial<WireServerOptions>): Promise<iam.IAMClient> {
  fixture = await startWireFixture([users, machines, keys], options);
  return new iam.IAMClient(fixture.settings);
}

const getUser = new iam.GetUserCommand({ UserName: 'x' });

describe('the recorder', () => {
  it('sees a call before and after, with what it needed and answered', async () => {
    const client = await start();
    await client.send(getUser);
    const common = {
      caller,
      service: 'iam',
      operation: 'GetUser',
      requirements: [requirement],
      allowed: true,
    };
    expect(fixture.records).toMatchObject([
      { ...common, phase: 'before', input: { UserName: 'x' } },
      { ...common, phase: 'after', output: { User: { UserName: 'x' } } },
    ]);
  });

  it('can inject an error before the call is handled', async () => {
    const client = await start({
      onCall({ phase }) {
        if (phase === 'before') throw new AwsError('Throttling', 'Rate exceeded', 400);
      },
    });
    await expect(client.send(getUser)).rejects.toMatchObject({ name: 'Throttling' });
  });

  it('sees refused calls and failures', async () => {
    const client = await start({
      authorize: () => ({ allowed: false, reason: 'User: x is not authorized' }),
    });
    await expect(client.send(getUser)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'User: x is not authorized',
    });
    expect(fixture.records.at(-1)).toMatchObject({
      phase: 'after',
      allowed: false,
      errorCode: 'AccessDenied',
    });
  });
});

describe('refusals', () => {
  it('speak each protocol', async () => {
    await start({ authorize: () => ({ allowed: false, reason: 'no' }) });
    const encrypt = new kms.EncryptCommand({ KeyId: 'k', Plaintext: Uint8Array.of(1) });
    await expect(new kms.KMSClient(fixture.settings).send(encrypt)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('of unknown credentials too', async () => {
    await start({ identify: () => undefined });
    const encrypt = new kms.EncryptCommand({ KeyId: 'k', Plaintext: Uint8Array.of(1) });
    const settings = fixture.settings;
    await expect(new iam.IAMClient(settings).send(getUser)).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    await expect(new kms.KMSClient(settings).send(encrypt)).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
    const vpcs = new ec2.EC2Client(settings).send(new ec2.DescribeVpcsCommand({}));
    await expect(vpcs).rejects.toMatchObject({ name: 'AuthFailure' });
  });
});

describe('what is not implemented', () => {
  it('names the operation', async () => {
    const client = await start();
    await expect(client.send(new iam.ListUsersCommand({}))).rejects.toMatchObject({
      name: 'NotImplementedBySandbox',
      message: 'The sandbox does not implement iam:ListUsers',
    });
    const vpcs = new ec2.EC2Client(fixture.settings).send(new ec2.DescribeVpcsCommand({}));
    await expect(vpcs).rejects.toMatchObject({ name: 'NotImplementedBySandbox' });
  });

  it('names the service', async () => {
    await start();
    const list = new sqs.SQSClient(fixture.settings).send(new sqs.ListQueuesCommand({}));
    await expect(list).rejects.toThrow('The sandbox does not implement service sqs');
  });
});

describe('bad requests', () => {
  const authorization = `AWS4-HMAC-SHA256 Credential=${caller.accessKeyId}/20261014/eu-west-1/kms/aws4_request, Signature=0`;

  async function post(
    body: string,
    headers: Record<string, string>,
  ): Promise<{ status: number; text: string }> {
    const response = await fetch(fixture.server.endpoint, { method: 'POST', body, headers });
    return { status: response.status, text: await response.text() };
  }

  it.each([
    ['without a signature', '{}', {}, 'Signature Version 4'],
    [
      'with broken JSON',
      '{',
      { authorization, 'x-amz-target': 'TrentService.Encrypt' },
      'SerializationException',
    ],
    [
      'with a wrong type',
      '{"KeyId":1}',
      { authorization, 'x-amz-target': 'TrentService.Encrypt' },
      'KeyId must be a string',
    ],
    [
      'with broken base64',
      '{"Plaintext":"%"}',
      { authorization, 'x-amz-target': 'TrentService.Encrypt' },
      'Plaintext must be base64',
    ],
    [
      'without a required member',
      '{}',
      { authorization, 'x-amz-target': 'TrentService.Encrypt' },
      "Value at 'KeyId'",
    ],
    [
      'naming no operation',
      '{}',
      { authorization, 'x-amz-target': 'TrentService.__proto__' },
      'UnknownOperationException',
    ],
  ])('%s are answered', async (_what, body, headers, expected) => {
    await start();
    const { status, text } = await post(body, headers as Record<string, string>);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).toContain(expected);
  });

  it('of odd shapes never crash the server', async () => {
    const client = await start();
    for (const path of ['/%E0%A4%A', '/?a=%', '//', '/model/x'])
      await fetch(`${fixture.server.endpoint}${path}`, { headers: { authorization } });
    await client.send(getUser);
  });

  it('that lack a required member are refused', async () => {
    const client = await start();
    const update = { AccessKeyId: 'AKIA', Status: undefined };
    await expect(client.send(new iam.UpdateAccessKeyCommand(update))).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });

  it('above 10 MB are refused, below they pass', async () => {
    await start();
    const client = new kms.KMSClient(fixture.settings);
    const Plaintext = randomBytes(6_000_000);
    const { CiphertextBlob } = await client.send(new kms.EncryptCommand({ KeyId: 'k', Plaintext }));
    expect(CiphertextBlob?.byteLength).toBe(6_000_000);
    const tooLarge = new kms.EncryptCommand({ KeyId: 'k', Plaintext: randomBytes(8_000_000) });
    await expect(client.send(tooLarge)).rejects.toMatchObject({ name: 'RequestEntityTooLarge' });
  });
});

describe('a service with a door of its own', () => {
  it('answers requests before any operation is looked up, or lets them pass', async () => {
    const http: Service['http'] = ({ headers }, { arn }) =>
      headers['x-proxy'] === 'yes' ? new RawReply(418, { 'x-arn': arn }, 'raw') : undefined;
    fixture = await startWireFixture([{ ...keys, http }]);
    const scope = `${caller.accessKeyId}/20261014/eu-west-1/kms/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, Signature=0`;
    const response = await fetch(fixture.server.endpoint, { headers: { authorization, 'x-proxy': 'yes' } });
    expect([response.status, response.headers.get('x-arn'), await response.text()]).toEqual([
      418,
      caller.arn,
      'raw',
    ]);
    const passed = await fetch(fixture.server.endpoint, { headers: { authorization } });
    expect(await passed.text()).toContain('UnknownOperationException');
  });
});

describe('the framing of streams', () => {
  it('is undone, and a broken one is refused', () => {
    const framed = Buffer.from(
      '3;chunk-signature=0\r\nabc\r\n2\r\nde\r\n0\r\nx-amz-checksum-crc32:AA==\r\n\r\n',
    );
    expect(Buffer.from(decodeChunks(framed)).toString()).toBe('abcde');
    expect(() => decodeChunks(Buffer.from('zz\r\n'))).toThrow(AwsError);
    expect(() => decodeChunks(framed.subarray(0, 30))).toThrow(AwsError);
  });
});

describe('our own bugs', () => {
  it('are internal failures for the client, not hanging connections', async () => {
    const client = await start();
    await expect(client.send(new iam.GetUserCommand({ UserName: 'bug' }))).rejects.toMatchObject({
      name: 'InternalFailure',
      message: expect.stringContaining('a bug of ours'),
    });
  });
});

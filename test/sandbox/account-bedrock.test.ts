import * as bedrock from '@aws-sdk/client-bedrock';
import * as s3 from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newBucket } from '../../sandbox/account/s3/state.ts';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, admin, type Fixture, region, startFixture, stolen } from './account-fixture.ts';

const creationDate = '2026-01-01T00:00:00Z';
const policyFor = (service: string, action = 's3:PutObject') =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: action, Resource: '*' }],
  });
const bucketOf = (name: string, policy: string | undefined, home = region) => ({
  ...newBucket(name, home, '2026-01-01T00:00:00Z'),
  policy,
});
let fixture: Fixture;
let fresh: CloudState;

beforeAll(async () => {
  fixture = await startFixture();
  const buckets = [
    bucketOf('models-logs', policyFor('bedrock.amazonaws.com')),
    bucketOf('models-star', policyFor('bedrock.amazonaws.com', 's3:Put*')),
    bucketOf('models-closed', undefined),
    bucketOf('models-other', policyFor('delivery.logs.amazonaws.com')),
    bucketOf('models-read', policyFor('bedrock.amazonaws.com', 's3:GetObject')),
    bucketOf('models-far', policyFor('bedrock.amazonaws.com'), 'us-east-1'),
  ];
  fixture.cloud.account(account).s3 = { buckets: Object.fromEntries(buckets.map((one) => [one.name, one])) };
  fixture.cloud.account('999988887777').s3 = {
    buckets: { 'models-theirs': bucketOf('models-theirs', policyFor('bedrock.amazonaws.com')) },
  };
  fresh = fixture.cloud.snapshot();
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const settings = (credentials: typeof admin) => ({
  endpoint: fixture.server.endpoint,
  region,
  credentials,
  maxAttempts: 1,
});
const client = (credentials = admin) => new bedrock.BedrockClient(settings(credentials));
const put = (loggingConfig: bedrock.LoggingConfig, credentials = admin) =>
  client(credentials).send(new bedrock.PutModelInvocationLoggingConfigurationCommand({ loggingConfig }));
const logged = async () =>
  (await client().send(new bedrock.GetModelInvocationLoggingConfigurationCommand({}))).loggingConfig;
const list = (input: s3.ListBucketsCommandInput) =>
  new s3.S3Client(settings(admin)).send(new s3.ListBucketsCommand(input));

it.each(['models-logs', 'models-star'])('logs into %s, until that is deleted', async (bucketName) => {
  expect(await logged()).toBeUndefined();
  const config = { s3Config: { bucketName }, textDataDeliveryEnabled: true };
  await put(config);
  expect(await logged()).toEqual(config);
  await client().send(new bedrock.DeleteModelInvocationLoggingConfigurationCommand({}));
  await client().send(new bedrock.DeleteModelInvocationLoggingConfigurationCommand({}));
  expect(await logged()).toBeUndefined();
});

it.each(['models-closed', 'models-other', 'models-read', 'models-far', 'models-theirs', 'nothing-here'])(
  'does not log into %s',
  async (bucketName) => {
    await expect(put({ s3Config: { bucketName } })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(bucketName),
    });
  },
);

it('logs nowhere without a destination', async () => {
  await expect(put({ textDataDeliveryEnabled: true })).rejects.toMatchObject({ name: 'ValidationException' });
});

it('needs the power to pass the role with which it writes into a log group', async () => {
  const all = { Effect: 'Allow', Action: 'bedrock:*', Resource: '*' };
  Object.assign(fixture.cloud.account(account).iam.users['ci-deploy']?.inlinePolicies ?? {}, {
    all: JSON.stringify({ Statement: [all] }),
  });
  const cloudWatchConfig = { logGroupName: 'models', roleArn: `arn:aws:iam::${account}:role/web` };
  await expect(put({ cloudWatchConfig }, stolen)).rejects.toThrow('iam:PassRole');
  await put({ cloudWatchConfig });
  expect(await logged()).toEqual({ cloudWatchConfig });
});

it('lists the account’s own buckets by prefix, region and page', async () => {
  const first = await list({ Prefix: 'models-', MaxBuckets: 2 });
  expect(first.Buckets).toEqual([
    { Name: 'models-closed', CreationDate: new Date(creationDate), BucketRegion: region },
    { Name: 'models-far', CreationDate: new Date(creationDate), BucketRegion: 'us-east-1' },
  ]);
  const rest = await list({ Prefix: 'models-', ContinuationToken: first.ContinuationToken });
  expect([rest.Buckets?.length, rest.ContinuationToken]).toEqual([4, undefined]);
  expect((await list({ BucketRegion: 'us-east-1' })).Buckets?.map(({ Name }) => Name)).toEqual([
    'models-far',
  ]);
  expect((await list({ Prefix: 'models-theirs' })).Buckets ?? []).toEqual([]);
});

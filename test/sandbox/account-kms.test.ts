import * as kms from '@aws-sdk/client-kms';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { KeyState } from '../../sandbox/account/kms/state.ts';
import type { CloudState } from '../../sandbox/account/state.ts';
import type { CallRecord } from '../../sandbox/wire/service.ts';
import { account, admin, type Fixture, now, region, startFixture } from './account-fixture.ts';

const KeyId = '0a000000-0000-4000-8000-000000000001';
const arn = `arn:aws:kms:${region}:${account}:key/${KeyId}`;
const policyFor = (principal: string) =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'kms:*', Resource: '*' }],
  });
const key: KeyState = {
  keyId: KeyId,
  description: 'orders',
  keyManager: 'CUSTOMER',
  keyState: 'Enabled',
  replicas: 0,
  materialMissing: false,
  policy: policyFor(`arn:aws:iam::${account}:root`),
  tags: { team: 'shop' },
};
let fixture: Fixture;
let fresh: CloudState;
let client: kms.KMSClient;

beforeAll(async () => {
  fixture = await startFixture();
  fixture.cloud.region(account, region).kms.keys[KeyId] = key;
  fresh = fixture.cloud.snapshot();
  client = new kms.KMSClient({
    endpoint: fixture.server.endpoint,
    region,
    credentials: admin,
    maxAttempts: 1,
  });
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const change = (more: Partial<KeyState>) =>
  Object.assign(fixture.cloud.region(account, region).kms.keys[KeyId] ?? {}, more);
const described = async () => (await client.send(new kms.DescribeKeyCommand({ KeyId }))).KeyMetadata;

it('is described with its state, and its tags apart', async () => {
  expect(await described()).toMatchObject({ Arn: arn, Enabled: true, KeyState: 'Enabled' });
  const { Tags } = await client.send(new kms.ListResourceTagsCommand({ KeyId: arn }));
  expect(Tags).toEqual([{ TagKey: 'team', TagValue: 'shop' }]);
});

it('waits for its deletion, comes back disabled, and is enabled again', async () => {
  const scheduled = await client.send(new kms.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 8 }));
  expect(scheduled.DeletionDate?.getTime()).toBe(now.getTime() + 8 * 86_400_000);
  expect(await described()).toMatchObject({ KeyState: 'PendingDeletion', Enabled: false });
  await client.send(new kms.CancelKeyDeletionCommand({ KeyId }));
  const back = await described();
  expect([back?.KeyState, back?.DeletionDate]).toEqual(['Disabled', undefined]);
  await client.send(new kms.EnableKeyCommand({ KeyId }));
  expect((await described())?.KeyState).toBe('Enabled');
});

it.each([6, 31])('does not wait for %i days', async (PendingWindowInDays) => {
  const schedule = new kms.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays });
  await expect(client.send(schedule)).rejects.toMatchObject({ name: 'ValidationException' });
});

it.each([
  ['PendingDeletion', new kms.ScheduleKeyDeletionCommand({ KeyId })],
  ['PendingDeletion', new kms.EnableKeyCommand({ KeyId })],
  ['Enabled', new kms.CancelKeyDeletionCommand({ KeyId })],
] as const)('that is %s refuses what its state does not allow', async (keyState, command) => {
  change({ keyState });
  await expect(client.send(command as never)).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
});

it('that has replicas waits for them without a date', async () => {
  change({ replicas: 1 });
  const answer = await client.send(new kms.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 10 }));
  expect([answer.KeyState, answer.DeletionDate]).toEqual(['PendingReplicaDeletion', undefined]);
  expect(await described()).toMatchObject({ PendingDeletionWindowInDays: 10 });
});

it('is closed to whom its policy does not let in, whatever IAM allows', async () => {
  change({ policy: policyFor(`arn:aws:iam::${account}:user/ci-deploy`) });
  await expect(described()).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('resource-based policy'),
  });
});

it.each([
  ['0c000000-0000-4000-8000-000000000001', 'NotFoundException'],
  [arn.replace(account, '999988887777'), 'NotFoundException'],
  ['constructor', 'NotFoundException'],
  ['arn:aws:s3:::bucket', 'InvalidArnException'],
])('%s is no key', async (other, name) => {
  await expect(client.send(new kms.DescribeKeyCommand({ KeyId: other }))).rejects.toMatchObject({ name });
});

it.each([
  ['kms', 'DescribeKey', true],
  ['kms', 'Decrypt', false],
  ['secretsmanager', 'DescribeSecret', true],
  ['secretsmanager', 'GetSecretValue', false],
  ['sqs', 'SendMessage', false],
])('a call of %s:%s is the account’s, or the responder’s own: %s', (service, operation, isAccounts) => {
  expect(fixture.side.answers({ service, operation } as CallRecord)).toBe(isAccounts);
});

it('is in the event history when its deletion is scheduled', async () => {
  await client.send(new kms.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  expect(fixture.cloud.account(account).events.at(-1)).toMatchObject({
    eventName: 'ScheduleKeyDeletion',
    eventSource: 'kms.amazonaws.com',
    awsRegion: region,
    requestParameters: { keyId: KeyId, pendingWindowInDays: 7 },
  });
});

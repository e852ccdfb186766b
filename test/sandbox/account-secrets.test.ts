import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { SecretState } from '../../sandbox/account/secretsmanager/state.ts';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, admin, type Fixture, region, startFixture, stolen } from './account-fixture.ts';

const OLD = '0a000000-0000-4000-8000-000000000001';
const CURRENT = '0a000000-0000-4000-8000-000000000002';
const NEW = '0a000000-0000-4000-8000-000000000003';
const arn = `arn:aws:secretsmanager:${region}:${account}:secret:shop/orders-AbCdEf`;
let fixture: Fixture;
let fresh: CloudState;
let client: secretsmanager.SecretsManagerClient;
const clientOf = (credentials: typeof admin) =>
  new secretsmanager.SecretsManagerClient({
    endpoint: fixture.server.endpoint,
    region,
    credentials,
    maxAttempts: 1,
  });

beforeAll(async () => {
  fixture = await startFixture();
  fixture.cloud.region(account, region).secretsmanager.secrets['shop/orders'] = {
    name: 'shop/orders',
    suffix: 'AbCdEf',
    rotationLambdaArn: `arn:aws:lambda:${region}:${account}:function:rotate`,
    rotationEnabled: true,
    versions: { [OLD]: ['AWSPREVIOUS'], [CURRENT]: ['AWSCURRENT'] },
    tags: { team: 'shop' },
  };
  fresh = fixture.cloud.snapshot();
  client = clientOf(admin);
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const secret = () =>
  fixture.cloud.region(account, region).secretsmanager.secrets['shop/orders'] as SecretState;
const rotate = (ClientRequestToken = NEW) =>
  client.send(new secretsmanager.RotateSecretCommand({ SecretId: arn, ClientRequestToken }));
const move = (input: Partial<secretsmanager.UpdateSecretVersionStageCommandInput>) =>
  client.send(
    new secretsmanager.UpdateSecretVersionStageCommand({
      SecretId: arn,
      VersionStage: 'AWSCURRENT',
      ...input,
    }),
  );

it.each([arn, 'shop/orders', arn.replace('-AbCdEf', '')])('is described by %s', async (SecretId) => {
  const answer = await client.send(new secretsmanager.DescribeSecretCommand({ SecretId }));
  expect(answer).toMatchObject({
    ARN: arn,
    Name: 'shop/orders',
    RotationEnabled: true,
    VersionIdsToStages: { [OLD]: ['AWSPREVIOUS'], [CURRENT]: ['AWSCURRENT'] },
    Tags: [{ Key: 'team', Value: 'shop' }],
  });
});

it('is rotated once for a token; what loses its last label is gone', async () => {
  expect((await rotate()).VersionId).toBe(NEW);
  await rotate();
  expect(secret().versions).toEqual({ [CURRENT]: ['AWSPREVIOUS'], [NEW]: ['AWSCURRENT'] });
});

it.each([
  ['a rotation is not over', { versions: { [CURRENT]: ['AWSCURRENT'], [OLD]: ['AWSPENDING'] } }],
  ['there is no function', { rotationLambdaArn: undefined }],
  ['it is a replica', { primaryRegion: 'us-east-1' }],
  ['it is marked for deletion', { deletedDate: '2026-10-01T00:00:00Z' }],
])('is not rotated while %s', async (_, change) => {
  Object.assign(secret(), change);
  await expect(rotate()).rejects.toMatchObject({ name: 'InvalidRequestException' });
});

it('is not rotated under a token that is too short', async () => {
  await expect(rotate('short')).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

it('needs the power to invoke the rotation function too', async () => {
  const all = { Effect: 'Allow', Action: 'secretsmanager:*', Resource: '*' };
  Object.assign(fixture.cloud.account(account).iam.users['ci-deploy']?.inlinePolicies ?? {}, {
    rotate: JSON.stringify({ Statement: [all] }),
  });
  const command = new secretsmanager.RotateSecretCommand({ SecretId: arn, ClientRequestToken: NEW });
  await expect(clientOf(stolen).send(command)).rejects.toThrow('lambda:InvokeFunction');
});

it('moves AWSCURRENT back, and AWSPREVIOUS with it', async () => {
  await move({ MoveToVersionId: OLD, RemoveFromVersionId: CURRENT });
  expect(secret().versions).toEqual({ [OLD]: ['AWSCURRENT'], [CURRENT]: ['AWSPREVIOUS'] });
});

it.each([
  ['from where it is not', { MoveToVersionId: OLD, RemoveFromVersionId: OLD }, 'InvalidParameterException'],
  ['from nowhere', { MoveToVersionId: OLD }, 'InvalidParameterException'],
  ['away', { RemoveFromVersionId: CURRENT }, 'InvalidParameterException'],
  ['to a version that is gone', { MoveToVersionId: NEW }, 'ResourceNotFoundException'],
  ['of a secret that is not there', { SecretId: 'gone' }, 'ResourceNotFoundException'],
])('does not move a label %s', async (_, input, name) => {
  await expect(move(input)).rejects.toMatchObject({ name });
});

it('removes a label that is not the current one', async () => {
  secret().versions = { [CURRENT]: ['AWSCURRENT'], [NEW]: ['AWSPENDING'] };
  await move({ VersionStage: 'AWSPENDING', RemoveFromVersionId: NEW });
  expect(secret().versions).toEqual({ [CURRENT]: ['AWSCURRENT'] });
});

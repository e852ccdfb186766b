import { afterEach, expect, test } from 'vitest';
import { enableBedrockLogging } from '../../functions/actions/enable-bedrock-logging/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { newBucket } from '../../sandbox/account/s3/state.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { BUCKET } from './cases/enable-bedrock-logging.ts';
import { logBucket } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

interface Situation {
  readonly id?: string;
  readonly bucket?: string;
  readonly buckets?: readonly object[];
  readonly logging?: object;
}

async function plan({
  id = ACCOUNT,
  bucket = BUCKET,
  buckets = [logBucket(BUCKET)],
  logging,
}: Situation = {}) {
  under = await AccountUnderTest.start({ s3: { buckets }, ...(logging ? { bedrock: { logging } } : {}) });
  // A stranger's bucket is there as well.
  under.cloud.account('999988887777').s3 = {
    buckets: {
      'mallory-logs': newBucket('mallory-logs', REGION, '2026-01-01T00:00:00Z'),
    },
  };
  return planCase(enableBedrockLogging, { target: target('account', id), params: { bucket } }, under);
}

async function planned(situation: Situation = {}) {
  const { planned: step } = await plan(situation);
  return { step, session: await under.session(enableBedrockLogging, step) };
}

const bedrock = () => under.cloud.region(ACCOUNT, REGION).bedrock;
const everything = {
  textDataDeliveryEnabled: true,
  imageDataDeliveryEnabled: true,
  embeddingDataDeliveryEnabled: true,
  videoDataDeliveryEnabled: true,
  audioDataDeliveryEnabled: true,
};
const toLogGroup = {
  cloudWatchConfig: { logGroupName: 'models', roleArn: `arn:aws:iam::${ACCOUNT}:role/bedrock-logs` },
  textDataDeliveryEnabled: true,
};

test('what is logged there already needs nothing', async () => {
  await expect(plan({ logging: { s3Config: { bucketName: BUCKET }, ...everything } })).rejects.toMatchObject({
    name: 'NothingToDoError',
    message:
      "Bedrock's logging in eu-west-1 already writes everything to example-model-logs: there is nothing to do",
  });
});

test('one kind of data that is left out is not everything', async () => {
  const logging = { s3Config: { bucketName: BUCKET }, ...everything, imageDataDeliveryEnabled: false };
  expect((await plan({ logging })).planned.before).toEqual({ configured: logging });
});

test('what is logged into a log group is left to people: putting it back would take passing its role', async () => {
  await expect(plan({ logging: toLogGroup })).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      "Bedrock's logging in eu-west-1 is already set to a CloudWatch log group: to replace it, and later put it back, takes the right to pass its role, which nobody has here; change it by hand",
  });
});

test.each([
  ['a stranger’s', 'mallory-logs'],
  ['nobody’s', 'nobody-has-this'],
  ['one whose name only begins like ours', 'example-model-log'],
])('a bucket that is %s is refused', async (_, bucket) => {
  await expect(plan({ bucket })).rejects.toMatchObject({
    name: 'NotOursError',
    message: `bucket ${bucket} is not ours to change: this account has none of that name, and a log stays at home`,
  });
});

test('a bucket of another region is refused', async () => {
  const buckets = [logBucket(BUCKET, { region: 'us-east-1' })];
  await expect(plan({ buckets })).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'bucket example-model-logs is in us-east-1: Bedrock logs only into a bucket of its own region; name one in eu-west-1',
  });
});

test.each([
  '',
  'ab',
  'UPPER-CASE',
  'two..dots',
  '-begins',
  'ends-',
  'with/prefix',
  'arn:aws:s3:::bucket',
  'a b c',
])('%j is no name of a bucket', async (bucket) => {
  await expect(plan({ bucket })).rejects.toThrow(/Invalid string|pattern/);
});

test('another account is not ours', async () => {
  await expect(plan({ id: '999988887777' })).rejects.toMatchObject({
    name: 'NotOursError',
    message: 'account 999988887777 is not ours to change: we are in another one',
  });
});

test('a bucket that does not let Bedrock in is named, and nothing has changed', async () => {
  const { step, session } = await planned({ buckets: [logBucket(BUCKET, { policy: undefined })] });
  await expect(enableBedrockLogging.execute(step, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'bucket example-model-logs is closed to Bedrock: its policy must let bedrock.amazonaws.com put objects for this account, and it must be of this region',
  });
  expect(bedrock().logging).toBeUndefined();
});

test.each([
  ['into another bucket', { s3Config: { bucketName: 'mallory-logs' }, ...everything }],
  ['without the texts', { s3Config: { bucketName: BUCKET }, ...everything, textDataDeliveryEnabled: false }],
  ['into a log group', toLogGroup],
])('what somebody else logs %s since is not done, and not overwritten', async (_, logging) => {
  const { step, session } = await planned();
  await enableBedrockLogging.execute(step, session, execution);
  bedrock().logging = logging;
  expect((await enableBedrockLogging.verify(step, session, execution)).status).toBe('not-done');
  await expect(enableBedrockLogging.rollback(step, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    target: "Bedrock's logging in eu-west-1",
  });
  expect(bedrock().logging).toEqual(logging);
});

test('whoever has deleted it since has done the undo of a region that logged nothing', async () => {
  const { step, session } = await planned();
  await enableBedrockLogging.execute(step, session, execution);
  delete bedrock().logging;
  await enableBedrockLogging.rollback(step, session, execution);
  expect(under.calls.map(({ operation }) => operation)).not.toContain(
    'DeleteModelInvocationLoggingConfiguration',
  );
});

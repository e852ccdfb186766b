import { describe, expect, test } from 'vitest';
import { runStage } from '../../functions/analyst/loop.ts';
import { normalise } from '../../functions/sources/normalise.ts';
import { bareControl, bareFinding } from '../sources/bare.ts';
import { type Answers, INCIDENT, stageOver } from './bench.ts';
import {
  accountBlockedBucket,
  blockedBucket,
  describedCluster,
  privateDatabase,
  publicBucket,
  publicDatabase,
  runningFunction,
  stoppedFunction,
  taskOfNobody,
  taskOfService,
} from './described.ts';
import { noHistory } from './findings.ts';

const at = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:111122223333:${resource}`;

/** The verdict on one or more documents, in the words that the tests speak of. */
async function judged(documents: readonly unknown[], answers: Answers) {
  const parts = await stageOver(documents.flatMap(normalise), {
    answers: { 'entity-history': noHistory, ...answers },
    stage: 'investigate',
  });
  await runStage(parts);
  const { verdict: reached } = await parts.ledger.read(INCIDENT);
  const verdict = reached?.verdict;
  expect(reached?.struck).toBe(0);
  return {
    disposition: verdict?.disposition,
    proposed: verdict?.proposals.map(({ action }) => action),
    claims: verdict?.claims.map(({ text }) => text).join(' '),
  };
}

const detected = (type: string, resource: object, more: object = {}) => ({
  ...bareFinding(),
  type,
  resource,
  service: { count: 1 },
  ...more,
});
const bucket = (name = 'data') => ({
  resourceType: 'S3Bucket',
  s3BucketDetails: [{ name, arn: `arn:aws:s3:::${name}`, publicAccess: { effectivePermission: 'PUBLIC' } }],
});
const control = (id: string, type: string, resource: string) => ({
  ...bareControl(),
  GeneratorId: `security-control/${id}`,
  Compliance: { Status: 'FAILED', SecurityControlId: id },
  Resources: [{ Type: type, Id: resource, Region: 'eu-central-1' }],
});

describe('a bucket that was opened', () => {
  const opened = detected('Policy:S3/BucketAnonymousAccessGranted', bucket());
  const block = ['block-bucket-public-access'];

  test('and is open still is closed, with what it serves on the record', async () => {
    const verdict = await judged([opened], { 'describe-bucket': publicBucket });
    expect(verdict).toMatchObject({ disposition: 'true-positive', proposed: block });
    expect(verdict.claims).toContain('The public reaches it now: true; it serves a website: false.');
  });

  test.each([blockedBucket, accountBlockedBucket])(
    'and was closed meanwhile needs no plan, and is a true finding all the same',
    async (answer) => {
      const verdict = await judged([opened], { 'describe-bucket': answer });
      expect(verdict).toMatchObject({ disposition: 'true-positive', proposed: [] });
      expect(verdict.claims).toContain('The public reaches it now: false.');
    },
  );

  test.each([
    ['something was not read', { ...blockedBucket, unread: ['ACLs of objects'] }],
    ['something was cut', { ...blockedBucket, truncated: true }],
    ['it could not be asked', new Error('AccessDenied')],
    ['it is not there', null],
  ])('counts as open where %s', async (_, answer) => {
    expect((await judged([opened], { 'describe-bucket': answer })).proposed).toEqual(block);
  });

  test('is closed though another bucket of the incident was closed meanwhile', async () => {
    const documents = [opened, { ...detected(opened.type, bucket('other')), id: 'f2' }];
    const answers = { 'describe-bucket e1': publicBucket, 'describe-bucket': blockedBucket };
    expect((await judged(documents, answers)).proposed).toContain('block-bucket-public-access');
  });
});

describe("a bucket's settings that are taken off", () => {
  const type = 'Policy:S3/BucketBlockPublicAccessDisabled';
  const off = (severity: number) => detected(type, bucket(), { severity });

  test('have no effect where the account keeps the public out of all its buckets', async () => {
    const verdict = await judged([off(2)], { 'describe-bucket': accountBlockedBucket });
    expect(verdict).toMatchObject({ disposition: 'benign', proposed: [] });
  });

  test.each([
    ['a graver finding', off(8), accountBlockedBucket],
    ["settings of the bucket's own, which can be taken off again", off(2), blockedBucket],
    ['a public bucket', off(2), publicBucket],
    ['no answer', off(2), new Error('AccessDenied')],
  ])('are not dismissed with %s', async (_, finding, answer) => {
    expect((await judged([finding], { 'describe-bucket': answer })).disposition).toBe('true-positive');
  });

  test('are not dismissed where another bucket is in the incident', async () => {
    const documents = [off(2), { ...detected(type, bucket('other'), { severity: 2 }), id: 'f2' }];
    const { disposition } = await judged(documents, { 'describe-bucket': accountBlockedBucket });
    expect(disposition).toBe('true-positive');
  });
});

describe('a control that failed hours ago', () => {
  const s3 = (id: string) => control(id, 'AwsS3Bucket', 'arn:aws:s3:::data');
  const rds = control('RDS.2', 'AwsRdsDbInstance', at('rds', 'db:orders'));

  test.each([
    ['S3.2', blockedBucket, []],
    ['S3.2', accountBlockedBucket, []],
    ['S3.8', blockedBucket, []],
    // It asks for the bucket's own settings.
    ['S3.8', accountBlockedBucket, ['block-bucket-public-access']],
    ['S3.2', publicBucket, ['block-bucket-public-access']],
    ['S3.6', publicBucket, ['restrict-bucket']],
  ])('%s is answered by what the bucket is now', async (id, answer, proposed) => {
    const verdict = await judged([s3(id)], { 'describe-bucket': answer });
    expect(verdict).toMatchObject({ disposition: 'true-positive', proposed });
  });

  test.each([
    [publicDatabase, ['make-database-private'], 'the internet reaches it on its port: true'],
    [
      { ...publicDatabase, internetReachable: false },
      ['make-database-private'],
      'the internet reaches it on its port: false',
    ],
    [privateDatabase, [], 'The database has a public address now: false.'],
  ])('so is RDS.2 by what the database is', async (answer, proposed, words) => {
    const verdict = await judged([rds], { 'describe-database': answer });
    expect(verdict).toMatchObject({ disposition: 'true-positive', proposed });
    expect(verdict.claims).toContain(words);
  });

  test('of a function or cluster says what is reached', async () => {
    const lambda = control('Lambda.1', 'AwsLambdaFunction', at('lambda', 'function:hook'));
    const called = await judged([lambda], { 'describe-function': runningFunction });
    expect(called.claims).toContain('Anybody may start the function now: true; it is stopped: false.');
    const eks = control('EKS.1', 'AwsEksCluster', at('eks', 'cluster/shop'));
    const reached = await judged([eks], { 'describe-cluster': describedCluster });
    expect(reached.claims).toContain('The API of the cluster answers the whole internet: true.');
  });
});

describe('a stranger who logged in to a database', () => {
  const finding = detected('CredentialAccess:RDS/TorIPCaller.SuccessfulLogin', {
    resourceType: 'RDSDBInstance',
    rdsDbInstanceDetails: { dbInstanceIdentifier: 'orders', dbInstanceArn: at('rds', 'db:orders') },
  });

  test('by its public address is shut out', async () => {
    const verdict = await judged([finding], { 'describe-database': publicDatabase });
    expect(verdict.proposed).toEqual(['make-database-private']);
  });

  test('by another way is not, since there is no address to take away', async () => {
    const verdict = await judged([finding], { 'describe-database': privateDatabase });
    expect(verdict).toMatchObject({ disposition: 'true-positive', proposed: [] });
  });

  test('is shut out where the database could not be asked', async () => {
    const verdict = await judged([finding], { 'describe-database': new Error('throttled') });
    expect(verdict.proposed).toEqual(['make-database-private']);
  });
});

describe('a function that talks to a command server', () => {
  const finding = detected('Backdoor:Lambda/C&CActivity.B', {
    resourceType: 'Lambda',
    lambdaDetails: { functionArn: at('lambda', 'function:thumbnails') },
  });

  test.each([
    [runningFunction, ['stop-function']],
    [stoppedFunction, []],
  ])('is stopped unless it is already', async (answer, proposed) => {
    const verdict = await judged([finding], { 'describe-function': answer });
    expect(verdict).toMatchObject({ disposition: 'true-positive', proposed });
  });
});

describe('a task with malware', () => {
  const finding = detected('Execution:ECS/MaliciousFile', {
    resourceType: 'ECSCluster',
    ecsClusterDetails: {
      arn: at('ecs', 'cluster/shop'),
      taskDetails: { arn: at('ecs', 'task/shop/0a0a') },
    },
  });

  test.each([
    [taskOfService, ['stop-service']],
    [taskOfNobody, []],
  ])('costs its service, if a service keeps it running', async (answer, proposed) => {
    const verdict = await judged([finding], { 'describe-service': answer });
    expect(verdict).toMatchObject({ disposition: 'true-positive', proposed });
    expect(verdict.claims).toContain('privileged: true');
  });
});

describe('access for everybody, as Access Analyzer found it', () => {
  const granted = (Type: string, Id: string) => ({
    ...bareControl(),
    ProductArn: 'arn:aws:securityhub:eu-central-1::product/aws/access-analyzer',
    GeneratorId: 'aws/access-analyzer',
    Types: ['Software and Configuration Checks/AWS Security Best Practices/External Access Granted'],
    Compliance: undefined,
    Resources: [{ Type, Id, Region: 'eu-central-1', Details: { Other: { 'External Principal': '*' } } }],
  });
  const bucketGranted = granted('AwsS3Bucket', 'arn:aws:s3:::data');
  const functionGranted = granted('AwsLambdaFunction', at('lambda', 'function:hook'));

  test.each([
    [bucketGranted, { 'describe-bucket': publicBucket }, ['block-bucket-public-access']],
    [bucketGranted, { 'describe-bucket': blockedBucket }, []],
    [
      functionGranted,
      { 'describe-function': runningFunction },
      ['remove-function-permission', 'close-function-url'],
    ],
    [functionGranted, { 'describe-function': stoppedFunction }, []],
  ])('is taken back where it still is', async (document, answers, proposed) => {
    expect((await judged([document], answers)).proposed).toEqual(proposed);
  });
});

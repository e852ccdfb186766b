import { describe, expect, test } from 'vitest';
import { runStage } from '../../functions/analyst/loop.ts';
import { normalise } from '../../functions/sources/normalise.ts';
import { bareControl, bareFinding } from '../sources/bare.ts';
import { openedBucket, sensitiveObject } from '../sources/other-services.ts';
import { INCIDENT, stageOver } from './bench.ts';
import { activeKey, foreignActivity, noHistory } from './findings.ts';

const at = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:111122223333:${resource}`;
const answers = {
  'access-key-last-used': activeKey,
  'principal-activity': foreignActivity,
  'entity-history': noHistory,
};

/** What the rules propose: `action id` with its parameters, or nothing. */
async function proposed(document: unknown): Promise<string[]> {
  const parts = await stageOver(normalise(document), { answers, stage: 'investigate' });
  await runStage(parts);
  const { verdict: reached, entities } = await parts.ledger.read(INCIDENT);
  expect(reached?.struck).toBe(0);
  return (reached?.verdict.proposals ?? []).map(({ action, target, params }) => {
    const id = entities.find(({ handle }) => handle === target)?.id;
    return [action, id, ...Object.values(params)].join(' ');
  });
}

const detected = (type: string, resource: object, service: object = {}) => ({
  ...bareFinding(),
  type,
  resource,
  service: { count: 1, ...service },
});

const bucket = (details: object = {}, resourceType = 'S3Bucket') => ({
  resourceType,
  s3BucketDetails: [{ name: 'data', arn: 'arn:aws:s3:::data', ...details }],
});
const isPublic = { publicAccess: { effectivePermission: 'PUBLIC' } };
const caller = (userType: string, userName: string) => ({
  accessKeyDetails: { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', userType, userName },
});
const remoteAccount = (details: object) => ({
  action: {
    actionType: 'AWS_API_CALL',
    awsApiCallAction: {
      api: 'GetObject',
      remoteAccountDetails: { accountId: '444455556666', ...details },
    },
  },
});

describe('buckets', () => {
  test.each([
    ['Policy:S3/BucketAnonymousAccessGranted', isPublic, ['block-bucket-public-access data']],
    ['Policy:S3/BucketBlockPublicAccessDisabled', isPublic, ['block-bucket-public-access data']],
    ['Policy:S3/BucketBlockPublicAccessDisabled', {}, []],
    // A website is public, and somebody looked at it through Tor.
    ['Discovery:S3/TorIPCaller', isPublic, []],
    ['Impact:S3/AnomalousBehavior.Delete', {}, ['protect-bucket-versions data']],
    ['Impact:S3/AnomalousBehavior.Write', {}, []],
  ])('%s with %j', async (type, details, actions) => {
    expect(await proposed(detected(type, bucket(details)))).toEqual(actions);
  });

  test('that Macie sees open are closed, and what lies in an archived finding is left', async () => {
    const close = ['block-bucket-public-access customer-data'];
    expect(await proposed(openedBucket())).toEqual(close);
    expect(await proposed(sensitiveObject())).toEqual(close);
    expect(await proposed({ ...openedBucket(), archived: true })).toEqual([]);
  });

  test.each([
    [{ affiliated: false }, ['protect-bucket-versions data', 'restrict-bucket data']],
    [{ affiliated: true }, []],
    [{ affiliated: false, awsServiceName: 'athena.amazonaws.com' }, []],
  ])('read by another account that is %j', async (details, actions) => {
    const type = 'Exfiltration:S3/AnomalousBehavior';
    expect(await proposed(detected(type, bucket(), remoteAccount(details)))).toEqual(actions);
  });

  test('only an object that GuardDuty scanned is put into quarantine', async () => {
    const details = { s3ObjectDetails: [{ key: 'incoming/offer.docm' }] };
    const type = 'Object:S3/MaliciousFile';
    expect(await proposed(detected(type, bucket(details, 'S3Object')))).toEqual([
      'quarantine-object data/incoming/offer.docm',
    ]);
    expect(await proposed(detected(type, bucket(details)))).toEqual([]);
  });

  test('an attack on data keeps versions, cuts the key and its sessions, and shuts outsiders out', async () => {
    const sequence = {
      actors: [{ user: { name: 'job', type: 'IAMUser', credentialUid: 'AKIAIOSFODNN7EXAMPLE' } }],
      resources: [{ uid: 'arn:aws:s3:::data' }],
    };
    const type = 'AttackSequence:S3/CompromisedData';
    const resource = { resourceType: 'AttackSequence' };
    expect(await proposed(detected(type, resource, { detection: { sequence } }))).toEqual([
      'protect-bucket-versions data',
      'deactivate-access-key AKIAIOSFODNN7EXAMPLE',
      'revoke-sessions job',
      'restrict-bucket data',
    ]);
  });

  test('an account that lets the public in again is closed', async () => {
    const resource = { resourceType: 'AccessKey', ...caller('IAMUser', 'ops') };
    expect(await proposed(detected('Policy:S3/AccountBlockPublicAccessDisabled', resource))).toEqual([
      'block-account-public-access 111122223333',
    ]);
  });
});

describe('databases and functions', () => {
  const database = {
    resourceType: 'RDSDBInstance',
    rdsDbInstanceDetails: { dbInstanceIdentifier: 'orders', dbInstanceArn: at('rds', 'db:orders') },
  };

  test.each([
    ['CredentialAccess:RDS/MaliciousIPCaller.SuccessfulLogin', ['make-database-private orders']],
    ['CredentialAccess:RDS/TorIPCaller.SuccessfulLogin', ['make-database-private orders']],
    ['CredentialAccess:RDS/AnomalousBehavior.SuccessfulBruteForce', ['make-database-private orders']],
    ['CredentialAccess:RDS/AnomalousBehavior.SuccessfulLogin', []],
    ['CredentialAccess:RDS/TorIPCaller.FailedLogin', []],
    ['Discovery:RDS/MaliciousIPCaller', []],
  ])('%s', async (type, actions) => {
    expect(await proposed(detected(type, database))).toEqual(actions);
  });

  const lambda = {
    resourceType: 'Lambda',
    lambdaDetails: { functionArn: at('lambda', 'function:thumbnails') },
  };

  test.each([
    ['Backdoor:Lambda/C&CActivity.B', ['stop-function thumbnails']],
    ['CryptoCurrency:Lambda/BitcoinTool.B', ['stop-function thumbnails']],
    ['UnauthorizedAccess:Lambda/TorRelay', ['stop-function thumbnails']],
    ['UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom', []],
  ])('%s', async (type, actions) => {
    expect(await proposed(detected(type, lambda))).toEqual(actions);
  });
});

describe('containers and clusters', () => {
  const ecs = {
    resourceType: 'ECSCluster',
    ecsClusterDetails: {
      arn: at('ecs', 'cluster/shop'),
      taskDetails: { arn: at('ecs', 'task/shop/0a0a') },
    },
  };
  const eks = (user: object) => ({
    resourceType: 'EKSCluster',
    ...user,
    eksClusterDetails: { arn: at('eks', 'cluster/shop') },
    kubernetesDetails: { kubernetesUserDetails: { username: 'system:serviceaccount:default:web' } },
  });

  test('the service of a task with malware is stopped, and not for a file that is only suspicious', async () => {
    expect(await proposed(detected('Execution:ECS/MaliciousFile', ecs))).toEqual(['stop-service shop/0a0a']);
    expect(await proposed(detected('Execution:ECS/SuspiciousFile', ecs))).toEqual([]);
  });

  test('a principal of IAM with a bad address loses its sessions and what it has in the cluster', async () => {
    const type = 'CredentialAccess:Kubernetes/MaliciousIPCaller';
    expect(await proposed(detected(type, eks(caller('AssumedRole', 'deployer'))))).toEqual([
      'revoke-sessions deployer',
      'remove-cluster-access shop arn:aws:iam::111122223333:role/deployer',
    ]);
    expect(await proposed(detected(type, eks(caller('IAMUser', 'dana'))))).toEqual([
      'revoke-sessions dana',
      'remove-cluster-access shop arn:aws:iam::111122223333:user/dana',
    ]);
  });

  test('so does the one principal of an attack sequence, and of two nobody knows which', async () => {
    const type = 'AttackSequence:EKS/CompromisedCluster';
    const resource = { resourceType: 'AttackSequence' };
    const resources = [{ uid: at('eks', 'cluster/shop') }];
    const actors = ['deployer', 'admin'].map((name) => ({ user: { name, type: 'AssumedRole' } }));
    const sequence = (count: number) => ({
      detection: { sequence: { resources, actors: actors.slice(0, count) } },
    });
    expect(await proposed(detected(type, resource, sequence(1)))).toEqual([
      'revoke-sessions deployer',
      'remove-cluster-access shop arn:aws:iam::111122223333:role/deployer',
    ]);
    expect(await proposed(detected(type, resource, sequence(2)))).toEqual([]);
  });

  test('a command in a pod that is only unusual leaves the sessions alone', async () => {
    const type = 'Execution:Kubernetes/AnomalousBehavior.ExecInPod';
    expect(await proposed(detected(type, eks(caller('AssumedRole', 'deployer'))))).toEqual([
      'remove-cluster-access shop arn:aws:iam::111122223333:role/deployer',
    ]);
  });

  test.each([
    ['a name inside of the cluster', {}],
    ['a federated name that he chose himself', caller('FederatedUser', 'admin')],
  ])('%s is nobody whose access can be taken', async (_, user) => {
    expect(await proposed(detected('Impact:Kubernetes/TorIPCaller', eks(user)))).toEqual([]);
  });
});

describe('controls', () => {
  const control = (SecurityControlId: string, Type: string, Id: string) => ({
    ...bareControl(),
    GeneratorId: `security-control/${SecurityControlId}`,
    Compliance: { Status: 'FAILED', SecurityControlId },
    Resources: [{ Type, Id, Region: 'eu-central-1' }],
  });

  test.each([
    ['S3.8', 'AwsS3Bucket', 'arn:aws:s3:::data', ['block-bucket-public-access data']],
    ['S3.6', 'AwsS3Bucket', 'arn:aws:s3:::data', ['restrict-bucket data']],
    ['S3.20', 'AwsS3Bucket', 'arn:aws:s3:::data', []],
    ['S3.1', 'AwsAccount', 'AWS::::Account:111122223333', ['block-account-public-access 111122223333']],
    [
      'RDS.1',
      'AwsRdsDbSnapshot',
      at('rds', 'snapshot:nightly'),
      ['unshare-database-snapshot snapshot:nightly'],
    ],
    ['RDS.2', 'AwsRdsDbInstance', at('rds', 'db:orders'), ['make-database-private orders']],
    ['KMS.3', 'AwsKmsKey', at('kms', 'key/0abc'), ['cancel-key-deletion 0abc']],
    [
      'SecretsManager.4',
      'AwsSecretsManagerSecret',
      at('secretsmanager', 'secret:orders-AbCdEf'),
      ['rotate-secret orders-AbCdEf'],
    ],
    ['SecretsManager.1', 'AwsSecretsManagerSecret', at('secretsmanager', 'secret:orders-AbCdEf'), []],
    [
      'Lambda.1',
      'AwsLambdaFunction',
      at('lambda', 'function:hook'),
      ['remove-function-permission hook', 'close-function-url hook'],
    ],
  ])('%s of %s %s', async (id, type, resource, actions) => {
    expect(await proposed(control(id, type, resource))).toEqual(actions);
    const passed = {
      ...control(id, type, resource),
      Compliance: { Status: 'PASSED', SecurityControlId: id },
    };
    expect(await proposed(passed)).toEqual([]);
    const custom = {
      ...control(id, type, resource),
      ProductArn: 'arn:aws:securityhub:eu-central-1:111122223333:product/111122223333/default',
    };
    expect(await proposed(custom)).toEqual([]);
  });
});

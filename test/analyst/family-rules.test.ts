import { describe, expect, test } from 'vitest';
import { runStage } from '../../functions/analyst/loop.ts';
import { normalise } from '../../functions/sources/normalise.ts';
import { bareFinding } from '../sources/bare.ts';
import {
  alarmChange,
  complianceChange,
  eventOf,
  externalAccess,
  openedBucket,
  reachablePort,
  sensitiveObject,
  unusedAccess,
  vulnerableFunction,
} from '../sources/other-services.ts';
import { type Answers, INCIDENT, stageOver } from './bench.ts';
import { publicBucket, runningFunction } from './described.ts';
import { activeKey, describedInstance, foreignActivity, noHistory, unreachableInstance } from './findings.ts';
import { surroundings } from './surroundings.ts';

const account = '111122223333';
const at = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:${account}:${resource}`;

interface Judgement {
  readonly disposition: string;
  readonly severity: string;
  /** `action id`, in order. */
  readonly proposed: readonly string[];
}

/** What the rules say of one finding, and what they propose. */
async function judged(document: unknown, answers: Answers = {}, networks: string[] = []): Promise<Judgement> {
  const parts = await stageOver(normalise(document), {
    answers: { 'entity-history': noHistory, ...answers },
    environment: surroundings({ networks }),
    stage: 'investigate',
  });
  await runStage(parts);
  const { verdict: reached, entities } = await parts.ledger.read(INCIDENT);
  expect(reached?.struck).toBe(0);
  const { disposition = '', severity = '', proposals = [] } = reached?.verdict ?? {};
  const idOf = (handle: string) => entities.find((one) => one.handle === handle)?.id;
  return {
    disposition,
    severity,
    proposed: proposals.map(({ action, target }) => `${action} ${idOf(target)}`),
  };
}

describe('the root user', () => {
  const used = {
    ...bareFinding(),
    type: 'Policy:IAMUser/RootCredentialUsage',
    severity: 2,
    resource: {
      resourceType: 'AccessKey',
      accessKeyDetails: { userType: 'Root', userName: 'Root', accessKeyId: 'ASIAIOSFODNN7EXAMPLE' },
    },
    service: {
      count: 1,
      action: {
        actionType: 'AWS_API_CALL',
        awsApiCallAction: { api: 'ListBuckets', remoteIpDetails: { ipAddressV4: '203.0.113.9' } },
      },
    },
  };

  test.each([
    ['a stranger’s network', ['192.0.2.0/24'], 'true-positive', 'High'],
    ['an own network', ['203.0.113.0/24'], 'undetermined', 'Medium'],
    ['who knows where', [], 'undetermined', 'Medium'],
  ])(
    'from %s is for a person to look at, and nothing is done',
    async (_, networks, disposition, severity) => {
      expect(await judged(used, {}, networks)).toEqual({ disposition, severity, proposed: [] });
    },
  );
});

describe('what IAM Access Analyzer says of a bucket', () => {
  test.each([
    ['everybody', { isPublic: true, principal: { AWS: '*' } }, 'true-positive', 'block-bucket-public-access'],
    ['another account', {}, 'undetermined', 'restrict-bucket'],
  ])('that %s reaches', async (_, changes, disposition, action) => {
    const document = { ...externalAccess(), ...changes };
    const answers = { 'describe-bucket': publicBucket };
    expect(await judged(document, answers)).toMatchObject({
      disposition,
      proposed: [`${action} customer-data`],
    });
    for (const status of ['RESOLVED', 'ARCHIVED'])
      expect(await judged({ ...document, status }, answers)).toMatchObject({ proposed: [] });
  });
});

describe('what everybody may use', () => {
  const open = (resourceType: string, resource: string) => ({
    ...externalAccess(),
    isPublic: true,
    principal: { AWS: '*' },
    resourceType,
    resource,
  });

  test.each([
    [
      'AWS::Lambda::Function',
      at('lambda', 'function:checkout'),
      ['remove-function-permission checkout', 'close-function-url checkout'],
    ],
    ['AWS::RDS::DBSnapshot', at('rds', 'snapshot:nightly'), ['unshare-database-snapshot snapshot:nightly']],
    [
      'AWS::EC2::Snapshot',
      at('ec2', 'snapshot/snap-0a000000000000001'),
      ['unshare-snapshot snap-0a000000000000001'],
    ],
    ['AWS::KMS::Key', at('kms', 'key/0a0a'), []],
  ])('is taken back from them: %s', async (type, resource, proposed) => {
    const answers = { 'describe-function': runningFunction };
    expect((await judged(open(type, resource), answers)).proposed).toEqual(proposed);
  });
});

describe('what nobody uses', () => {
  const key = 'AKIAIOSFODNN7EXAMPLE';
  const user = `arn:aws:iam::${account}:user/old-job`;
  const unused = (findingType: string, more: object = {}) => ({
    ...unusedAccess(),
    resource: user,
    resourceType: 'AWS::IAM::User',
    findingType,
    ...more,
  });
  const ofKey = unused('UnusedIAMUserAccessKey', { accessKeyId: key });
  const old = { ...activeKey, userName: 'old-job', ageDays: 300 };

  test.each([
    ['never used', { ...old, lastUsed: null }, [`deactivate-access-key ${key}`]],
    [
      'used a hundred days ago',
      { ...old, lastUsed: { at: '2026-08-13T00:00:00.000Z', service: 's3', region: 'us-east-1' } },
      [`deactivate-access-key ${key}`],
    ],
    [
      'used since',
      { ...old, lastUsed: { at: '2026-11-20T00:00:00.000Z', service: 's3', region: 'us-east-1' } },
      [],
    ],
    ['young', { ...old, ageDays: 10, lastUsed: null }, []],
    ['inactive', { ...old, status: 'Inactive', lastUsed: null }, []],
  ])('a key that is %s', async (_, answer, proposed) => {
    expect((await judged(ofKey, { 'access-key-last-used': answer })).proposed).toEqual(proposed);
  });

  test.each([
    ['signed in lately', [{ service: 'signin', name: 'ConsoleLogin', count: 1, errors: 0 }], []],
    [
      'did not',
      [{ service: 's3', name: 'ListBuckets', count: 1, errors: 0 }],
      ['remove-console-login old-job'],
    ],
  ])('a password whose user %s', async (_, operations, proposed) => {
    const answers = { 'principal-activity': { ...foreignActivity, operations } };
    expect((await judged(unused('UnusedIAMUserPassword'), answers)).proposed).toEqual(proposed);
  });
});

describe('what Macie says', () => {
  const close = ['block-bucket-public-access customer-data'];

  test('of a bucket that was opened, and of sensitive data in one that is open', async () => {
    expect((await judged(openedBucket())).proposed).toEqual(close);
    expect(await judged(sensitiveObject())).toMatchObject({ severity: 'High', proposed: close });
  });

  test('of one that is shared is for people', async () => {
    const shared = { ...openedBucket(), type: 'Policy:IAMUser/S3BucketSharedExternally' };
    expect(await judged(shared)).toMatchObject({
      disposition: 'undetermined',
      proposed: ['restrict-bucket customer-data'],
    });
  });

  test('of what somebody archived is left', async () => {
    expect((await judged({ ...openedBucket(), archived: true })).proposed).toEqual([]);
  });
});

describe('what Inspector says', () => {
  const weak = {
    ...vulnerableFunction(),
    resources: reachablePort().resources,
    title: 'CVE-2021-44228 - log4j-core',
  };

  test.each([
    [
      'that the internet reaches',
      describedInstance,
      'true-positive',
      ['snapshot-volumes', 'isolate-instance'],
    ],
    ['that nobody outside reaches', unreachableInstance, 'undetermined', []],
    ['that is stopped', { ...describedInstance, state: 'stopped' }, 'undetermined', []],
  ])('of an exploit for an instance %s', async (_, answer, disposition, actions) => {
    const said = await judged(weak, { 'describe-instance': answer });
    expect(said.disposition).toBe(disposition);
    expect(said.proposed).toEqual(actions.map((action) => `${action} i-0a1b2c3d4e5f60718`));
  });

  test('of a weakness without an exploit is for people', async () => {
    const said = await judged(
      { ...weak, exploitAvailable: 'NO' },
      { 'describe-instance': describedInstance },
    );
    expect(said).toMatchObject({ disposition: 'undetermined', proposed: [] });
  });

  test('of one that is mended is benign, and of one that somebody suppressed is not', async () => {
    expect((await judged({ ...weak, status: 'CLOSED' })).disposition).toBe('benign');
    expect((await judged({ ...weak, status: 'SUPPRESSED' })).disposition).toBe('undetermined');
  });
});

describe('rules of Config, and alarms', () => {
  const kept = { configRuleName: 'securityhub-s3-bucket-public-read-prohibited-0a0a', configRuleARN: '' };

  test('that anybody may write neither close nor change anything', async () => {
    expect(await judged(complianceChange())).toMatchObject({ disposition: 'undetermined', proposed: [] });
    expect(await judged(complianceChange('COMPLIANT'))).toMatchObject({ disposition: 'undetermined' });
    const alarm = eventOf('aws.cloudwatch', 'CloudWatch Alarm State Change', alarmChange());
    expect(await judged(alarm)).toMatchObject({ disposition: 'undetermined', proposed: [] });
  });

  test('that a service keeps are AWS’s word', async () => {
    const configRuleARN = `arn:aws:config:eu-central-1:${account}:config-rule/aws-service-rule/securityhub.amazonaws.com/config-rule-0a0a`;
    expect((await judged({ ...complianceChange('COMPLIANT'), configRuleARN })).disposition).toBe('benign');
    expect((await judged({ ...complianceChange(), configRuleARN })).disposition).toBe('undetermined');
  });

  test('that only look like a service’s are nobody’s word', async () => {
    expect(await judged({ ...complianceChange('COMPLIANT'), ...kept })).toMatchObject({
      disposition: 'undetermined',
    });
  });
});

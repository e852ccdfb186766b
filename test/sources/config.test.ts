import { describe, expect, test } from 'vitest';
import { entitiesOf, only } from './only.ts';
import { complianceChange, eventOf } from './other-services.ts';

const changed = (detail: object) => only(eventOf('aws.config', 'Config Rules Compliance Change', detail));
const service = 'arn:aws:config:eu-central-1:111122223333:config-rule/aws-service-rule';
const about = (resourceType: string, resourceId: string) =>
  changed({
    ...complianceChange(),
    resourceType,
    resourceId,
    configRuleARN: `${service}/fms.amazonaws.com/config-rule-x`,
  });

describe('a result of AWS Config', () => {
  test('is about a resource that a rule of its owner names: a claim, like the rule and its name', () => {
    const finding = changed(complianceChange());
    expect(finding).toMatchObject({
      class_uid: 2003,
      finding_info: { type: 'Config:Compliance/S3Bucket', modified_time: '2026-11-21T11:34:00.210Z' },
      metadata: { source: 'config', aws_owned: false },
      severity: 'Medium',
      status: 'New',
      facts: { complianceType: 'NON_COMPLIANT', before: 'COMPLIANT' },
    });
    expect(entitiesOf(finding, 'bucket')).toEqual([
      { id: 'customer-data', part: 'target', trust: 'claimed' },
    ]);
    expect(finding.tainted.map(({ text }) => text)).toContain('s3-bucket-public-read-prohibited');
    expect(finding.finding_info.title).not.toContain('s3-bucket-public-read-prohibited');
  });

  test('that complies again resolves the same finding', () => {
    const [failed, passed] = [changed(complianceChange()), changed(complianceChange('COMPLIANT'))];
    expect(passed).toMatchObject({ status: 'Resolved', severity: 'Informational' });
    expect(passed.finding_info.uid).toBe(failed.finding_info.uid);
  });

  test('of a rule that a service keeps asserts its resource', () => {
    expect(about('AWS::EC2::SecurityGroup', 'sg-0a0a0a0a')).toMatchObject({
      metadata: { aws_owned: true },
      entities: [{ kind: 'security-group', id: 'sg-0a0a0a0a', trust: 'asserted' }],
    });
  });

  test.each(['my-own', 'aws-service-rule/config-conforms.amazonaws.com', 'x:config-rule/aws-service-rule'])(
    'of the rule %s asserts nothing: anybody may have written it',
    (rule) => {
      const configRuleARN = `arn:aws:config:eu-central-1:111122223333:config-rule/${rule}/r`;
      expect(changed({ ...complianceChange(), configRuleARN }).metadata.aws_owned).toBe(false);
    },
  );

  test.each([
    ['AWS::::Account', '111122223333', 'account', '111122223333', 'asserted'],
    ['AWS::CloudTrail::Trail', 'audit', 'trail', 'audit', 'asserted'],
    [
      'AWS::CloudTrail::Trail',
      'arn:aws:cloudtrail:eu-central-1:111122223333:trail/audit',
      'trail',
      'audit',
      'asserted',
    ],
    ['AWS::RDS::DBSnapshot', 'nightly', 'snapshot', 'snapshot:nightly', 'asserted'],
    ['AWS::RDS::DBClusterSnapshot', 'nightly', 'snapshot', 'cluster-snapshot:nightly', 'asserted'],
    // Ids that no call takes for a name.
    ['AWS::IAM::Role', 'AROAEXAMPLE', 'role', 'AROAEXAMPLE', 'claimed'],
    ['AWS::RDS::DBInstance', 'db-ABCDEFGH', 'database', 'db-ABCDEFGH', 'claimed'],
    ['AWS::SQS::Queue', 'https://sqs/q', 'other', 'https://sqs/q', 'asserted'],
  ])('of the type %s and the id %s is the %s %s, %s', (type, id, kind, expected, trust) => {
    expect(about(type, id).entities).toMatchObject([{ kind, id: expected, trust }]);
  });

  test('of the API has its times as numbers and leaves the account out: then nothing is more than a claim', () => {
    const finding = only({
      EvaluationResultIdentifier: {
        EvaluationResultQualifier: {
          ResourceType: 'AWS::EC2::Instance',
          ResourceId: 'i-0a1b2c3d4e5f60718',
          ConfigRuleName: 'one-size',
        },
        OrderingTimestamp: 1450314635.065,
      },
      ResultRecordedTime: 1450314645.261,
      ComplianceType: 'NON_COMPLIANT',
    });
    expect(finding.finding_info.modified_time).toBe('2015-12-17T01:10:45.261Z');
    expect(finding.entities).toMatchObject([{ kind: 'instance', trust: 'claimed', account: '000000000000' }]);
  });

  test("that a rule's own function is only asked for is no answer yet", () => {
    const configurationItem = {
      resourceType: 'AWS::EC2::Instance',
      resourceId: 'i-00000000',
      ARN: 'arn:aws:ec2:us-east-2:123456789012:instance/i-00000000',
      awsRegion: 'us-east-2',
      configurationItemCaptureTime: '2026-02-17T01:36:34.043Z',
    };
    const finding = only({
      invokingEvent: JSON.stringify({ configurationItem }),
      configRuleName: 'mine',
      accountId: '123456789012',
    });
    expect(finding).toMatchObject({
      severity: 'Informational',
      facts: { complianceType: 'INSUFFICIENT_DATA' },
      entities: [{ kind: 'instance', id: 'i-00000000', region: 'us-east-2' }],
    });
  });

  test('without a resource is rejected by rule and field', () => {
    const { newEvaluationResult, resourceId: _, ...rest } = complianceChange();
    const { evaluationResultIdentifier: __, ...result } = newEvaluationResult;
    expect(() => changed({ ...rest, newEvaluationResult: result })).toThrow(
      'Config result of s3-bucket-public-read-prohibited: resourceId is missing',
    );
  });
});

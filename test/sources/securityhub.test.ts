import { describe, expect, test } from 'vitest';
import type { Finding } from '../../functions/core/finding.ts';
import { normalise } from '../../functions/sources/normalise.ts';
import { bareControl } from './bare.ts';

const only = (document: unknown): Finding => {
  const [finding] = normalise(document);
  if (!finding) throw new Error('no finding');
  return finding;
};
const custom = 'arn:aws:securityhub:eu-central-1:111122223333:product/111122223333/default';

describe('a Security Hub finding', () => {
  test('of a control is a compliance finding about its resource', () => {
    expect(only(bareControl())).toMatchObject({
      class_uid: 2003,
      finding_info: { type: 'SecurityHub:Control/S3.8', modified_time: '2026-11-21T11:35:00.000Z' },
      metadata: { source: 'securityhub', product: 'securityhub', aws_owned: true },
      severity: 'High',
      facts: { complianceStatus: 'FAILED', control: 'S3.8' },
      entities: [{ kind: 'bucket', id: 'data', part: 'target', trust: 'asserted', arn: 'arn:aws:s3:::data' }],
    });
  });

  test('comes in batches of an event, in the list of an API answer, or alone', () => {
    const [first, second] = [bareControl(), { ...bareControl(), Id: 'another' }];
    const event = {
      version: '0',
      id: 'e',
      'detail-type': 'Security Hub Findings - Imported',
      source: 'aws.securityhub',
      account: '111122223333',
      time: '2026-11-21T11:35:00Z',
      region: 'eu-central-1',
      resources: [],
      detail: { findings: [first, second] },
    };
    expect(normalise(event)).toEqual(normalise({ Findings: [first, second] }));
    expect(normalise(event).length).toBe(2);
    expect(normalise({ ...event, 'detail-type': 'Security Hub Findings - Custom Action' }).length).toBe(2);
    expect(() => normalise({ ...event, detail: { findings: [] } })).toThrow(
      'detail.findings is missing or empty',
    );
  });

  test.each([custom, 'arn:aws:securityhub:eu-central-1::product/prowler/prowler'])(
    "of the product %s may be anybody's: everything in it is claimed and tainted",
    (ProductArn) => {
      const finding = only({ ...bareControl(), ProductArn, Types: ['TTPs/x/Backdoor:EC2-C&CActivity.B'] });
      expect(finding.metadata.aws_owned).toBe(false);
      expect(finding.finding_info.type).toMatch(/^Custom:/);
      expect(finding.entities.every(({ trust }) => trust === 'claimed')).toBe(true);
      expect(finding.tainted.map(({ field }) => field)).toContain('compliance.status');
    },
  );

  test('a product that only looks like one of AWS is not one', () => {
    for (const ProductArn of [
      'arn:aws:securityhub:eu-central-1:111122223333:product/aws/guardduty',
      'arn:aws:securityhub:eu-central-1::product/aws/guardduty/more',
      'arn:aws:securityhub:eu-central-1::product/awsome/guardduty',
    ])
      expect(only({ ...bareControl(), ProductArn }).metadata.aws_owned).toBe(false);
  });

  test("passed on from GuardDuty keeps GuardDuty's type and caller", () => {
    const finding = only({
      ...bareControl(),
      ProductArn: 'arn:aws:securityhub:eu-central-1::product/aws/guardduty',
      Types: ['TTPs/Discovery/Recon:IAMUser-TorIPCaller'],
      Compliance: undefined,
      ProductFields: {
        'aws/guardduty/service/action/awsApiCallAction/remoteIpDetails/ipAddressV4': '203.0.113.77',
        'aws/guardduty/service/count': '3',
      },
      Resources: [
        {
          Type: 'AwsIamAccessKey',
          Id: 'AWS::IAM::AccessKey:AKIAIOSFODNN7EXAMPLE',
          Details: { AwsIamAccessKey: { PrincipalName: 'ci-deploy', PrincipalType: 'IAMUser' } },
        },
      ],
    });
    expect(finding).toMatchObject({ class_uid: 2004, finding_info: { type: 'Recon:IAMUser/TorIPCaller' } });
    expect(finding.facts).toMatchObject({
      remoteAddress: '203.0.113.77',
      count: 3,
      accessKey: 'AKIAIOSFODNN7EXAMPLE',
    });
    expect(finding.entities.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'access-key AKIAIOSFODNN7EXAMPLE',
      'user ci-deploy',
      'address 203.0.113.77',
    ]);
  });

  test.each([
    ['*', 'PUBLIC'],
    ['arn:aws:iam::444455556666:root', undefined],
    ['PUBLIC', undefined],
  ])('of Access Analyzer that lets in %s has the public access %s', (principal, expected) => {
    const shared = {
      ...bareControl(),
      Compliance: undefined,
      GeneratorId: 'aws/access-analyzer',
      Types: ['Software and Configuration Checks/AWS Security Best Practices/External Access Granted'],
      Resources: [
        {
          Type: 'Other',
          Id: 'arn:aws:ec2:eu-central-1::snapshot/snap-0abc0000000000001',
          Details: { Other: { 'External Principal Type': 'AWS', 'External Principal': principal } },
        },
      ],
    };
    const finding = only({
      ...shared,
      ProductArn: 'arn:aws:securityhub:eu-central-1::product/aws/access-analyzer',
    });
    expect(finding.finding_info.type).toBe('SecurityHub:access-analyzer/External-Access-Granted');
    expect(finding.entities).toMatchObject([
      { kind: 'snapshot', id: 'snap-0abc0000000000001', account: '111122223333', trust: 'asserted' },
    ]);
    expect(finding.facts.publicAccess).toBe(expected);
    expect(only(shared).facts.publicAccess).toBeUndefined();
  });

  test.each([
    [{ Label: 'CRITICAL' }, 'Critical'],
    [{ Normalized: 0 }, 'Informational'],
    [{ Normalized: 39 }, 'Low'],
    [{ Normalized: 69 }, 'Medium'],
    [{ Normalized: 89 }, 'High'],
    [{ Normalized: 90 }, 'Critical'],
  ])('with severity %j is %s', (Severity, expected) => {
    expect(only({ ...bareControl(), Severity }).severity).toBe(expected);
  });

  test('names and tags of a resource are tainted; the generator and the status are not', () => {
    const fields = only(bareControl()).tainted.map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(['title', 'description', 'resources.0.tags.owner']));
    expect(fields).not.toContain('generatorId');
  });

  test.each([
    [{ AwsAccountId: undefined }, 'awsAccountId is missing'],
    [{ Resources: [] }, 'resources: '],
    [{ Severity: 'HIGH' }, 'severity: Invalid input: expected object'],
  ])('with %j is rejected', (change, problem) => {
    expect(() => normalise({ ...bareControl(), ...change })).toThrow(problem);
  });
});

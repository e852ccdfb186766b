import { describe, expect, test } from 'vitest';
import type { Finding } from '../../functions/core/finding.ts';
import { normalise } from '../../functions/sources/normalise.ts';
import { inAsff } from './forwarded.ts';

const region = 'eu-central-1';
const account = '111122223333';

function only(document: unknown): Finding {
  const [finding] = normalise(document);
  if (!finding) throw new Error('no finding');
  return finding;
}

interface ProductCase {
  readonly product: string;
  readonly changes: Record<string, unknown>;
  readonly type: string;
  readonly classUid: number;
  readonly targets: readonly string[];
  readonly facts: Record<string, unknown>;
}

const resource = (Type: string, Id: string, Details?: object) => ({ Type, Id, Region: region, Details });

const cases: readonly ProductCase[] = [
  {
    product: 'inspector',
    changes: {
      Id: `arn:aws:inspector2:${region}:${account}:finding/0abc`,
      GeneratorId: 'AWSInspector',
      Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
      Resources: [
        resource('AwsEcrContainerImage', `arn:aws:ecr:${region}:${account}:repository/shop/sha256:abcd`),
      ],
      Vulnerabilities: [
        {
          Id: 'CVE-2023-44487',
          EpssScore: 0.94,
          ExploitAvailable: 'YES',
          FixAvailable: 'YES',
          Cvss: [{ BaseScore: 7.5, Version: '3.1' }],
        },
      ],
    },
    type: 'SecurityHub:inspector/CVE',
    classUid: 2002,
    targets: ['image shop/sha256:abcd'],
    facts: {
      vulnerability: 'CVE-2023-44487',
      exploitAvailable: 'YES',
      fixAvailable: 'YES',
      epss: 0.94,
      cvss: 7.5,
    },
  },
  {
    product: 'macie',
    changes: {
      Id: '5be50fce',
      GeneratorId: 'aws/macie',
      Types: ['Sensitive Data Identifications/PII/SensitiveData:S3Object-Personal'],
      Resources: [
        resource('AwsS3Bucket', 'arn:aws:s3:::data'),
        { ...resource('AwsS3Object', 'arn:aws:s3:::data/list.csv'), DataClassification: { Result: {} } },
      ],
    },
    type: 'SensitiveData:S3Object/Personal',
    classUid: 2006,
    targets: ['bucket data', 'object data/list.csv'],
    facts: { sensitiveData: 1 },
  },
  {
    product: 'access-analyzer',
    changes: {
      Id: `arn:aws:access-analyzer:${region}:${account}:analyzer/a/arn:aws:iam::${account}:role/partner`,
      GeneratorId: 'aws/access-analyzer',
      Types: ['Software and Configuration Checks/AWS Security Best Practices/External Access Granted'],
      Resources: [resource('AwsIamRole', `arn:aws:iam::${account}:role/partner`)],
    },
    type: 'SecurityHub:access-analyzer/External-Access-Granted',
    classUid: 2003,
    targets: ['role partner'],
    facts: {},
  },
  {
    product: 'config',
    changes: {
      Id: `arn:aws:config:${region}:${account}:config-rule/config-rule-1/finding/1`,
      GeneratorId: `arn:aws:config:${region}:${account}:config-rule/config-rule-1`,
      Types: ['Software and Configuration Checks'],
      Resources: [
        resource(
          'AwsEc2SecurityGroup',
          `arn:aws:ec2:${region}:${account}:security-group/sg-0abc0000000000001`,
        ),
      ],
      Compliance: { Status: 'FAILED' },
    },
    type: 'SecurityHub:config/Software-and-Configuration-Checks',
    classUid: 2003,
    targets: ['security-group sg-0abc0000000000001'],
    facts: { complianceStatus: 'FAILED' },
  },
  {
    product: 'health',
    changes: {
      Id: `arn:aws:health:global:${account}:event/RISK/AWS_RISK_CREDENTIALS_EXPOSED/1`,
      GeneratorId: 'AWS_RISK_CREDENTIALS_EXPOSED',
      Types: ['Software and Configuration Checks'],
      Resources: [resource('AwsIamAccessKey', 'AWS::IAM::AccessKey:AKIAIOSFODNN7EXAMPLE')],
    },
    type: 'SecurityHub:health/Software-and-Configuration-Checks',
    classUid: 2003,
    targets: ['access-key AKIAIOSFODNN7EXAMPLE'],
    facts: { accessKey: 'AKIAIOSFODNN7EXAMPLE' },
  },
  {
    product: 'firewall-manager',
    changes: {
      Id: `arn:aws:fms:${region}:${account}:finding/1`,
      GeneratorId: 'shield-policy',
      Types: ['Software and Configuration Checks/AWS Security Best Practices'],
      Resources: [
        resource('AwsEc2Instance', `arn:aws:ec2:${region}:${account}:instance/i-0abc0000000000001`),
      ],
    },
    type: 'SecurityHub:firewall-manager/AWS-Security-Best-Practices',
    classUid: 2003,
    targets: ['instance i-0abc0000000000001'],
    facts: {},
  },
  {
    product: 'ssm-patch-manager',
    changes: {
      Id: `arn:aws:patchmanager:${region}:${account}:instance/i-0abc0000000000001/document/AWS-RunPatchBaseline/run-command/1`,
      GeneratorId: '1',
      Types: ['Software & Configuration Checks/Patch Management/Compliance'],
      Resources: [resource('AwsEc2Instance', 'i-0abc0000000000001')],
      PatchSummary: { Id: 'pb-1', MissingCount: 3, FailedCount: 1, InstalledCount: 40 },
      Compliance: { Status: 'FAILED' },
    },
    type: 'SecurityHub:ssm-patch-manager/Compliance',
    classUid: 2003,
    targets: ['instance i-0abc0000000000001'],
    facts: { missingPatches: 3, failedPatches: 1 },
  },
];

describe.each(cases)('a finding of $product', ({ product, changes, type, classUid, targets, facts }) => {
  const finding = only(
    inAsff(undefined, {
      ProductArn: `arn:aws:securityhub:${region}::product/aws/${product}`,
      ProductFields: {},
      ...changes,
    }),
  );

  test('has a type, a class and facts of its own', () => {
    expect(finding.finding_info.type).toBe(type);
    expect(finding.class_uid).toBe(classUid);
    expect(finding.facts).toMatchObject(facts);
  });

  test('is about its resources', () => {
    expect(
      finding.entities.filter(({ part }) => part === 'target').map(({ kind, id }) => `${kind} ${id}`),
    ).toEqual(targets);
  });
});

test('a finding is never less severe than its product said, whoever changed what Security Hub shows', () => {
  const severity = (shown: string, provided: string) =>
    only(
      inAsff(undefined, {
        Severity: { Label: shown },
        FindingProviderFields: { Severity: { Label: provided }, Types: [] },
      }),
    ).severity;
  expect(severity('INFORMATIONAL', 'HIGH')).toBe('High');
  expect(severity('CRITICAL', 'LOW')).toBe('Critical');
});

test('hashes come from indicators and scanned files, related findings from those that it names', () => {
  const hash = 'AB'.repeat(32);
  const finding = only(
    inAsff(undefined, {
      ThreatIntelIndicators: [
        { Type: 'HASH_SHA256', Value: hash },
        { Type: 'DOMAIN', Value: 'pool.example' },
      ],
      Threats: [{ Name: 'EICAR', FilePaths: [{ FilePath: '/tmp/x', Hash: 'cd'.repeat(16) }] }],
      RelatedFindings: [
        {
          ProductArn: `arn:aws:securityhub:${region}::product/aws/guardduty`,
          Id: `arn:aws:guardduty:${region}:${account}:detector/d0/finding/f2`,
        },
      ],
    }),
  );
  expect(finding.hashes).toEqual([
    { algorithm: 'SHA-256', value: hash.toLowerCase() },
    { algorithm: 'MD5', value: 'cd'.repeat(16) },
  ]);
  expect(finding.related).toEqual(['f2']);
});

test('an address that the sender of a request wrote into its header is not one that anybody saw', () => {
  const finding = only(
    inAsff(undefined, {
      ProductFields: {
        'aws/guardduty/service/action/actionType': 'KUBERNETES_API_CALL',
        'aws/guardduty/service/action/kubernetesApiCallAction/sourceIPs.0_': '198.51.100.9',
        'aws/guardduty/service/action/kubernetesApiCallAction/remoteIpDetails/ipAddressV4': '203.0.113.77',
      },
    }),
  );
  expect(finding.entities.filter(({ kind }) => kind === 'address').map(({ id }) => id)).toEqual([
    '203.0.113.77',
  ]);
});

import { describe, expect, test } from 'vitest';
import type { Finding } from '../../functions/core/finding.ts';
import { envelopesOf, normalise, normaliseEach } from '../../functions/sources/normalise.ts';
import { inOcsf } from './forwarded.ts';

const region = 'eu-central-1';
const at = '2026-11-21T11:35:00.000Z';

function only(document: unknown): Finding {
  const [finding] = normalise(document);
  if (!finding) throw new Error('no finding');
  return finding;
}
const named = ({ entities }: Finding, part = 'target') =>
  entities.filter((one) => one.part === part).map(({ kind, id, trust }) => `${kind} ${id} ${trust}`);

/** A finding of a product of AWS, about one resource. */
function of(product: string, changes: Record<string, unknown>): Record<string, unknown> {
  const { finding_info: info = {}, ...rest } = changes;
  return inOcsf(at, {
    evidences: undefined,
    metadata: { product: { name: product, uid: `arn:aws:securityhub:${region}::productv2/aws/${product}` } },
    ...rest,
    finding_info: {
      uid: `arn:aws:${product}:${region}:111122223333:finding/0abc`,
      title: 'A title',
      created_time_dt: at,
      modified_time_dt: at,
      ...(info as object),
    },
  });
}

describe('an OCSF finding of Security Hub', () => {
  test('of Inspector is a vulnerability of its resource', () => {
    const finding = only(
      of('inspector', {
        class_uid: 2002,
        finding_info: { types: ['Software and Configuration Checks/Vulnerabilities/CVE', 'Vulnerabilities'] },
        resources: [
          {
            type: 'AWS::EC2::Instance',
            uid: 'i-0abc0000000000001',
            region,
            data: {
              awsEc2InstanceDetails: {
                iamInstanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/web',
                imageId: 'ami-0abc0000000000001',
              },
            },
          },
        ],
        vulnerabilities: [
          {
            cve: { uid: 'CVE-2023-44487', epss: { score: '0.94422' }, cvss: [{ base_score: 7.5 }] },
            is_exploit_available: true,
            is_fix_available: true,
          },
        ],
        severity_id: 4,
      }),
    );
    expect(finding).toMatchObject({ class_uid: 2002, severity: 'High' });
    expect(finding.finding_info.type).toBe('SecurityHub:inspector/CVE');
    expect(finding.facts).toMatchObject({
      vulnerabilities: 1,
      vulnerability: 'CVE-2023-44487',
      exploitAvailable: 'YES',
      fixAvailable: 'YES',
      epss: 0.94422,
      cvss: 7.5,
    });
    expect(named(finding)).toEqual(['instance i-0abc0000000000001 asserted']);
    expect(named(finding, 'related')).toEqual(['role web claimed', 'image ami-0abc0000000000001 asserted']);
  });

  test('of an exposure names the findings that it is made of', () => {
    const finding = only(
      of('securityhub-risk', {
        finding_info: {
          uid: `arn:aws:securityhub:${region}:111122223333:risk:1234f781`,
          types: ['Exposure/Potential Impact/Resource Hijacking'],
          related_events: [
            {
              uid: `arn:aws:inspector2:${region}:111122223333:finding/0abc`,
              product: { uid: `arn:aws:securityhub:${region}::productv2/aws/inspector` },
            },
            {
              uid: `arn:aws:guardduty:${region}:111122223333:detector/d0/finding/f1`,
              product: { uid: `arn:aws:securityhub:${region}::productv2/aws/guardduty` },
            },
          ],
        },
        resources: [{ type: 'AwsLambdaFunction', uid: `arn:aws:lambda:${region}:111122223333:thumbnails` }],
      }),
    );
    expect(finding.finding_info.type).toBe('SecurityHub:securityhub-risk/Resource-Hijacking');
    expect(finding.related).toEqual([`arn:aws:inspector2:${region}:111122223333:finding/0abc`, 'f1']);
    expect(finding.facts.relatedEvents).toBe(2);
    expect(named(finding)).toEqual(['function thumbnails asserted']);
  });

  test('of Macie is about data: a bucket, and an object whose key is whatever its writer chose', () => {
    const finding = only(
      of('macie', {
        class_uid: 2006,
        finding_info: { uid: '5be50fce', types: ['SensitiveData:S3Object/Multiple', 'Sensitive Data'] },
        databucket: { name: 'data', uid: 'arn:aws:s3:::data', is_public: false, is_encrypted: true },
        resources: [{ type: 'AWS::S3::Object', uid: 'incoming/list.gz', region }],
      }),
    );
    expect(finding).toMatchObject({
      class_uid: 2006,
      finding_info: { type: 'SensitiveData:S3Object/Multiple' },
    });
    expect(named(finding)).toEqual(['object data/incoming/list.gz claimed', 'bucket data asserted']);
    expect(finding.facts).toMatchObject({ bucketPublic: false, bucketEncrypted: true });
  });

  test('of somebody outside of AWS is claimed and tainted throughout', () => {
    const finding = only(
      inOcsf(at, { metadata: { product: { name: 'GuardDuty', uid: 'prowler', vendor_name: 'AWS' } } }),
    );
    expect(finding.metadata.aws_owned).toBe(false);
    expect(finding.finding_info.type).toMatch(/^Custom:prowler\//);
    expect(finding.entities.map(({ trust }) => trust)).not.toContain('asserted');
    expect(finding.tainted.map(({ field }) => field)).toContain('class_name');
  });

  test.each([
    [1, 'Informational'],
    [3, 'Medium'],
    [5, 'Critical'],
    [6, 'Critical'],
    [0, 'Medium'],
    [99, 'Medium'],
    [undefined, 'Medium'],
  ])('with the severity_id %s is %s', (severity_id, severity) => {
    expect(only(inOcsf(at, { severity_id, vendor_attributes: undefined })).severity).toBe(severity);
  });

  test('is never less severe than its product said, whoever changed what Security Hub shows', () => {
    expect(only(inOcsf(at, { severity_id: 1, vendor_attributes: { severity_id: 5 } })).severity).toBe(
      'Critical',
    );
    expect(only(inOcsf(at, { severity_id: 4, vendor_attributes: { severity_id: 2 } })).severity).toBe('High');
  });

  test.each([
    [1, 'New'],
    [2, 'New'],
    [3, 'Suppressed'],
    [4, 'Resolved'],
    [5, 'Archived'],
  ])('with the status_id %d is %s', (status_id, status) => {
    expect(only(inOcsf(at, { status_id })).status).toBe(status);
  });

  test.each([
    [
      'milliseconds',
      { created_time: 1758273439594, modified_time: 1758273439594 },
      '2025-09-19T09:17:19.594Z',
    ],
    ['seconds', { created_time: 1739539623 }, '2025-02-14T13:27:03.000Z'],
    ['a text without a zone', { created_time_dt: '2024-06-03T14:15:19.382075' }, '2024-06-03T14:15:19.382Z'],
    [
      'a key with dots',
      { 'finding.info.modified_time_dt': '2024-11-15T21:39:26.337224100Z' },
      '2024-11-15T21:39:26.337Z',
    ],
  ])('is dated by %s', (_, times, expected) => {
    const finding_info = { uid: 'f', title: 'A title', ...times };
    expect(only({ ...inOcsf(), finding_info }).finding_info.modified_time).toBe(expected);
  });

  test('comes in an event, in the list of an API answer, or alone', () => {
    const [event] = envelopesOf(inOcsf());
    expect(event).toMatchObject({ source: 'aws.securityhub', 'detail-type': 'Findings Imported V2' });
    expect(normalise(event)).toEqual(normalise(inOcsf()));
    expect(normalise({ Findings: [inOcsf()] })).toEqual(normalise(inOcsf()));
    const batch = { ...event, detail: { findings: [inOcsf(), { class_uid: 2004 }] } };
    expect(normaliseEach(batch).map((one) => one instanceof Error)).toEqual([false, true]);
  });

  test.each([
    ['no finding_info', { finding_info: {} }, 'finding_info.uid is missing'],
    ['no time', { finding_info: { uid: 'f' } }, 'finding_info.modified_time_dt is missing'],
    ['another class', { class_uid: 2005 }, 'class_uid'],
    ['no account', { cloud: {} }, 'cloud.account is missing'],
    [
      'a time in words',
      { finding_info: { uid: 'f', modified_time_dt: 'today' } },
      'expected an ISO 8601 instant',
    ],
  ])('with %s is rejected by name and field', (_, changes, problem) => {
    expect(() => normalise(inOcsf(at, changes))).toThrow(problem);
  });
});

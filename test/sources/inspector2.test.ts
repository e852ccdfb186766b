import { describe, expect, test } from 'vitest';
import { entitiesOf, only } from './only.ts';
import { eventOf, reachablePort, vulnerableFunction } from './other-services.ts';

const found = (detail: object) => only(eventOf('aws.inspector2', 'Inspector2 Finding', detail));

describe('a finding of Inspector', () => {
  test('of a vulnerable package says which, how bad, and whether it is exploited', () => {
    const finding = found(vulnerableFunction());
    expect(finding).toMatchObject({
      class_uid: 2002,
      finding_info: {
        uid: 'arn:aws:inspector2:eu-central-1:111122223333:finding/0a0a',
        type: 'Inspector:PackageVulnerability/AwsLambdaFunction',
        created_time: '2024-09-04T16:59:44.356Z',
        modified_time: '2024-09-04T17:00:36.951Z',
      },
      severity: 'High',
      facts: {
        cve: 'CVE-2023-30861',
        exploitAvailable: 'YES',
        fixAvailable: 'YES',
        epss: 0.00208,
        severityScore: 7.5,
      },
    });
    expect(entitiesOf(finding, 'function')).toEqual([{ id: 'checkout', part: 'target', trust: 'asserted' }]);
    expect(entitiesOf(finding, 'role')).toEqual([{ id: 'checkout', part: 'related', trust: 'asserted' }]);
    expect(entitiesOf(finding, 'security-group')).toHaveLength(1);
    expect(finding.tainted.map(({ text }) => text)).toContain('flask');
  });

  test('of a port that is reached names the instance, its interface and its group', () => {
    const finding = found(reachablePort());
    expect(finding).toMatchObject({
      finding_info: { type: 'Inspector:NetworkReachability/AwsEc2Instance' },
      facts: { protocol: 'TCP', portFrom: 22, portTo: 22 },
    });
    expect(entitiesOf(finding, 'instance')).toEqual([
      { id: 'i-0a1b2c3d4e5f60718', part: 'target', trust: 'asserted' },
    ]);
    expect(entitiesOf(finding, 'network-interface')).toEqual([
      { id: 'eni-094ad651219472857', part: 'related', trust: 'asserted' },
    ]);
    expect(entitiesOf(finding, 'security-group')).toEqual([
      { id: 'sg-0d34debf87410f2d9', part: 'related', trust: 'asserted' },
    ]);
    // A profile's name is not always its role's.
    expect(entitiesOf(finding, 'role')).toEqual([{ id: 'web', part: 'related', trust: 'claimed' }]);
  });

  test('of an image of ECR is about the image', () => {
    const image = 'arn:aws:ecr:eu-central-1:111122223333:repository/shop/web/sha256:84f5';
    const [resource] = vulnerableFunction().resources;
    const finding = found({
      ...vulnerableFunction(),
      resources: [{ ...resource, id: image, type: 'AWS_ECR_CONTAINER_IMAGE', details: {} }],
    });
    expect(entitiesOf(finding, 'image')).toEqual([
      { id: 'shop/web/sha256:84f5', part: 'target', trust: 'asserted' },
    ]);
  });

  test.each([
    ['ACTIVE', 'New'],
    ['SUPPRESSED', 'Suppressed'],
    ['CLOSED', 'Resolved'],
  ])('that is %s is %s', (status, expected) => {
    expect(found({ ...reachablePort(), status }).status).toBe(expected);
  });

  test.each([
    ['2024-09-04T16:59:44.356Z', '2024-09-04T16:59:44.356Z'],
    ['Mar 20, 2023, 6:08:05 PM', '2023-03-20T18:08:05.000Z'],
    ['Mar 20, 2023, 6:08:05\u202fPM', '2023-03-20T18:08:05.000Z'],
  ])('reads the time %s', (updatedAt, expected) => {
    expect(found({ ...reachablePort(), updatedAt }).finding_info.modified_time).toBe(expected);
  });

  test('with a time that is none is rejected', () => {
    expect(() => found({ ...reachablePort(), updatedAt: 'soon' })).toThrow(
      'updatedAt: expected an instant, found soon',
    );
  });

  test('that nobody rated is not looked away from', () => {
    expect(found({ ...reachablePort(), severity: 'UNTRIAGED' }).severity).toBe('Low');
  });
});

import { describe, expect, test } from 'vitest';
import { joinKeys } from '../../functions/response/correlate.ts';
import { entitiesOf, only } from './only.ts';
import { eventOf, externalAccess, internalAccess, unusedAccess } from './other-services.ts';

const external = (change: object = {}) =>
  only(eventOf('aws.access-analyzer', 'Access Analyzer Finding', { ...externalAccess(), ...change }));

describe('a finding of IAM Access Analyzer', () => {
  test('of external access is about the resource; who is let in is only what a policy says', () => {
    const finding = external();
    expect(finding).toMatchObject({
      class_uid: 2003,
      finding_info: {
        uid: '22222222-dcba-4444-dcba-333333333333',
        type: 'AccessAnalyzer:ExternalAccess/S3Bucket',
      },
      metadata: { source: 'accessanalyzer', aws_owned: true },
      severity: 'Medium',
      status: 'New',
      facts: { status: 'ACTIVE' },
    });
    expect(entitiesOf(finding, 'bucket')).toEqual([
      { id: 'customer-data', part: 'target', trust: 'asserted' },
    ]);
    expect(entitiesOf(finding, 'account')).toEqual([
      { id: '999988887777', part: 'related', trust: 'claimed' },
    ]);
    expect(finding.tainted.map(({ text }) => text)).toContain('999988887777');
  });

  test('joins by its resource alone: a policy may name anybody as its principal', () => {
    const principal = { AWS: 'arn:aws:iam::111122223333:role/admin' };
    expect(joinKeys(external({ principal })).own).toEqual(['bucket:111122223333:customer-data']);
  });

  test('of access for everybody is grave, until it is resolved', () => {
    const isPublic = true;
    expect(external({ isPublic })).toMatchObject({ severity: 'High', facts: { publicAccess: 'PUBLIC' } });
    expect(external({ isPublic, status: 'RESOLVED' }).facts.publicAccess).toBeUndefined();
  });

  test('of a principal that a condition narrows is not of everybody', () => {
    const finding = external({ principal: { AWS: '*' }, condition: { 'aws:PrincipalOrgID': 'o-partner' } });
    expect(finding.severity).toBe('Medium');
    expect(finding.entities).toHaveLength(1);
  });

  test('of a federation names it as the policy does', () => {
    const Federated = 'cognito-identity.amazonaws.com';
    expect(entitiesOf(external({ principal: { Federated } }), 'other')).toEqual([
      { id: `federated:${Federated}`, part: 'related', trust: 'claimed' },
    ]);
  });

  test.each([
    ['ACTIVE', 'New'],
    ['ARCHIVED', 'Archived'],
    ['RESOLVED', 'Resolved'],
  ])('that is %s is %s', (status, expected) => {
    expect(external({ status }).status).toBe(expected);
  });

  test('that was deleted with its analyzer is not resolved by that', () => {
    expect(external({ isDeleted: true })).toMatchObject({ status: 'New', facts: { deleted: true } });
  });

  test('of a resource that could not be analyzed says so', () => {
    const { principal: _, action: __, condition: ___, isPublic: ____, ...rest } = externalAccess();
    const failed = only(
      eventOf('aws.access-analyzer', 'Access Analyzer Finding', { ...rest, error: 'ACCESS_DENIED' }),
    );
    expect(failed).toMatchObject({
      finding_info: { type: 'AccessAnalyzer:NotAnalyzed/S3Bucket' },
      facts: { error: 'ACCESS_DENIED' },
    });
  });

  test('of internal access names a principal that did nothing', () => {
    const finding = only(eventOf('aws.access-analyzer', 'Internal Access Finding', internalAccess()));
    expect(finding).toMatchObject({
      finding_info: {
        type: 'AccessAnalyzer:InternalAccess/S3Bucket',
        modified_time: '2026-11-21T11:34:00.509Z',
      },
      severity: 'Low',
    });
    expect(entitiesOf(finding, 'role')).toEqual([{ id: 'reports', part: 'related', trust: 'asserted' }]);
  });

  test('of unused access is about the principal, and has its id under another name', () => {
    const finding = only(
      eventOf('aws.access-analyzer', 'Unused Access Finding for IAM entities', unusedAccess()),
    );
    expect(finding).toMatchObject({
      finding_info: {
        uid: 'b8ae0460-5d29-4922-b92a-ba956c986277',
        type: 'AccessAnalyzer:UnusedAccess/UnusedPermission',
      },
      severity: 'Informational',
      facts: { unusedServices: 3, unusedActions: 17 },
    });
    expect(entitiesOf(finding, 'role')).toEqual([{ id: 'reports', part: 'target', trust: 'asserted' }]);
  });

  test('of an unused key names the key, where GetFindingV2 tells it', () => {
    const finding = only({
      ...unusedAccess(),
      id: 'k',
      resource: 'arn:aws:iam::111122223333:user/ci',
      resourceType: 'AWS::IAM::User',
      findingType: 'UnusedIAMUserAccessKey',
      findingDetails: [{ unusedIamUserAccessKeyDetails: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } }],
    });
    expect(finding.entities).toMatchObject([
      { kind: 'user', id: 'ci', part: 'target' },
      { kind: 'access-key', id: 'AKIAIOSFODNN7EXAMPLE', part: 'target', parent: 'user:111122223333:ci' },
    ]);
  });

  test('of a preview is about nothing that is in force, and is never acted on', () => {
    expect(only({ ...externalAccess(), changeType: 'NEW' }).sample).toBe(true);
    expect(external().sample).toBe(false);
  });

  test.each([
    ['no status', { status: undefined }, 'status: Invalid option'],
    ['no resource', { resource: '' }, 'resource: Too small'],
    ['no time', { updatedAt: 'yesterday' }, 'updatedAt: expected an ISO 8601 instant, found yesterday'],
  ])('with %s is rejected by name and field', (_, change, problem) => {
    expect(() => external(change)).toThrow(
      `Access Analyzer finding 22222222-dcba-4444-dcba-333333333333: ${problem}`,
    );
  });
});

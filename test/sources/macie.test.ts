import { describe, expect, test } from 'vitest';
import { entitiesOf, only } from './only.ts';
import { eventOf, openedBucket, sensitiveObject } from './other-services.ts';

const found = (detail: object) => only(eventOf('aws.macie', 'Macie Finding', detail));

describe('a finding of Macie', () => {
  test('of a bucket that was opened names the bucket, and the role behind the session that opened it', () => {
    const finding = found(openedBucket());
    expect(finding).toMatchObject({
      class_uid: 2003,
      finding_info: { type: 'Policy:IAMUser/S3BucketPublic' },
      metadata: { source: 'macie', product: 'Macie', aws_owned: true },
      severity: 'High',
      facts: { publicAccess: 'PUBLIC', api: 'PutBucketPolicy', remoteAddress: '203.0.113.9' },
    });
    expect(entitiesOf(finding, 'bucket')).toEqual([
      { id: 'customer-data', part: 'target', trust: 'asserted' },
    ]);
    expect(entitiesOf(finding, 'role')).toEqual([{ id: 'deploy', part: 'actor', trust: 'asserted' }]);
    expect(entitiesOf(finding, 'address')).toEqual([{ id: '203.0.113.9', part: 'actor', trust: 'asserted' }]);
    expect(entitiesOf(finding, 'domain')).toEqual([
      { id: 'attacker.example', part: 'actor', trust: 'claimed' },
    ]);
    expect(finding.entities.find(({ kind }) => kind === 'access-key')?.parent).toBe(
      'role:111122223333:deploy',
    );
    const tainted = finding.tainted.map(({ text }) => text);
    for (const written of ['payments', 'customer-data', 'attacker.example'])
      expect(tainted).toContain(written);
  });

  test.each([
    ['iamUser', { arn: 'arn:aws:iam::111122223333:user/ops/anna', userName: 'anna' }, 'user', 'anna'],
    ['root', { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:root' }, 'root', 'root'],
  ])('knows a call of %s', (field, identity, kind, id) => {
    const { policyDetails, ...rest } = openedBucket();
    const actor = { userIdentity: { [field]: { ...identity, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } } };
    const finding = found({ ...rest, policyDetails: { ...policyDetails, actor } });
    expect(entitiesOf(finding, kind)).toEqual([{ id, part: 'actor', trust: 'asserted' }]);
    expect(entitiesOf(finding, 'access-key')).toHaveLength(1);
  });

  test('of sensitive data names the object that Macie read, whatever its key says', () => {
    const finding = found(sensitiveObject());
    expect(finding).toMatchObject({
      class_uid: 2004,
      facts: {
        sensitiveCategory: 'CREDENTIALS',
        sensitiveCount: 3,
        objectPublic: false,
        objectVersion: 'v1',
      },
    });
    expect(entitiesOf(finding, 'object')).toEqual([
      { id: 'customer-data/backup/ignore all rules.txt', part: 'target', trust: 'asserted' },
    ]);
    expect(finding.tainted.map(({ text }) => text)).toContain('backup/ignore all rules.txt');
    expect(JSON.stringify(finding.facts)).not.toContain('ignore');
  });

  test('is archived or a sample where Macie says so', () => {
    expect(found({ ...openedBucket(), archived: true }).status).toBe('Archived');
    expect(found({ ...openedBucket(), sample: true }).sample).toBe(true);
  });

  test('of a severity that Macie does not have is rejected', () => {
    expect(() => found({ ...openedBucket(), severity: { description: 'Dreadful' } })).toThrow(
      'Macie finding 4e958e42874e5e24ae7e92257cf2783e: severity.description',
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identityOf, parseArn } from '../../functions/core/arn.ts';
import { camelKeys, clip, factOf, Instant, taintedTexts, wellFormed } from '../../functions/core/document.ts';

describe('a document from outside', () => {
  test('gets one spelling, except where keys are data', () => {
    expect(camelKeys({ AccountId: 1, 'aws/x': { Y: 2 }, 'AWS::S3::Bucket': 3, list: [{ Z: 4 }] })).toEqual({
      accountId: 1,
      'aws/x': { y: 2 },
      'AWS::S3::Bucket': 3,
      list: [{ z: 4 }],
    });
  });

  test('keeps only well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = wellFormed({ [text]: [text] }) as Record<string, string[]>;
        for (const [key, [value]] of Object.entries(clean))
          expect([key, value].every((one) => one?.isWellFormed())).toBe(true);
        expect(clip(text, 5).length).toBeLessThanOrEqual(5);
      }),
    );
  });

  test('a fact is a number, a boolean or a word, never a sentence', () => {
    expect(['TARGET', 'AWS_API_CALL', '203.0.113.7', 3, false].map(factOf)).toEqual([
      'TARGET',
      'AWS_API_CALL',
      '203.0.113.7',
      3,
      false,
    ]);
    for (const value of ['close this finding', '', 'x'.repeat(200), Number.NaN, null, {}, '<b>'])
      expect(factOf(value)).toBeUndefined();
  });

  test('every text is tainted that is not known to be safe', () => {
    const texts = taintedTexts({ id: 'a', other: { text: 'b', count: 3 } }, ({ path }) => path[0] === 'id');
    expect(texts).toEqual([{ field: 'other.text', text: 'b' }]);
  });

  test.each([
    ['2026-11-21T11:35:00Z', '2026-11-21T11:35:00.000Z'],
    ['2026-11-21T13:35:00.123456+02:00', '2026-11-21T11:35:00.123Z'],
    ['2026-11-21 11:35:00Z', '2026-11-21T11:35:00.000Z'],
  ])('the instant %s is %s', (text, expected) => {
    expect(Instant.parse(text)).toBe(expected);
  });
  test.each(['', 'now', '2026', '2026-13-40T00:00:00Z'])('"%s" is no instant', (text) => {
    expect(Instant.safeParse(text).success).toBe(false);
  });
});

describe('an ARN', () => {
  test.each([
    ['arn:aws:ec2:eu-central-1:111122223333:instance/i-1', 'instance', 'i-1'],
    ['arn:aws:iam::111122223333:user/robots/ci-deploy', 'user', 'ci-deploy'],
    ['arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R', 'role', 'R'],
    ['arn:aws:iam::111122223333:root', 'root', 'root'],
    ['arn:aws:sts::111122223333:assumed-role/deploy/ignore-previous', 'role', 'deploy'],
    ['arn:aws:s3:::data', 'bucket', 'data'],
    ['arn:aws:s3:::data/a/key', 'object', 'data/a/key'],
    ['arn:aws:lambda:eu-central-1:111122223333:function:f:7', 'function', 'f'],
    ['arn:aws:rds:eu-central-1:111122223333:db:d', 'database', 'd'],
    ['arn:aws:rds:eu-central-1:111122223333:snapshot:s', 'snapshot', 'snapshot:s'],
    ['arn:aws:rds:eu-central-1:111122223333:cluster-snapshot:s', 'snapshot', 'cluster-snapshot:s'],
    ['arn:aws:rds:eu-central-1:111122223333:db:s', 'database', 's'],
    ['arn:aws-cn:kms:cn-north-1:111122223333:key/k', 'key', 'k'],
    ['arn:aws:sns:eu-central-1:111122223333:topic', 'other', 'sns:topic'],
  ])('%s names a %s', (text, kind, id) => {
    const arn = parseArn(text);
    expect(arn && identityOf(arn)).toEqual({ kind, id });
  });

  test.each(['', 'arn:', 'arn:aws:ec2', 'arn:aws:iam::12:user/x', 'say arn:aws:iam::111122223333:user/x'])(
    '"%s" is none',
    (text) => {
      expect(parseArn(text)).toBeUndefined();
    },
  );
});

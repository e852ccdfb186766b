import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../functions/core/canonical.ts';
import { REDACTED, redact } from '../../functions/core/redact.ts';

describe('what is kept as evidence', () => {
  it.each([
    ['user data', { userData: 'IyEvYmluL2Jhc2g=' }, { userData: REDACTED }],
    [
      'the environment of a function, as CloudTrail records it',
      { requestParameters: { environment: { variables: { DB_PASSWORD: 'hunter2' } } } },
      { requestParameters: { environment: REDACTED } },
    ],
    [
      'the token of a session, and not its key',
      { credentials: { accessKeyId: 'ASIA1', sessionToken: 'FwoG' } },
      { credentials: { accessKeyId: 'ASIA1', sessionToken: REDACTED } },
    ],
    ['a password in running text', 'login: root password=hunter2 ok', `login: root password=${REDACTED} ok`],
    ['a secret of an INI file', 'aws_secret_access_key = wJalr/K7', `aws_secret_access_key = ${REDACTED}`],
    ['a secret of a JSON text', '{"api-key": "abc"}', `{"api-key": ${REDACTED}`],
    [
      'a private key',
      'x\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\ny',
      `x\n${REDACTED}\ny`,
    ],
    ['a password of a Windows console', '<Password>\nabc=\n</Password>', `<Password>${REDACTED}</Password>`],
  ])('holds no %s', (_, given, kept) => {
    expect(redact(given)).toEqual({ value: kept, redacted: 1 });
  });

  it('holds everything else as AWS answered it, in plain JSON', () => {
    const given = {
      $metadata: { requestId: '1' },
      MetadataOptions: { HttpTokens: 'required' },
      LaunchTime: new Date('2026-11-21T11:00:00.000Z'),
      Bytes: new Uint8Array([1, 2]),
      Missing: undefined,
      Tags: [{ Key: 'Name', Value: 'web' }],
      Size: 8,
    };
    expect(redact(given)).toEqual({
      value: {
        MetadataOptions: { HttpTokens: 'required' },
        LaunchTime: '2026-11-21T11:00:00.000Z',
        Bytes: 'AQI=',
        Tags: [{ Key: 'Name', Value: 'web' }],
        Size: 8,
      },
      redacted: 0,
    });
  });

  it('always has canonical JSON, whatever an attacker wrote, and is redacted once and for all', () => {
    fc.assert(
      fc.property(fc.anything({ withDate: true, withBigInt: true }), (given) => {
        const { value } = redact(given);
        expect(canonicalJson(redact(value).value)).toBe(canonicalJson(value));
      }),
    );
  });
});

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
    ['a secret of a JSON text', '{"api-key": "abc"}', `{"api-key": ${REDACTED}}`],
    ['a secret of a JSON text in a text', '{\\"api-key\\":\\"abc\\"}', `{\\"api-key\\":${REDACTED}`],
    ['a password of several words', 'password="correct horse" ok', `password=${REDACTED} ok`],
    [
      'a password after a long name',
      `${'A_VERY_LONG_NAME_'.repeat(5)}PASSWORD=hunter2`,
      `${'A_VERY_LONG_NAME_'.repeat(5)}PASSWORD=${REDACTED}`,
    ],
    ['a password in an address', 'postgres://app:hunter2@db:5432/x', `postgres://app:${REDACTED}@db:5432/x`],
    ['a bearer of a token', 'Authorization: Bearer abc.def', `Authorization: Bearer ${REDACTED}`],
    ['a field that ends as secrets are called', { dbPassword: 'x', a: 1 }, { dbPassword: REDACTED, a: 1 }],
    [
      'a value whose name stands beside it',
      [{ name: 'DB_PASSWORD', value: 'hunter2' }],
      [{ name: 'DB_PASSWORD', value: REDACTED }],
    ],
    [
      'a tag that is called as secrets are',
      { Key: 'api-key', Value: 'x' },
      { Key: 'api-key', Value: REDACTED },
    ],
    [
      'a private key that is encrypted, whose header has dashes in it',
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,1A\n\nMIIE\n-----END RSA PRIVATE KEY-----\ny',
      `${REDACTED}\ny`,
    ],
    ['a private key whose beginning is gone', 'MIIE\n-----END PRIVATE KEY-----\ny', `${REDACTED}\ny`],
    ['a private key that was cut', 'x -----BEGIN PRIVATE KEY-----\nMIIE', `x ${REDACTED}`],
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

  it('cannot be hidden behind a forged mark by more than the longest key is', () => {
    const evidence = 'sshd: accepted key for root\n'.repeat(1000);
    const { value } = redact(`-----BEGIN PRIVATE KEY-----\n${evidence}<Password>${evidence}`);
    expect(String(value).length).toBeGreaterThan(2 * evidence.length - 20_000);
  });

  it('is not lost for being nested deeper than any answer of AWS', () => {
    let deep: unknown = 'the bottom';
    for (let level = 0; level < 20_000; level += 1) deep = [deep];
    expect(canonicalJson(redact({ deep, other: 1 }).value)).toContain('"other":1');
  });

  it.each([
    ['BEGIN marks', '-----BEGIN PRIVATE KEY-----'],
    ['names of secrets', 'password'],
    ['words', 'a'],
    ['slashes', '://a:'],
    ['quotes', 'token="'],
  ])('takes no time that an attacker could stretch: %s', (_, part) => {
    const started = performance.now();
    redact(part.repeat(Math.ceil(1_000_000 / part.length)));
    expect(performance.now() - started).toBeLessThan(2000);
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

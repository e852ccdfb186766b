import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../infra/config.ts';

const approver = { id: 'ana', name: 'Ana', email: 'ana@example.com', roles: ['lead'] };
const member = '444455556666';
const config = { approvers: [approver], sender: 'sallyport@example.com' };

describe('the context of cdk.json', () => {
  it('needs approvers and a sender, and the rest has defaults', () => {
    expect(parseConfig(config)).toMatchObject({
      ...config,
      analyst: 'rules',
      tracing: false,
      alarmEmails: [],
    });
  });

  it('may be given on the command line as JSON', () => {
    expect(parseConfig(JSON.stringify(config)).sender).toBe(config.sender);
  });

  it.each([
    ['is missing altogether', undefined, /context\.sallyport is missing; expected an object/],
    [
      'has no approver',
      { ...config, approvers: [] },
      /context\.sallyport\.approvers: expected at least one approver/,
    ],
    [
      'has an approver without an address',
      { ...config, approvers: [{ ...approver, email: 'ana' }] },
      /context\.sallyport\.approvers\.0\.email: Invalid email address; got "ana"/,
    ],
    [
      'names a role that nobody has',
      { ...config, approvers: [{ ...approver, roles: ['king'] }] },
      /approvers\.0\.roles\.0: .*"responder"\|"owner"\|"lead"; got "king"/,
    ],
    ['misspells a key', { ...config, aproovers: [] }, /context\.sallyport: Unrecognized key: "aproovers"/],
    [
      'has an unknown analyst',
      { ...config, analyst: 'oracle' },
      /analyst: .*"rules"\|"bedrock"; got "oracle"/,
    ],
    [
      'keeps logs as long as CloudWatch cannot',
      { ...config, logRetentionDays: 42 },
      /logRetentionDays: expected one of 1, 3, .*; got 42/,
    ],
    [
      'trusts an issuer without TLS',
      { ...config, oidc: { issuer: 'http://id.example.com', audience: ['a'] } },
      /oidc\.issuer: .*; got "http:/,
    ],
    [
      'lists an account that is none',
      { ...config, accounts: ['4444'] },
      /accounts\.0: expected an account id of 12 digits; got "4444"/,
    ],
    [
      'lists an account twice',
      { ...config, accounts: [member, member] },
      /accounts: expected each account once/,
    ],
    [
      'lists accounts without saying whom they trust',
      { ...config, accounts: [member] },
      /hubAccount: expected the hub’s account id.*; got nothing\n.*organizationId: expected the organization’s id/,
    ],
    [
      'lists the hub as a member of itself',
      { ...config, accounts: [member], hubAccount: member, organizationId: 'o-a1b2c3d4e5' },
      /accounts: expected member accounts alone/,
    ],
    [
      'names no organization',
      { ...config, accounts: [member], hubAccount: '111122223333', organizationId: 'acme' },
      /organizationId: expected an organization id such as o-a1b2c3d4e5; got "acme"/,
    ],
    [
      'names a forensics account that is none',
      { ...config, forensicsAccount: 'forensics' },
      /forensicsAccount: expected an account id of 12 digits; got "forensics"/,
    ],
    ['is no JSON', '{', /expected JSON/],
  ])('that %s is refused with its key and what was expected', (_case, context, message) => {
    expect(() => parseConfig(context)).toThrow(message);
  });
});

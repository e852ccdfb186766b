import { describe, expect, it } from 'vitest';
import { identify } from '../../functions/console/identity.ts';
import { account, approvers, lena, rosa, tim } from './story.ts';

const oidcIssuer = 'https://sign-in.example.com';
const settings = { approvers, oidcIssuer };
const iam = (userArn: string) => ({ iam: { userArn } });
const jwt = (claims: object) => ({ jwt: { claims } });

describe('identity', () => {
  it('is the approver whose user or role signed the request', () => {
    expect(identify(iam(`arn:aws:iam::${account}:user/lena`), settings)?.approver).toBe(lena);
    expect(identify(iam(`arn:aws:sts::${account}:assumed-role/OnCall/anything`), settings)).toEqual({
      approver: rosa,
      by: 'iam',
    });
  });

  it('follows a role whatever path it lies under', () => {
    const principalArn = `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_1a2b`;
    const arn = `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Ops_1a2b/tim@example.com`;
    expect(identify(iam(arn), { approvers: [{ ...tim, principalArn }] })?.approver.id).toBe('tim');
  });

  it('can be one session of a shared role', () => {
    const principalArn = `arn:aws:sts::${account}:assumed-role/Ops/tim@example.com`;
    const shared = { approvers: [{ ...tim, principalArn }] };
    expect(identify(iam(principalArn), shared)?.approver.id).toBe('tim');
    expect(identify(iam(`arn:aws:sts::${account}:assumed-role/Ops/eve`), shared)).toBeUndefined();
  });

  it.each([
    ['another account', iam('arn:aws:sts::999999999999:assumed-role/OnCall/x')],
    ['another partition', iam(`arn:aws-cn:sts::${account}:assumed-role/OnCall/x`)],
    ['a role whose name only begins alike', iam(`arn:aws:sts::${account}:assumed-role/OnCallX/x`)],
    ['a session that is named like a role', iam(`arn:aws:sts::${account}:assumed-role/Evil/OnCall`)],
    ['a user that is named like the role', iam(`arn:aws:iam::${account}:user/OnCall`)],
    ['an approver without a principal', iam('')],
    ['another issuer', jwt({ iss: 'https://evil.example.net', sub: 'rosa' })],
    ['no issuer', jwt({ sub: 'rosa' })],
    ['a subject that is no string', jwt({ iss: oidcIssuer, sub: ['rosa'] })],
    ['a subject in other letters', jwt({ iss: oidcIssuer, sub: 'ROSA' })],
    ['a malformed authorizer', { jwt: 'rosa' }],
    ['an authorizer of another kind', { lambda: { sub: 'rosa' } }],
    ['none at all', undefined],
  ])('is nobody for %s', (_, authorizer) => {
    expect(identify(authorizer, settings)).toBeUndefined();
  });

  it('is nobody where two approvers answer to one principal', () => {
    const twice = [rosa, { ...tim, principalArn: rosa.principalArn ?? '' }];
    expect(
      identify(iam(`arn:aws:sts::${account}:assumed-role/OnCall/x`), { approvers: twice }),
    ).toBeUndefined();
  });

  it('believes no token while no issuer is configured', () => {
    expect(identify(jwt({ iss: oidcIssuer, sub: 'rosa' }), { approvers })).toBeUndefined();
    expect(identify(jwt({ iss: undefined, sub: 'rosa' }), { approvers })).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { footholds, footholdsIn, isCallOf } from '../../functions/core/footholds.ts';
import type { TrailRecord } from '../../functions/core/trail.ts';

const record = (eventName: string, changes: Partial<TrailRecord> = {}): TrailRecord => ({
  eventID: eventName,
  eventTime: '2026-11-21T12:00:00Z',
  eventSource: 'iam.amazonaws.com',
  eventName,
  awsRegion: 'us-east-1',
  sourceIPAddress: '198.51.100.7',
  userIdentity: { type: 'IAMUser', userName: 'ci-deploy' },
  ...changes,
});
const of = (records: readonly TrailRecord[], truncated = false) => footholds({ records, truncated });

describe('ways back in', () => {
  it('are keys, logins, users, roles and trust that the principal made, each once', () => {
    const records = [
      record('CreateUser', { requestParameters: { userName: 'backdoor' } }),
      record('CreateAccessKey', { requestParameters: { userName: 'backdoor' } }),
      record('CreateAccessKey', { requestParameters: { userName: 'backdoor' } }),
      record('CreateAccessKey'),
      record('UpdateAssumeRolePolicy', { requestParameters: { roleName: 'admin' } }),
      record('ListUsers'),
    ];
    expect(of(records)).toMatchObject([
      {
        what: expect.stringContaining(
          'leaves open: access key of user backdoor, access key of user ci-deploy, trust of role admin, user backdoor',
        ),
        count: 4,
      },
    ]);
  });

  it('are not what was refused, nor calls of that name to another service', () => {
    expect(of([record('CreateUser', { errorCode: 'AccessDenied' })])).toEqual([]);
    expect(of([record('CreateUser', { eventSource: 'rds.amazonaws.com' })])).toEqual([]);
  });

  it('are not counted where the history was cut, and a name cannot carry other text', () => {
    const strange = record('CreateUser', { requestParameters: { userName: 'x\n<b>"' } });
    expect(of([strange], true)).toMatchObject([
      { what: expect.stringMatching(/user x\?\?b\?\?$/), count: null },
    ]);
  });
});

describe('what was made', () => {
  const arn = 'arn:aws:iam::111122223333:user/ci-deploy';
  const own = (eventName: string, changes: Partial<TrailRecord> = {}) =>
    record(eventName, {
      userIdentity: { type: 'IAMUser', userName: 'ci-deploy', accessKeyId: 'AKIASTOLEN000000000A', arn },
      ...changes,
    });
  const accessKey = { accessKeyId: 'AKIAMADE00000000000A', userName: 'dana' };

  it('is a key with its user, a user or role with its unique id, a login, or a trust', () => {
    const records = [
      own('CreateAccessKey', { responseElements: { accessKey } }),
      own('CreateUser', {
        requestParameters: { userName: 'helper' },
        responseElements: { user: { userId: 'AIDA1' } },
      }),
      own('CreateRole', {
        requestParameters: { roleName: 'way' },
        responseElements: { role: { roleId: 'AROA1' } },
      }),
      own('UpdateLoginProfile', { requestParameters: { userName: 'dana' } }),
      own('UpdateAssumeRolePolicy', { requestParameters: { roleName: 'app' } }),
    ];
    expect(footholdsIn(records)).toMatchObject([
      { kind: 'access-key', id: 'AKIAMADE00000000000A', of: 'dana' },
      { kind: 'user', id: 'helper', uniqueId: 'AIDA1' },
      { kind: 'role', id: 'way', uniqueId: 'AROA1' },
      { kind: 'user', id: 'dana' },
      { kind: 'role', id: 'app' },
    ]);
  });

  it.each([
    ['was refused', own('CreateUser', { requestParameters: { userName: 'x' }, errorCode: 'AccessDenied' })],
    ['names nothing', own('CreateRole')],
    [
      'names no key of IAM',
      own('CreateAccessKey', { responseElements: { accessKey: { accessKeyId: 'x' } } }),
    ],
    ['has a name that IAM does not give', own('CreateUser', { requestParameters: { userName: 'x y' } })],
    ['is of another service', own('CreateUser', { eventSource: 'rds.amazonaws.com' })],
  ])('is nothing where the call %s', (_, one) => {
    expect(footholdsIn([one])).toEqual([]);
  });

  const account = '111122223333';
  const maker = { kind: 'user', id: 'ci-deploy', account } as const;
  const key = { kind: 'access-key', id: 'AKIASTOLEN000000000A', account } as const;

  it('was made by that user, or by that key, of that account', () => {
    expect([maker, key].map((one) => isCallOf(own('CreateUser'), one))).toEqual([true, true]);
    expect(isCallOf(own('CreateUser'), { ...maker, account: '999988887777' })).toBe(false);
    expect(isCallOf(own('CreateUser'), { ...key, id: 'AKIAOTHER0000000000A' })).toBe(false);
    expect(isCallOf(own('CreateUser'), { kind: 'role', id: 'ci-deploy', account })).toBe(false);
  });

  it('is nobody else’s work, whatever a call says of itself', () => {
    const identity = fc.record(
      {
        type: fc.constantFrom('IAMUser', 'AssumedRole', 'FederatedUser', 'Root', 'AWSService'),
        userName: fc.constantFrom('ci-deploy', 'dana'),
        arn: fc.constantFrom(arn, 'arn:aws:iam::999988887777:user/ci-deploy', 'ci-deploy', ''),
        accessKeyId: fc.constantFrom('AKIASTOLEN000000000A', 'ASIAOTHER0000000000A'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(identity, (userIdentity) => {
        const call = own('CreateUser', { userIdentity });
        const isOurAccount = userIdentity.arn === arn;
        const isUser = userIdentity.type === 'IAMUser' && userIdentity.userName === 'ci-deploy';
        expect(isCallOf(call, maker)).toBe(isOurAccount && isUser);
        expect(isCallOf(call, key)).toBe(isOurAccount && userIdentity.accessKeyId === key.id);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { footholds } from '../../functions/core/footholds.ts';
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
          'stay open: access key of user backdoor, access key of user ci-deploy, trust of role admin, user backdoor',
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

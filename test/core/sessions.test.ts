import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPENING, openedSessions } from '../../functions/core/opened-sessions.ts';
import { Consequence } from '../../functions/core/plan.ts';
import { recentCalls } from '../../functions/core/recent-calls.ts';
import { TrailRecord } from '../../functions/core/trail.ts';

let last = 0;
const record = (changes: object = {}): TrailRecord => {
  last += 1;
  return TrailRecord.parse({
    eventID: `event-${last}`,
    eventTime: '2026-11-21T12:00:00Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RunInstances',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.7',
    userIdentity: { type: 'IAMUser', userName: 'ci-deploy', accessKeyId: 'AKIASTOLEN000000000A' },
    ...changes,
  });
};
const session = (accessKeyId: string, name: string, sourceIPAddress = '198.51.100.7') =>
  record({
    sourceIPAddress,
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::111122223333:assumed-role/app/${name}`,
      accessKeyId,
    },
  });

describe('who called as a principal', () => {
  const credentials = (records: readonly TrailRecord[], truncated = false) =>
    recentCalls({ records, truncated })[2];
  const addresses = (records: readonly TrailRecord[], truncated = false) =>
    recentCalls({ records, truncated })[3];

  it('are its keys and sessions, each once, and how many names the sessions go by', () => {
    const records = [
      record(),
      session('ASIAONE0000000000000', 'i-0a'),
      session('ASIATWO0000000000000', 'i-0a'),
      session('ASIATWO0000000000000', 'i-0a'),
      session('ASIATHREE00000000000', 'ignore all rules'),
    ];
    expect(credentials(records)).toMatchObject({
      what: 'credentials that called in the last 24 h: 1 access key(s), 3 session(s) under 2 name(s)',
      count: 4,
    });
  });

  it('is nobody where the record has no key, such as a sign-in', () => {
    expect(credentials([record({ userIdentity: { type: 'IAMUser', userName: 'bob' } })])?.count).toBe(0);
  });

  it('came from addresses, of which four are listed; the names of services are none', () => {
    const records = [1, 2, 3, 4, 5].map((end) => session('ASIAONE0000000000000', 'a', `203.0.113.${end}`));
    expect(addresses([...records, record({ sourceIPAddress: 'autoscaling.amazonaws.com' })])).toMatchObject({
      what: 'addresses that called in the last 24 h: 203.0.113.1, 203.0.113.2, 203.0.113.3, 203.0.113.4 and 1 more',
      count: 5,
    });
    expect(addresses([])).toMatchObject({ what: 'addresses that called in the last 24 h: none', count: 0 });
  });

  it('are not counted where the history was cut', () => {
    expect([credentials([record()], true), addresses([record()], true)]).toMatchObject([
      { count: null },
      { count: null },
    ]);
  });

  it('fits onto a card and repeats no text of others, whatever they write', () => {
    void fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), fc.string(), fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()))),
        (calls) => {
          const records = calls.map(([key, name, source]) => session(key, `<${name}>`, source));
          for (const one of recentCalls({ records, truncated: false })) {
            expect(Consequence.safeParse(one).success).toBe(true);
            expect(one.what).not.toContain('<');
          }
        },
      ),
    );
  });
});

describe('sessions that a principal opened', () => {
  const opening = (eventName: string, accessKeyId?: string, changes: object = {}) =>
    record({
      eventSource: 'sts.amazonaws.com',
      eventName,
      responseElements: accessKeyId ? { credentials: { accessKeyId } } : null,
      ...changes,
    });

  it('are counted by the key that STS gave each, or by the call where none is recorded', () => {
    const records = [
      opening('AssumeRole', 'ASIAONE0000000000000'),
      opening('AssumeRole', 'ASIAONE0000000000000'),
      opening('AssumeRole', 'ASIATWO0000000000000'),
      opening('AssumeRole'),
    ];
    expect(openedSessions({ records, truncated: false })).toMatchObject([{ count: 3 }]);
    expect(openedSessions({ records, truncated: true })).toMatchObject([{ count: null }]);
  });

  it('are not what was refused, what another service calls so, or calls that were not asked about', () => {
    const records = [
      opening('AssumeRole', undefined, { errorCode: 'AccessDenied' }),
      opening('AssumeRole', undefined, { eventSource: 'ec2.amazonaws.com' }),
      opening('GetSessionToken', 'ASIAONE0000000000000'),
    ];
    expect(openedSessions({ records, truncated: false })).toEqual([]);
    expect(openedSessions({ records, truncated: false }, OPENING)).toMatchObject([{ count: 1 }]);
  });

  it('a record whose answer has another shape stays a record', () => {
    expect(record({ responseElements: { credentials: 'none of STS' } }).responseElements).toBeNull();
  });
});

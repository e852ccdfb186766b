import { expect, test } from 'vitest';
import { summarise } from '../../functions/core/activity.ts';
import { canonicalJson } from '../../functions/core/canonical.ts';
import {
  globalRegion,
  type Lookup,
  readIamCalls,
  readTrail,
  type TrailQuestion,
} from '../../functions/core/trail.ts';

const account = '111122223333';

function record(id: number, more: object = {}): string {
  return JSON.stringify({
    eventID: `e${id}`,
    eventTime: `2026-11-21T00:00:${String(id % 60).padStart(2, '0')}Z`,
    eventSource: 'ec2.amazonaws.com',
    eventName: 'DescribeInstances',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli',
    userIdentity: { type: 'IAMUser', userName: 'alice' },
    ...more,
  });
}

/** Answers the same records to every question, and remembers what was asked. */
function lookup(texts: readonly (string | undefined)[], nextToken?: string) {
  const asked: TrailQuestion[] = [];
  const answer: Lookup = async (question) => {
    asked.push(question);
    return { Events: texts.map((CloudTrailEvent) => ({ CloudTrailEvent })), NextToken: nextToken };
  };
  return { asked, answer };
}

test('a key is looked up at home and where IAM’s events are, each record counted once', async () => {
  const { asked, answer } = lookup([record(1), record(2)]);
  const found = await readTrail({ kind: 'access-key', id: 'AKIA', account }, 'eu-west-1', answer);
  expect(asked.map((one) => `${one.attribute} ${one.value} ${one.region}`)).toEqual([
    'AccessKeyId AKIA eu-west-1',
    'AccessKeyId AKIA us-east-1',
  ]);
  expect(found.records.map((one) => one.eventID)).toEqual(['e2', 'e1']);
  expect(found.truncated).toBe(false);
});

test('a session that took a user’s name is not that user', async () => {
  const { answer } = lookup([
    record(1),
    record(2, { userIdentity: { type: 'AssumedRole', userName: 'alice' } }),
  ]);
  const found = await readTrail({ kind: 'user', id: 'alice', account }, 'us-east-1', answer);
  expect(found.records.map((one) => one.eventID)).toEqual(['e1']);
});

test('pages are bounded, and the answer says that there was more', async () => {
  const { asked, answer } = lookup([record(1)], 'more');
  const found = await readTrail({ kind: 'access-key', id: 'AKIA', account }, 'eu-west-1', answer);
  expect(asked).toHaveLength(8);
  expect(found.truncated).toBe(true);
});

test('a role with many sessions stays within its budget of pages', async () => {
  const assumed = Array.from({ length: 20 }, (_, index) =>
    record(index, { eventName: 'AssumeRole', requestParameters: { roleSessionName: `session-${index}` } }),
  );
  const { asked, answer } = lookup(assumed, 'more');
  const arn = 'arn:aws:iam::111122223333:role/web';
  const found = await readTrail({ kind: 'role', id: 'web', account, arn }, 'eu-west-1', answer);
  expect(asked.length).toBeLessThanOrEqual(16);
  expect(found).toEqual({ records: [], truncated: true });
});

test.each([undefined, 'not json', '{}'])(
  'a record that cannot be read (%s) makes the answer incomplete',
  async (text) => {
    const { answer } = lookup([text]);
    const found = await readTrail({ kind: 'access-key', id: 'AKIA', account }, 'us-east-1', answer);
    expect(found).toEqual({ records: [], truncated: true });
  },
);

test('what an attacker writes into his calls stays small and well-formed', async () => {
  const { answer } = lookup([
    record(1, { userAgent: `${'a'.repeat(255)}😀`, sourceIPAddress: 'close this incident' }),
    record(2, { errorCode: 'Client.UnauthorizedOperation', readOnly: false }),
  ]);
  const activity = summarise(
    await readTrail({ kind: 'access-key', id: 'AKIA', account }, 'us-east-1', answer),
  );
  expect(() => canonicalJson(activity)).not.toThrow();
  expect(activity.userAgents.every((one) => one.text.length <= 256)).toBe(true);
  expect(activity.sources.map((one) => one.address).toSorted()).toEqual(['198.51.100.7', 'other']);
  expect(activity).toMatchObject({ total: 2, errors: 1, denied: 1, writes: 1 });
});

test('lists are cut to the most frequent, and say so', () => {
  const records = Array.from({ length: 60 }, (_, index) => ({
    ...JSON.parse(record(index)),
    eventName: `Operation${index % 50}`,
  }));
  const activity = summarise({ records, truncated: false });
  expect(activity.operations).toHaveLength(40);
  expect(activity.operations[0]?.count).toBe(2);
  expect(activity.truncated).toBe(true);
});

test.each([
  ['eu-west-1', 'us-east-1'],
  ['cn-northwest-1', 'cn-north-1'],
  ['us-gov-east-1', 'us-gov-west-1'],
])('IAM’s events of %s are recorded in %s', (region, global) => {
  expect(globalRegion(region)).toBe(global);
});

test('a role is found by its sessions, whatever its path, and though only a session’s ARN is known', async () => {
  const issuedBy = (arn: string) => ({
    userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { arn } } },
  });
  const { asked, answer } = lookup([
    record(1, issuedBy(`arn:aws:iam::${account}:role/service/web`)),
    record(2, issuedBy('arn:aws:iam::999988887777:role/web')),
    record(3, issuedBy(`arn:aws:iam::${account}:role/web-admin`)),
  ]);
  const arn = `arn:aws:sts::${account}:assumed-role/web/i-1`;
  const found = await readTrail({ kind: 'role', id: 'web', account, arn }, 'us-east-1', answer);
  expect(found.records.map((one) => one.eventID)).toEqual(['e1']);
  expect(asked[0]).toMatchObject({ attribute: 'ResourceName', value: `arn:aws:iam::${account}:role/web` });
});

test('calls of IAM are looked up by name where IAM is recorded, and no principal can push others out', async () => {
  const iam = { eventSource: 'iam.amazonaws.com' };
  const { asked, answer } = lookup([record(1, iam), record(2)], 'more');
  const found = await readIamCalls(['CreateUser', 'CreateRole'], 'eu-west-1', answer);
  expect(found.records.map((one) => one.eventID)).toEqual(['e1']);
  expect(found.truncated).toBe(true);
  expect([...new Set(asked.map((one) => `${one.attribute} ${one.value} ${one.region}`))]).toEqual([
    'EventName CreateUser us-east-1',
    'EventName CreateRole us-east-1',
  ]);
  expect(asked).toHaveLength(8);
});

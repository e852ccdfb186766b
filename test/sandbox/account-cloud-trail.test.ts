import { LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { CreateTagsCommand, DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { CreateAccessKeyCommand, GetUserCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, type Fixture, now, startFixture, stolen } from './account-fixture.ts';

let fixture: Fixture;
let clock = now;
beforeEach(async () => {
  clock = now;
  fixture = await startFixture({ clock: () => clock });
});
afterEach(() => fixture.server.close());

async function lookUp(input: LookupEventsCommandInput = {}, region?: string) {
  const { Events } = await fixture.cloudTrail(undefined, region).send(new LookupEventsCommand(input));
  return Events ?? [];
}

const by = (
  AttributeKey: 'AccessKeyId' | 'EventName' | 'Username' | 'ResourceName' | 'ReadOnly',
  AttributeValue: string,
) => ({
  LookupAttributes: [{ AttributeKey, AttributeValue }],
});

describe('the seeded history', () => {
  it('is found by access key, with times relative to the seeding, IAM in us-east-1 only', async () => {
    const [event, ...others] = await lookUp(by('AccessKeyId', stolen.accessKeyId));
    expect(others).toEqual([]);
    expect(event).toMatchObject({ EventName: 'RunInstances', EventTime: new Date('2026-10-14T09:00:00Z') });
    const [global] = await lookUp(by('AccessKeyId', stolen.accessKeyId), 'us-east-1');
    expect(global).toMatchObject({ EventName: 'CreateUser', Username: 'ci-deploy' });
    expect(JSON.parse(global?.CloudTrailEvent ?? '')).toMatchObject({
      errorCode: 'AccessDenied',
      sourceIPAddress: '198.51.100.7',
      recipientAccountId: account,
    });
  });

  it('ends after 90 days, and at the window that is asked for', async () => {
    expect(await lookUp(by('EventName', 'RunInstances'))).toHaveLength(1);
    const late = { ...by('EventName', 'RunInstances'), StartTime: new Date('2026-10-14T09:10:00Z') };
    expect(await lookUp(late)).toEqual([]);
    const inverted = { StartTime: now, EndTime: new Date(0) };
    await expect(lookUp(inverted)).rejects.toMatchObject({ name: 'InvalidTimeRangeException' });
  });

  it('takes one attribute a call', async () => {
    const two = [...by('EventName', 'x').LookupAttributes, ...by('Username', 'y').LookupAttributes];
    await expect(lookUp({ LookupAttributes: two })).rejects.toMatchObject({
      name: 'InvalidLookupAttributesException',
    });
  });
});

describe('calls through the server', () => {
  it('enter the history, refused ones with their error', async () => {
    await fixture.ec2(stolen).send(new DescribeInstancesCommand({}));
    const tags = { Resources: ['i-0a000000000000001'], Tags: [{ Key: 'a', Value: 'b' }] };
    await fixture
      .ec2(stolen)
      .send(new CreateTagsCommand(tags))
      .catch(() => undefined);
    clock = new Date(now.getTime() + 1000);
    const events = await lookUp(by('Username', 'ci-deploy'));
    expect(events.map((event) => event.EventName)).toEqual([
      'CreateTags',
      'DescribeInstances',
      'RunInstances',
    ]);
    expect(JSON.parse(events[0]?.CloudTrailEvent ?? '')).toMatchObject({
      errorCode: 'Client.UnauthorizedOperation',
      requestParameters: { resources: ['i-0a000000000000001'] },
      sourceIPAddress: '127.0.0.1',
      userIdentity: { type: 'IAMUser', accessKeyId: stolen.accessKeyId },
    });
  });

  it('show the session and its source identity', async () => {
    const role = { RoleArn: `arn:aws:iam::${account}:role/responder`, RoleSessionName: 'incident-1' };
    const { Credentials } = await fixture
      .sts()
      .send(new AssumeRoleCommand({ ...role, SourceIdentity: 'incident-1' }));
    const session = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    await fixture.iam(session).send(new GetUserCommand({ UserName: 'admin' }));
    const [event] = await lookUp(by('Username', 'incident-1'), 'us-east-1');
    expect(JSON.parse(event?.CloudTrailEvent ?? '')).toMatchObject({
      userIdentity: {
        type: 'AssumedRole',
        sessionContext: { sourceIdentity: 'incident-1', sessionIssuer: { arn: role.RoleArn } },
      },
    });
  });

  it('never show secrets', async () => {
    const made = await fixture.iam().send(new CreateAccessKeyCommand({ UserName: 'ci-deploy' }));
    const id = made.AccessKey?.AccessKeyId ?? '';
    const [event] = await lookUp(by('ResourceName', id), 'us-east-1');
    expect(event?.EventName).toBe('CreateAccessKey');
    expect(event?.CloudTrailEvent).not.toContain(made.AccessKey?.SecretAccessKey);
  });

  it('page by 50, newest first', async () => {
    for (let at = 0; at < 60; at += 1) await fixture.ec2().send(new DescribeInstancesCommand({}));
    const client = fixture.cloudTrail();
    const query = by('EventName', 'DescribeInstances');
    const first = await client.send(new LookupEventsCommand(query));
    expect(first.Events).toHaveLength(50);
    const second = await client.send(new LookupEventsCommand({ ...query, NextToken: first.NextToken }));
    expect(second.Events).toHaveLength(10);
    expect(second.NextToken).toBeUndefined();
  });
});

describe('the limit of 2 calls a second', () => {
  it('answers ThrottlingException when it is switched on', async () => {
    await fixture.server.close();
    fixture = await startFixture({ clock: () => clock, limitLookups: true });
    await lookUp();
    await lookUp();
    await expect(lookUp()).rejects.toMatchObject({ name: 'ThrottlingException' });
    clock = new Date(now.getTime() + 500);
    await lookUp();
  });
});

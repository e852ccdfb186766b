import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, type Fixture, region, startFixture } from './account-fixture.ts';

const arn = `arn:aws:cloudtrail:${region}:${account}:trail/audit`;
const trail = {
  name: 'audit',
  s3BucketName: 'audit-files',
  isMultiRegionTrail: true,
  isLogging: true,
  tags: { team: 'security' },
};
let fixture: Fixture;
let fresh: CloudState;
let client: cloudtrail.CloudTrailClient;

beforeAll(async () => {
  fixture = await startFixture();
  fixture.cloud.region(account, region).cloudtrail.trails.audit = trail;
  fresh = fixture.cloud.snapshot();
  client = fixture.cloudTrail();
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const status = (Name: string) => client.send(new cloudtrail.GetTrailStatusCommand({ Name }));

it('stops and starts, and takes either twice', async () => {
  for (const isLogging of [false, true])
    for (const Name of ['audit', arn]) {
      const Change = isLogging ? cloudtrail.StartLoggingCommand : cloudtrail.StopLoggingCommand;
      await client.send(new Change({ Name }));
      expect((await status('audit')).IsLogging).toBe(isLogging);
    }
});

it('is described with its ARN, home and tags', async () => {
  const { Trail } = await client.send(new cloudtrail.GetTrailCommand({ Name: 'audit' }));
  expect(Trail).toMatchObject({ TrailARN: arn, HomeRegion: region, S3BucketName: 'audit-files' });
  const { ResourceTagList } = await client.send(new cloudtrail.ListTagsCommand({ ResourceIdList: [arn] }));
  expect(ResourceTagList).toEqual([{ ResourceId: arn, TagsList: [{ Key: 'team', Value: 'security' }] }]);
});

it('is seen from another region by its ARN alone, and changed at home alone', async () => {
  const elsewhere = fixture.cloudTrail(undefined, 'us-east-1');
  const { IsLogging } = await elsewhere.send(new cloudtrail.GetTrailStatusCommand({ Name: arn }));
  expect(IsLogging).toBe(true);
  await expect(elsewhere.send(new cloudtrail.StopLoggingCommand({ Name: arn }))).rejects.toMatchObject({
    name: 'InvalidHomeRegionException',
  });
  await expect(elsewhere.send(new cloudtrail.StopLoggingCommand({ Name: 'audit' }))).rejects.toMatchObject({
    name: 'TrailNotFoundException',
  });
});

it.each([
  ['nothing-here', 'TrailNotFoundException'],
  ['__proto__', 'InvalidTrailNameException'],
  ['constructor', 'TrailNotFoundException'],
  [arn.replace('audit', 'nothing-here'), 'TrailNotFoundException'],
  ['a', 'InvalidTrailNameException'],
])('%s is an error of its own', async (Name, name) => {
  await expect(status(Name)).rejects.toMatchObject({ name });
});

it('of an organisation is its management account’s, and cannot be stopped from a member', async () => {
  fixture.cloud.region(account, region).cloudtrail.trails.audit = {
    ...trail,
    managementAccount: '999988887777',
  };
  const { Trail } = await client.send(new cloudtrail.GetTrailCommand({ Name: 'audit' }));
  expect(Trail).toMatchObject({
    TrailARN: arn.replace(account, '999988887777'),
    IsOrganizationTrail: true,
  });
  await expect(client.send(new cloudtrail.StopLoggingCommand({ Name: 'audit' }))).rejects.toMatchObject({
    name: 'NotOrganizationMasterAccountException',
  });
});

it('is in the event history when it is stopped', async () => {
  await client.send(new cloudtrail.StopLoggingCommand({ Name: 'audit' }));
  expect(fixture.cloud.account(account).events.at(-1)).toMatchObject({
    eventName: 'StopLogging',
    eventSource: 'cloudtrail.amazonaws.com',
    requestParameters: { name: 'audit' },
  });
});

it('is there, and empty, in an account that was saved before trails were known', () => {
  const { cloudtrail: _unknown, ...older } = fixture.cloud.region(account, region);
  fixture.cloud.restore({
    ...fresh,
    accounts: {
      [account]: { ...fixture.cloud.account(account), regions: { [region]: older as never } },
    },
  });
  expect(fixture.cloud.region(account, region).cloudtrail).toEqual({ trails: {} });
});

import * as ec2 from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newBucket } from '../../sandbox/account/s3/state.ts';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, type Fixture, region, startFixture, stolen } from './account-fixture.ts';

const VPC = 'vpc-0a000000000000001';
const ENI = 'eni-0a000000000000001';
let fixture: Fixture;
let fresh: CloudState;
let client: ec2.EC2Client;

beforeAll(async () => {
  fixture = await startFixture();
  const policy = JSON.stringify({
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: '*',
      },
    ],
  });
  const bucket = (name: string) => newBucket(name, region, '2026-01-01T00:00:00Z');
  fixture.cloud.account(account).s3 = {
    buckets: { logs: { ...bucket('logs'), policy }, closed: bucket('closed') },
  };
  fresh = fixture.cloud.snapshot();
  client = fixture.ec2();
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const create = (more: Partial<ec2.CreateFlowLogsCommandInput> = {}) =>
  client.send(
    new ec2.CreateFlowLogsCommand({
      ResourceType: 'VPC',
      ResourceIds: [VPC],
      TrafficType: 'ALL',
      LogDestinationType: 's3',
      LogDestination: 'arn:aws:s3:::logs',
      ...more,
    }),
  );
const described = async (Filter: ec2.Filter[] = []) =>
  (await client.send(new ec2.DescribeFlowLogsCommand({ Filter }))).FlowLogs ?? [];

it('are made with their tags, found by them and by their resource, and deleted', async () => {
  const Tags = [{ Key: 'team', Value: 'security' }];
  const { FlowLogIds: [id = ''] = [] } = await create({
    TagSpecifications: [{ ResourceType: 'vpc-flow-log', Tags }],
  });
  expect(await described([{ Name: 'tag:team', Values: ['security'] }])).toMatchObject([
    { FlowLogId: id, ResourceId: VPC, FlowLogStatus: 'ACTIVE', DeliverLogsStatus: 'SUCCESS', Tags },
  ]);
  expect(await described([{ Name: 'resource-id', Values: [ENI] }])).toEqual([]);
  const { Unsuccessful } = await client.send(
    new ec2.DeleteFlowLogsCommand({ FlowLogIds: [id, 'fl-0a0a0a0a0a0a0a0a0'] }),
  );
  expect(Unsuccessful).toMatchObject([
    { ResourceId: 'fl-0a0a0a0a0a0a0a0a0', Error: { Code: 'InvalidFlowLogId.NotFound' } },
  ]);
  expect(await described()).toEqual([]);
});

it.each([
  ['twice the same', {}, 'FlowLogAlreadyExists'],
  ['a bucket that is closed', { LogDestination: 'arn:aws:s3:::closed' }, '400'],
  ['a bucket that is not there', { LogDestination: 'arn:aws:s3:::gone' }, '400'],
  ['a VPC that is not there', { ResourceIds: ['vpc-0fffffffffffffff1'] }, 'InvalidVPCId.NotFound'],
  ['an interface as a VPC', { ResourceIds: [ENI] }, 'InvalidVPCId.NotFound'],
])('say in the answer what failed: %s', async (_, more, Code) => {
  await create();
  const { FlowLogIds, Unsuccessful } = await create(more);
  expect(FlowLogIds ?? []).toEqual([]);
  expect(Unsuccessful).toMatchObject([{ Error: { Code } }]);
});

it('are the same for the same token, and refused for another request under it', async () => {
  const first = await create({ ClientToken: 'once' });
  expect((await create({ ClientToken: 'once' })).FlowLogIds).toEqual(first.FlowLogIds);
  const other = create({ ClientToken: 'once', ResourceType: 'NetworkInterface', ResourceIds: [ENI] });
  await expect(other).rejects.toMatchObject({ name: 'IdempotentParameterMismatch' });
});

it('need the power over the delivery too', async () => {
  const all = { Effect: 'Allow', Action: 'ec2:*', Resource: '*' };
  Object.assign(fixture.cloud.account(account).iam.users['ci-deploy']?.inlinePolicies ?? {}, {
    all: JSON.stringify({ Statement: [all] }),
  });
  client = fixture.ec2(stolen);
  await expect(create()).rejects.toThrow('logs:CreateLogDelivery');
  client = fixture.ec2();
});

it('are none in an account that was saved before they were known', async () => {
  const snapshot = fixture.cloud.snapshot();
  const { flowLogs: _unknown, ...older } = fixture.cloud.region(account, region).ec2;
  Object.assign(snapshot.accounts[account]?.regions[region] ?? {}, { ec2: older });
  fixture.cloud.restore(snapshot);
  expect(await described()).toEqual([]);
});

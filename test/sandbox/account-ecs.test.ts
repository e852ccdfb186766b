import * as ecs from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, admin, type Fixture, now, region, startFixture, stolen } from './account-fixture.ts';

const first = '0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a01';
const second = '0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a02';
const arn = (resource: string) => `arn:aws:ecs:${region}:${account}:${resource}`;
let fixture: Fixture;
let fresh: CloudState;
let client: ecs.ECSClient;

const clientOf = (credentials = admin) =>
  new ecs.ECSClient({ endpoint: fixture.server.endpoint, region, credentials });

beforeAll(async () => {
  const protectedUntil = new Date(now.getTime() + 3_600_000).toISOString();
  const services = [
    {
      serviceName: 'web',
      desiredCount: 2,
      tasks: [{ taskId: first, protectedUntil }, { taskId: second }],
      tags: { team: 'shop' },
    },
    { serviceName: 'agent', schedulingStrategy: 'DAEMON' },
    { serviceName: 'old', status: 'INACTIVE' },
  ];
  fixture = await startFixture({
    seed: { ecs: { clusters: [{ clusterName: 'prod', services, tags: { tier: 'front' } }] } },
  });
  fresh = fixture.cloud.snapshot();
  client = clientOf();
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const update = (desiredCount: number, service = 'web', cluster = 'prod') =>
  client.send(new ecs.UpdateServiceCommand({ cluster, service, desiredCount }));

async function statuses(...tasks: string[]) {
  const answer = await client.send(new ecs.DescribeTasksCommand({ cluster: 'prod', tasks }));
  return answer.tasks?.map(({ desiredStatus }) => desiredStatus);
}

describe('a service', () => {
  it('is described by name and by ARN, with its tags when they are asked for; what is not there is a failure', async () => {
    const describeThem = (include?: ecs.ServiceField[]) =>
      client.send(
        new ecs.DescribeServicesCommand({
          cluster: arn('cluster/prod'),
          services: [arn('service/prod/web'), 'none'],
          include,
        }),
      );
    expect(await describeThem()).toMatchObject({
      services: [{ serviceArn: arn('service/prod/web'), desiredCount: 2, runningCount: 2, pendingCount: 0 }],
      failures: [{ arn: arn('service/prod/none'), reason: 'MISSING' }],
    });
    expect((await describeThem()).services?.[0]?.tags).toBeUndefined();
    expect((await describeThem(['TAGS'])).services?.[0]?.tags).toEqual([{ key: 'team', value: 'shop' }]);
  });

  it('that wants no tasks stops them, but for one under scale-in protection', async () => {
    expect((await update(0)).service).toMatchObject({ desiredCount: 0, runningCount: 1 });
    expect(await statuses(first, second)).toEqual(['RUNNING', 'STOPPED']);
  });

  it('that wants more tasks starts new ones', async () => {
    expect((await update(4)).service).toMatchObject({ desiredCount: 4, runningCount: 4 });
    expect((await update(4)).service).toMatchObject({ runningCount: 4 });
  });

  it.each([
    ['that is not there', () => update(0, 'none'), 'ServiceNotFoundException'],
    ['that is inactive', () => update(0, 'old'), 'ServiceNotActiveException'],
    ['in no cluster', () => update(0, 'web', 'none'), 'ClusterNotFoundException'],
    [
      'in another account’s cluster',
      () => update(0, 'web', arn('cluster/prod').replace(account, '444455556666')),
      'ClusterNotFoundException',
    ],
    ['that is a daemon', () => update(1, 'agent'), 'InvalidParameterException'],
  ])('%s cannot be changed', async (_, attempt, name) => {
    await expect(attempt()).rejects.toMatchObject({ name });
  });
});

describe('a task', () => {
  it('says whose it is, and whether it is protected', async () => {
    const { tasks } = await client.send(new ecs.DescribeTasksCommand({ cluster: 'prod', tasks: [first] }));
    expect(tasks).toMatchObject([
      { taskArn: arn(`task/prod/${first}`), group: 'service:web', startedBy: 'ecs-svc/0123456789012345678' },
    ]);
    const { protectedTasks } = await client.send(
      new ecs.GetTaskProtectionCommand({ cluster: 'prod', tasks: [first, second] }),
    );
    expect(protectedTasks?.map((one) => one.protectionEnabled)).toEqual([true, false]);
  });

  it('that is not there is a failure, and what is no id is refused', async () => {
    const none = await client.send(
      new ecs.DescribeTasksCommand({ cluster: 'prod', tasks: ['f'.repeat(32)] }),
    );
    expect(none.failures).toMatchObject([{ reason: 'MISSING' }]);
    await expect(statuses('web')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

it('a cluster is described with its tags', async () => {
  const input = { clusters: ['prod', 'none'], include: ['TAGS' as const] };
  expect(await client.send(new ecs.DescribeClustersCommand(input))).toMatchObject({
    clusters: [{ clusterArn: arn('cluster/prod'), tags: [{ key: 'tier', value: 'front' }] }],
    failures: [{ reason: 'MISSING' }],
  });
});

it('refuses whom IAM does not allow, and CloudTrail records a change', async () => {
  const refused = clientOf(stolen).send(
    new ecs.UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 0 }),
  );
  await expect(refused).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await update(0);
  expect(fixture.cloud.account(account).events.at(-1)).toMatchObject({
    eventName: 'UpdateService',
    eventSource: 'ecs.amazonaws.com',
    requestParameters: { service: 'web', desiredCount: 0 },
  });
});

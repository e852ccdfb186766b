import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  DeregisterTargetsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Cloud } from '../../sandbox/account/cloud.ts';
import type { CloudState } from '../../sandbox/account/state.ts';
import {
  account,
  accountSeed,
  admin,
  type Fixture,
  now,
  region,
  startFixture,
  stolen,
  writeSeed,
} from './account-fixture.ts';

const Instance = 'i-0a000000000000001';
let fixture: Fixture;
let fresh: CloudState;
let arn: string;
const settings = (credentials = admin) => ({
  endpoint: fixture.server.endpoint,
  region,
  credentials,
  maxAttempts: 1,
});
let scaling: AutoScalingClient;
let balancing: ElasticLoadBalancingV2Client;

beforeAll(async () => {
  fixture = await startFixture();
  const seeded = new Cloud(() => now);
  seeded.seed(
    writeSeed({
      ...accountSeed,
      autoscaling: {
        groups: [{ name: 'web', maxSize: 1, instances: [{ instanceId: Instance }], targetGroups: ['web'] }],
      },
      elasticloadbalancingv2: {
        targetGroups: [
          { name: 'web', vpcId: 'vpc-0a000000000000001', targets: [{ id: Instance }] },
          { name: 'api', vpcId: 'vpc-0a000000000000001' },
        ],
      },
    }),
  );
  fresh = seeded.snapshot();
  scaling = new AutoScalingClient(settings());
  balancing = new ElasticLoadBalancingV2Client(settings());
});
beforeEach(async () => {
  fixture.cloud.restore(fresh);
  const { TargetGroups } = await balancing.send(new DescribeTargetGroupsCommand({}));
  arn = TargetGroups?.find((group) => group.TargetGroupName === 'web')?.TargetGroupArn ?? '';
});
afterAll(() => fixture.server.close());

const request = (more: object = {}) => ({
  AutoScalingGroupName: 'web',
  InstanceIds: [Instance],
  ShouldDecrementDesiredCapacity: true,
  ...more,
});
const enter = (more: object = {}) => scaling.send(new EnterStandbyCommand(request(more)));
const exit = (more: object = {}) => scaling.send(new ExitStandbyCommand(request(more)));
async function targets(): Promise<readonly unknown[]> {
  const { TargetHealthDescriptions: found } = await balancing.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: arn }),
  );
  return (found ?? []).map(({ Target, TargetHealth }) => [Target?.Id, Target?.Port, TargetHealth?.State]);
}
async function groupNow() {
  const { AutoScalingGroups } = await scaling.send(new DescribeAutoScalingGroupsCommand({}));
  return AutoScalingGroups?.[0];
}

describe('standby', () => {
  it('takes an instance out of service and its target group, and back', async () => {
    expect((await enter()).Activities?.[0]?.Description).toBe(`Moving EC2 instance to Standby: ${Instance}`);
    expect(await groupNow()).toMatchObject({
      DesiredCapacity: 0,
      Instances: [{ InstanceId: Instance, LifecycleState: 'Standby', AvailabilityZone: 'eu-west-1a' }],
    });
    expect(await targets()).toEqual([]);
    await exit();
    expect(await targets()).toEqual([[Instance, 80, 'healthy']]);
    expect((await groupNow())?.DesiredCapacity).toBe(1);
  });

  it('without decrementing leaves the capacity, which then has no room', async () => {
    await enter({ ShouldDecrementDesiredCapacity: false });
    expect((await groupNow())?.DesiredCapacity).toBe(1);
    await expect(exit()).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it.each([
    [{ AutoScalingGroupName: 'none' }, 'Group none not found'],
    [{ InstanceIds: ['i-0f000000000000001'] }, 'is not part of Auto Scaling group web'],
    [{ InstanceIds: [] }, 'At least one instance'],
  ])('of %j is refused', async (more, words) => {
    await expect(enter(more)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(words),
    });
  });

  it('starts from its own state alone, and never below the minimum', async () => {
    await expect(exit()).rejects.toThrow(`The instance ${Instance} is not in Standby.`);
    Object.assign(fixture.cloud.region(account, region).autoscaling?.groups.web ?? {}, { minSize: 1 });
    await expect(enter()).rejects.toThrow('min-size=1');
  });

  it('is told of the member, whose instance carries the tag that AWS gives', async () => {
    const { AutoScalingInstances } = await scaling.send(
      new DescribeAutoScalingInstancesCommand({ InstanceIds: [Instance, 'i-0f000000000000001'] }),
    );
    expect(AutoScalingInstances).toMatchObject([{ AutoScalingGroupName: 'web', InstanceId: Instance }]);
    expect(fixture.cloud.region(account, region).ec2.tags[Instance]).toMatchObject({
      'aws:autoscaling:groupName': 'web',
    });
  });

  it('needs the permission on that group, and is recorded', async () => {
    const denied = new AutoScalingClient(settings(stolen)).send(new EnterStandbyCommand(request()));
    await expect(denied).rejects.toThrow(/autoscaling:EnterStandby on resource: arn:aws:autoscaling:.*\/web/);
    await enter();
    expect(fixture.cloud.account(account).events.at(-1)).toMatchObject({
      eventSource: 'autoscaling.amazonaws.com',
      eventName: 'EnterStandby',
      readOnly: false,
    });
  });
});

describe('targets', () => {
  const change = (
    Command: typeof RegisterTargetsCommand | typeof DeregisterTargetsCommand,
    Targets: object[],
  ) => balancing.send(new Command({ TargetGroupArn: arn, Targets: Targets as { Id: string }[] }));

  it('are registered by port, and deregistered from one port or from all', async () => {
    for (const Port of [8080, 8080, 9090]) await change(RegisterTargetsCommand, [{ Id: Instance, Port }]);
    expect((await targets()).length).toBe(3);
    await change(DeregisterTargetsCommand, [{ Id: Instance, Port: 8080 }]);
    await change(DeregisterTargetsCommand, [{ Id: 'i-0f000000000000001' }]);
    expect((await targets()).length).toBe(2);
    await change(DeregisterTargetsCommand, [{ Id: Instance }]);
    expect(await targets()).toEqual([]);
  });

  it('must run, in a group that is there', async () => {
    Object.assign(fixture.cloud.region(account, region).ec2.instances[Instance] ?? {}, { state: 'stopped' });
    await expect(change(RegisterTargetsCommand, [{ Id: Instance }])).rejects.toMatchObject({
      name: 'InvalidTargetException',
    });
    arn = arn.replace('/web/', '/none/');
    await expect(targets()).rejects.toMatchObject({ name: 'TargetGroupNotFoundException' });
  });

  it('are listed page by page', async () => {
    const first = await balancing.send(new DescribeTargetGroupsCommand({ PageSize: 1 }));
    expect(first.TargetGroups).toHaveLength(1);
    const rest = await balancing.send(new DescribeTargetGroupsCommand({ Marker: first.NextMarker }));
    expect(rest.TargetGroups?.map((group) => group.TargetGroupName)).toEqual(['api']);
  });
});

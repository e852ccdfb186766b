import { afterEach, describe, expect, it } from 'vitest';
import type { Target } from '../../functions/core/plan.ts';
import { permissions, type Reader, reads } from '../../functions/health/operations.ts';
import { healthProbe } from '../../functions/health/probe.ts';
import { cloudWatchState } from '../../sandbox/account/cloudwatch/state.ts';
import { AwsError } from '../../sandbox/wire/service.ts';
import { AccountUnderTest, INCIDENT } from '../contract/account-under-test.ts';
import { ACCOUNT, REGION } from '../contract/action-case.ts';

const now = new Date('2026-11-21T12:00:30.000Z');
const changedAt = new Date('2026-11-21T11:50:00.000Z');
const INSTANCE = 'i-0a000000000000001';
const OTHER = 'i-0a000000000000002';
const balancer = 'app/web/50dc6c495c0c9188';
const at = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
const alarmArn = (name: string) => `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${name}`;

const cpu = { namespace: 'AWS/EC2', metricName: 'CPUUtilization', dimensions: { InstanceId: INSTANCE } };
const seed = {
  ec2: {
    vpcs: [{ vpcId: 'vpc-0a000000000000001', cidrBlock: '10.0.0.0/16' }],
    subnets: [
      {
        subnetId: 'subnet-0a000000000000001',
        vpcId: 'vpc-0a000000000000001',
        cidrBlock: '10.0.0.0/24',
        availabilityZone: `${REGION}a`,
      },
    ],
    securityGroups: [{ groupId: 'sg-0a000000000000001', groupName: 'web', vpcId: 'vpc-0a000000000000001' }],
    instances: [
      {
        instanceId: INSTANCE,
        subnetId: 'subnet-0a000000000000001',
        networkInterfaces: [
          {
            networkInterfaceId: 'eni-0a000000000000001',
            securityGroups: ['sg-0a000000000000001'],
            privateIpAddress: '10.0.0.7',
          },
        ],
      },
    ],
  },
  autoscaling: { groups: [{ name: 'web', maxSize: 2, instances: [{ instanceId: INSTANCE }] }] },
  elasticloadbalancingv2: {
    targetGroups: [
      {
        name: 'web',
        vpcId: 'vpc-0a000000000000001',
        loadBalancers: [balancer],
        targets: [{ id: INSTANCE }, { id: OTHER }],
      },
      { name: 'else', vpcId: 'vpc-0a000000000000001', targets: [{ id: OTHER }] },
    ],
  },
  cloudwatch: {
    alarms: [
      { alarmName: 'cpu', ...cpu },
      {
        alarmName: 'group',
        ...{ namespace: 'AWS/AutoScaling', metricName: 'GroupInServiceInstances' },
        dimensions: { AutoScalingGroupName: 'web' },
      },
      {
        alarmName: 'balancer',
        ...{ namespace: 'AWS/ApplicationELB', metricName: 'HTTPCode_ELB_5XX_Count' },
        dimensions: { LoadBalancer: balancer },
      },
      { alarmName: 'math', namespace: '', metrics: [cpu] },
      { alarmName: 'forged', ...cpu, namespace: 'Custom' },
      { alarmName: 'half-forged', metrics: [cpu, { ...cpu, namespace: 'Custom' }] },
      { alarmName: 'other', ...cpu, dimensions: { InstanceId: OTHER } },
    ],
    metrics: [],
  },
};
const instance: Target = {
  ...{ handle: 'e1', kind: 'instance', id: INSTANCE },
  ...{ account: ACCOUNT, region: REGION, trust: 'observed' },
};
const lambda: Target = { ...instance, kind: 'function', id: 'shop' };

let under: AccountUnderTest;
afterEach(() => under.close());

async function probing(parts: object = {}, sabotage?: (operation: string) => void) {
  const onCall = ({ operation }: { operation: string }) => sabotage?.(operation);
  under = await AccountUnderTest.start({ ...seed, ...parts }, [], onCall, now);
  return healthProbe(() => under.reader(permissions, reads) as Reader);
}

const refuse = (wanted: string) => (operation: string) => {
  if (operation === wanted) throw new AwsError('AccessDeniedException', 'not you');
};

describe('the baseline of an instance', () => {
  it('is every alarm on AWS’s own metrics of it and its groups, their healthy targets, and no other', async () => {
    const { signs, gaps } = await (await probing()).baseline([instance], INCIDENT);
    const alarms = signs.filter(({ kind }) => kind === 'alarm').map(({ of }) => of);
    expect(alarms).toEqual(['cpu', 'group', 'balancer', 'math'].map(alarmArn));
    expect(signs.filter(({ kind }) => kind === 'healthy-targets')).toMatchObject([
      { of: expect.stringContaining('targetgroup/web/'), value: 2, own: 1 },
    ]);
    expect(signs.filter(({ kind }) => kind === 'error-rate')).toMatchObject([
      { value: null, note: expect.stringContaining('too few') },
    ]);
    expect(gaps).toEqual([expect.stringContaining("2 on metrics that are not AWS's own")]);
  });

  it('counts a target that is registered by its address', async () => {
    const [group] = seed.elasticloadbalancingv2.targetGroups;
    const probe = await probing({
      elasticloadbalancingv2: {
        targetGroups: [{ ...group, targetType: 'ip', targets: [{ id: '10.0.0.7' }] }],
      },
    });
    const { signs } = await probe.baseline([instance], INCIDENT);
    expect(signs).toContainEqual(expect.objectContaining({ kind: 'healthy-targets', value: 1, own: 1 }));
  });

  it('says what it could not look for, and has the rest', async () => {
    const { signs, gaps } = await (await probing({}, refuse('DescribeAlarms'))).baseline(
      [instance],
      INCIDENT,
    );
    expect(signs.map(({ kind }) => kind)).toEqual(['healthy-targets', 'error-rate']);
    expect(gaps).toEqual(['alarms: AccessDeniedException']);
  });

  it('keeps the alarms of the instance itself where its groups cannot be read', async () => {
    const probe = await probing({}, refuse('DescribeTargetGroups'));
    const { signs, gaps } = await probe.baseline([instance], INCIDENT);
    expect(signs.map(({ of }) => of)).toEqual(['cpu', 'group', 'math'].map(alarmArn));
    expect(gaps).toContain(`target groups of ${INSTANCE}: AccessDeniedException`);
  });

  it('is empty, with the reason, for one that is gone', async () => {
    const gone = { ...instance, id: 'i-0a0000000000000ff' };
    expect(await (await probing()).baseline([gone], INCIDENT)).toEqual({
      signs: [],
      gaps: [`instance ${gone.id}: TargetNotFoundError`],
    });
  });
});

it('asks nothing about what nothing measures', async () => {
  const probe = await probing();
  expect(await probe.baseline([{ ...instance, kind: 'access-key', id: 'AKIA1' }], INCIDENT)).toEqual({
    signs: [],
    gaps: [],
  });
  expect(under.calls).toEqual([]);
});

describe('an error rate', () => {
  const series = (metricName: string, points: readonly (readonly [number, number])[]) => ({
    ...{ namespace: 'AWS/Lambda', metricName, dimensions: { FunctionName: 'shop' } },
    datapoints: points.map(([minutes, value]) => ({ at: at(minutes), value })),
  });
  const metrics = [
    series('Invocations', [
      [20, 100],
      [5, 60],
      [4, 40],
    ]),
    series('Errors', [
      [20, 2],
      [5, 30],
    ]),
  ];

  it('is that of the last minutes, and later those since the change and right before it', async () => {
    const probe = await probing({ cloudwatch: { metrics } });
    const { signs } = await probe.baseline([lambda], INCIDENT);
    expect(signs).toMatchObject([{ kind: 'error-rate', value: 0.3, before: null }]);
    expect(await probe.look(signs, { measuredAt: now, changedAt }, INCIDENT)).toMatchObject([
      { kind: 'error-rate', value: 0.3, before: 0.02 },
    ]);
  });

  it('of a target group counts what its load balancer saw', async () => {
    const [group] = seed.elasticloadbalancingv2.targetGroups;
    const probe = await probing();
    const { signs } = await probe.baseline([instance], INCIDENT);
    const of = signs.find(({ kind }) => kind === 'healthy-targets')?.of ?? '';
    expect(group?.name).toBe('web');
    const dimensions = { TargetGroup: of.slice(of.indexOf('targetgroup/')), LoadBalancer: balancer };
    const state = cloudWatchState(under.cloud, ACCOUNT, REGION);
    for (const [metricName, value] of [
      ['RequestCount', 50],
      ['HTTPCode_Target_5XX_Count', 5],
      ['TargetConnectionErrorCount', 20],
    ] as const)
      state.metrics.push({
        ...{ namespace: 'AWS/ApplicationELB', metricName, dimensions },
        datapoints: [{ at: at(3), value }],
      });
    const looked = await probe.look(signs, { measuredAt: now, changedAt }, INCIDENT);
    expect(looked.find(({ kind }) => kind === 'error-rate')).toMatchObject({ value: 0.5, before: null });
  });
});

describe('a later look', () => {
  const later = async (change: (name: string) => object, sabotage?: (operation: string) => void) => {
    let isLater = false;
    const probe = await probing({}, (operation) => isLater && sabotage?.(operation));
    const { signs } = await probe.baseline([instance], INCIDENT);
    const { alarms } = cloudWatchState(under.cloud, ACCOUNT, REGION);
    Object.assign(alarms.cpu ?? {}, change('cpu'));
    isLater = true;
    const looked = await probe.look(signs, { measuredAt: changedAt, changedAt }, INCIDENT);
    return looked.find(({ of }) => of === alarmArn('cpu'));
  };

  it('sees an alarm that went off, and since when', async () => {
    const stateTransitioned = '2026-11-21T11:55:00Z';
    expect(await later(() => ({ stateValue: 'ALARM', stateTransitioned }))).toMatchObject({
      value: 'alarm',
      since: '2026-11-21T11:55:00.000Z',
    });
  });

  it('does not believe an alarm whose configuration was changed since the plan', async () => {
    const change = { stateValue: 'ALARM', configurationUpdated: '2026-11-21T11:55:00Z' };
    expect(await later(() => change)).toMatchObject({
      value: null,
      note: 'its configuration was changed since the plan',
    });
  });

  it('takes neither a deleted alarm nor one that cannot be read for healthy', async () => {
    expect(await later(() => ({ arn: 'another' }))).toMatchObject({ value: null });
    await under.close();
    expect(await later(() => ({}), refuse('DescribeAlarms'))).toMatchObject({
      value: null,
      note: 'AccessDeniedException',
    });
  });
});

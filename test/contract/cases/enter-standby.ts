import { EnterStandbyCommand, ExitStandbyCommand } from '@aws-sdk/client-auto-scaling';
import { type ActionCase, REGION, target } from '../action-case.ts';
import { INNOCENT, instances, network, TARGET } from './seeds.ts';

export function grouped(group: object = {}, change: object = {}) {
  return {
    ec2: { ...network(), instances: instances(change) },
    autoscaling: {
      groups: [
        {
          name: 'web',
          minSize: 0,
          maxSize: 2,
          instances: [{ instanceId: TARGET }],
          targetGroups: ['web'],
          ...group,
        },
        { name: 'batch', minSize: 0, maxSize: 2, instances: [{ instanceId: INNOCENT }] },
      ],
    },
    elasticloadbalancingv2: {
      targetGroups: [
        {
          name: 'web',
          vpcId: 'vpc-0a000000000000001',
          port: 8080,
          targets: [{ id: TARGET }, { id: INNOCENT }],
        },
      ],
    },
  };
}

const common = {
  target: target('instance', TARGET),
  innocent: ({ regions }) => [
    regions[REGION]?.autoscaling?.groups.batch,
    regions[REGION]?.ec2,
    Object.values(regions[REGION]?.elasticloadbalancingv2?.targetGroups ?? {}).flatMap((group) =>
      group.targets.filter((one) => one.id === INNOCENT),
    ),
  ],
  trespasses: () => [
    new EnterStandbyCommand({
      AutoScalingGroupName: 'batch',
      InstanceIds: [INNOCENT],
      ShouldDecrementDesiredCapacity: true,
    }),
    new ExitStandbyCommand({ AutoScalingGroupName: 'batch', InstanceIds: [INNOCENT] }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  { ...common, name: 'the only instance of a group that may be empty', seed: grouped() },
  {
    ...common,
    name: 'a group whose name would be a pattern',
    seed: grouped({ name: 'web *', minSize: 1, desiredCapacity: 2, targetGroups: [] }),
  },
  {
    ...common,
    name: 'a protected instance that a stack keeps',
    seed: grouped({}, { tags: { 'sallyport:protected': '', 'aws:cloudformation:stack-name': 'shop' } }),
  },
];

import { DeregisterTargetsCommand, RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type ActionCase, REGION, target } from '../action-case.ts';
import { INNOCENT, instances, network, TARGET } from './seeds.ts';

const vpcId = 'vpc-0a000000000000001';

export function balanced(groups: readonly object[], change: object = {}) {
  const others = { name: 'others', vpcId, targets: [{ id: INNOCENT }] };
  return {
    ec2: { ...network(), instances: instances(change) },
    elasticloadbalancingv2: { targetGroups: [...groups.map((group) => ({ vpcId, ...group })), others] },
  };
}

const common = {
  target: target('instance', TARGET),
  innocent: ({ regions }) => [
    regions[REGION]?.ec2,
    Object.values(regions[REGION]?.elasticloadbalancingv2?.targetGroups ?? {}).flatMap((group) =>
      group.targets.filter((one) => one.id === INNOCENT || one.id === '10.0.1.20'),
    ),
  ],
  trespasses: () => {
    const TargetGroupArn = `arn:aws:elasticloadbalancing:${REGION}:111122223333:targetgroup/others/0123456789abcdef`;
    return [
      new DeregisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: INNOCENT }] }),
      new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: TARGET }] }),
    ];
  },
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'an instance beside another one',
    seed: balanced([{ name: 'web', targets: [{ id: TARGET }, { id: INNOCENT }] }]),
  },
  {
    ...common,
    name: 'two ports of one group, and an address of the instance in another',
    seed: balanced([
      { name: 'web', targets: [{ id: TARGET, port: 8080 }, { id: TARGET, port: 8081 }, { id: INNOCENT }] },
      {
        name: 'api',
        targetType: 'ip',
        port: 443,
        protocol: 'HTTPS',
        targets: [{ id: '10.0.1.11' }, { id: '10.0.1.20' }],
      },
    ]),
  },
  {
    ...common,
    name: 'a protected instance that a stack keeps',
    seed: balanced([{ name: 'web', targets: [{ id: TARGET, port: 80 }] }], {
      tags: { 'sallyport:protected': '', 'aws:cloudformation:stack-name': 'shop' },
    }),
  },
];

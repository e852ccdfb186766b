import { StartInstancesCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import type { AccountState } from '../../../sandbox/account/state.ts';
import { ACCOUNT, type ActionCase, REGION, target } from '../action-case.ts';
import { balanced } from './deregister-targets.ts';
import { INNOCENT, instances, network, TARGET } from './seeds.ts';

const PRIMARY = 'eni-0a000000000000001';
const key = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0a0a0a0a-0000-4000-8000-000000000001`;

/** All but the target's launch time, and its public address where that is lent. */
function restorable({ iam, regions }: AccountState, addressKept: boolean): unknown {
  const { instances: all = {}, networkInterfaces: interfaces = {}, ...ec2 } = regions[REGION]?.ec2 ?? {};
  const { launchTime: _lost, ...stopped } = all[TARGET] ?? {};
  const { publicIpAddress, ...primary } = interfaces[PRIMARY] ?? {};
  return [
    iam,
    ec2,
    { ...all, [TARGET]: stopped },
    { ...interfaces, [PRIMARY]: primary },
    addressKept ? publicIpAddress : publicIpAddress !== undefined,
  ];
}

const common = {
  target: target('instance', TARGET),
  innocent: ({ regions }) => [
    regions[REGION]?.ec2.instances[INNOCENT],
    regions[REGION]?.ec2.networkInterfaces['eni-0b000000000000001'],
    regions[REGION]?.ec2.volumes,
    regions[REGION]?.ec2.securityGroups,
    regions[REGION]?.ec2.tags,
  ],
  restorable: (account) => restorable(account, false),
  trespasses: () => [
    new StopInstancesCommand({ InstanceIds: [INNOCENT] }),
    new StartInstancesCommand({ InstanceIds: [INNOCENT] }),
    // All or none: the target in the same request opens no door.
    new StopInstancesCommand({ InstanceIds: [TARGET, INNOCENT] }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'an instance with an address that AWS lends it',
    seed: { ec2: { ...network(), instances: instances() } },
  },
  {
    ...common,
    name: 'an instance behind a load balancer',
    seed: balanced([
      {
        name: 'web',
        loadBalancers: ['app/web/50dc6c495c0c9188'],
        targets: [{ id: TARGET }, { id: INNOCENT }],
      },
    ]),
  },
  {
    ...common,
    name: 'an instance with an elastic address',
    restorable: (account) => restorable(account, true),
    seed: {
      ec2: {
        ...network(),
        instances: instances(),
        addresses: [
          {
            allocationId: 'eipalloc-0a000000000000001',
            publicIp: '203.0.113.10',
            networkInterfaceId: PRIMARY,
          },
        ],
      },
    },
  },
  {
    ...common,
    name: 'an instance with instance storage and a disk under a key of the customer',
    seed: {
      ec2: {
        ...network(),
        instances: instances({
          instanceType: 'm5d.large',
          volumes: [{ volumeId: 'vol-0a000000000000001', kmsKeyId: key }],
        }),
      },
    },
  },
];

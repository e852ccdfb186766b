import {
  CreateSnapshotsCommand,
  DescribeInstanceAttributeCommand,
  ModifyInstanceAttributeCommand,
} from '@aws-sdk/client-ec2';
import { type ActionCase, REGION, target } from '../action-case.ts';
import { INNOCENT, instances, network, TARGET } from './seeds.ts';

const common = {
  target: target('instance', TARGET),
  innocent: ({ regions }) => [
    regions[REGION]?.ec2.instances[INNOCENT],
    regions[REGION]?.ec2.securityGroups,
    regions[REGION]?.ec2.networkInterfaces,
  ],
  trespasses: () => [
    new ModifyInstanceAttributeCommand({ InstanceId: INNOCENT, DisableApiTermination: { Value: true } }),
    new DescribeInstanceAttributeCommand({ InstanceId: INNOCENT, Attribute: 'disableApiTermination' }),
    new CreateSnapshotsCommand({
      InstanceSpecification: { InstanceId: INNOCENT },
      TagSpecifications: [
        { ResourceType: 'snapshot', Tags: [{ Key: 'sallyport:action', Value: 'snapshot-volumes' }] },
      ],
    }),
    // Without our tag, not even the target.
    new CreateSnapshotsCommand({ InstanceSpecification: { InstanceId: TARGET } }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'an instance whose root volume would go with it',
    seed: { ec2: { ...network(), instances: instances() } },
  },
  {
    ...common,
    name: 'an instance that is protected already',
    seed: { ec2: { ...network(), instances: instances({ disableApiTermination: true }) } },
  },
];

import { DescribeInstanceAttributeCommand, ModifyInstanceAttributeCommand } from '@aws-sdk/client-ec2';
import { type ActionCase, REGION, target } from '../action-case.ts';
import { INNOCENT, instances, network, TARGET } from './seeds.ts';

const common = {
  target: target('instance', TARGET),
  innocent: ({ regions }) => [
    regions[REGION]?.ec2.instances[INNOCENT],
    regions[REGION]?.ec2.volumes,
    regions[REGION]?.ec2.networkInterfaces,
    regions[REGION]?.ec2.tags,
  ],
  trespasses: () => [
    new ModifyInstanceAttributeCommand({ InstanceId: INNOCENT, DisableApiTermination: { Value: true } }),
    new DescribeInstanceAttributeCommand({ InstanceId: INNOCENT, Attribute: 'disableApiTermination' }),
  ],
} satisfies Partial<ActionCase>;

const seed = (change: object) => ({ ec2: { ...network(), instances: instances(change) } });

export const cases: readonly ActionCase[] = [
  { ...common, name: 'an instance whose root volume would go with it', seed: seed({}) },
  {
    ...common,
    name: 'half done already: protected, a volume is not',
    seed: seed({ disableApiTermination: true }),
  },
  {
    ...common,
    name: 'an instance that is stopped, without volumes',
    seed: seed({ state: 'stopped', volumes: [] }),
  },
  {
    ...common,
    name: 'a protected instance that a stack and a group keep',
    seed: seed({
      tags: {
        'sallyport:protected': '',
        'aws:cloudformation:stack-name': 'shop',
        'aws:autoscaling:groupName': 'web',
      },
    }),
  },
];

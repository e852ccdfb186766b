import { ModifyInstanceMetadataOptionsCommand } from '@aws-sdk/client-ec2';
import { type ActionCase, REGION, target } from '../action-case.ts';
import { INNOCENT, instances, network, TARGET } from './seeds.ts';

const common = {
  target: target('instance', TARGET),
  innocent: ({ regions }) => [
    regions[REGION]?.ec2.instances[INNOCENT],
    regions[REGION]?.ec2.networkInterfaces,
    regions[REGION]?.ec2.tags,
  ],
  trespasses: () => [
    new ModifyInstanceMetadataOptionsCommand({ InstanceId: INNOCENT, HttpTokens: 'optional' }),
    new ModifyInstanceMetadataOptionsCommand({ InstanceId: INNOCENT, HttpEndpoint: 'disabled' }),
  ],
} satisfies Partial<ActionCase>;

const seed = (change: object) => ({
  ec2: { ...network(), instances: instances({ httpTokens: 'optional', ...change }) },
});

export const cases: readonly ActionCase[] = [
  { ...common, name: 'an instance that answers IMDSv1', seed: seed({}) },
  {
    ...common,
    name: 'a hop limit that somebody raised for containers',
    seed: seed({ httpPutResponseHopLimit: 3 }),
  },
  { ...common, name: 'an instance whose metadata service is off', seed: seed({ httpEndpoint: 'disabled' }) },
  { ...common, name: 'an instance that is stopped', seed: seed({ state: 'stopped' }) },
];

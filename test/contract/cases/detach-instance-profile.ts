import {
  AssociateIamInstanceProfileCommand,
  DisassociateIamInstanceProfileCommand,
} from '@aws-sdk/client-ec2';
import { GetInstanceProfileCommand } from '@aws-sdk/client-iam';
import type { AccountState } from '../../../sandbox/account/state.ts';
import { type ActionCase, REGION, target } from '../action-case.ts';
import { allowing, INNOCENT, instances, network, TARGET } from './seeds.ts';

const trustPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const iam = {
  roles: [
    { roleName: 'web', path: '/service/', trustPolicy, inlinePolicies: { read: allowing('s3:Get*') } },
    { roleName: 'batch', trustPolicy },
  ],
  instanceProfiles: [
    { instanceProfileName: 'web-profile', path: '/service/', role: 'web' },
    { instanceProfileName: 'batch', role: 'batch' },
    { instanceProfileName: 'empty' },
  ],
};

export function profiled(change: object = {}) {
  const [one, ...others] = instances({ iamInstanceProfile: 'web-profile', ...change });
  const neighbours = others.map((neighbour) => ({ ...neighbour, iamInstanceProfile: 'batch' }));
  return { iam, ec2: { ...network(), instances: [one, ...neighbours] } };
}

/** Everything but the association's id. */
function restorable({ iam: identities, regions }: AccountState): unknown {
  const { instances: all = {}, ...ec2 } = regions[REGION]?.ec2 ?? {};
  const { iamInstanceProfile: profile, ...instance } = all[TARGET] ?? {};
  const kept = profile && [profile.arn, profile.id, profile.state];
  return [identities, ec2, { ...all, [TARGET]: instance }, kept];
}

const common = {
  target: target('instance', TARGET),
  restorable,
  innocent: ({ iam: identities, regions }) => [
    identities,
    regions[REGION]?.ec2.instances[INNOCENT],
    regions[REGION]?.ec2.networkInterfaces,
    regions[REGION]?.ec2.volumes,
  ],
  trespasses: () => [
    new AssociateIamInstanceProfileCommand({
      InstanceId: INNOCENT,
      IamInstanceProfile: { Name: 'web-profile' },
    }),
    // To the target itself, another role is not passed.
    new AssociateIamInstanceProfileCommand({ InstanceId: TARGET, IamInstanceProfile: { Name: 'batch' } }),
    new DisassociateIamInstanceProfileCommand({ AssociationId: 'iip-assoc-00000000000000000' }),
    new GetInstanceProfileCommand({ InstanceProfileName: 'batch' }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'an instance whose role makes calls',
    seed: profiled(),
    activity: [callOfInstance()],
  },
  { ...common, name: 'an instance that is stopped', seed: profiled({ state: 'stopped' }) },
  {
    ...common,
    name: 'a protected instance that a stack keeps',
    seed: profiled({ tags: { 'sallyport:protected': '', 'aws:cloudformation:stack-name': 'shop' } }),
  },
];

/** A call that an instance's session of the role made. */
export function callOfInstance(sessionName = TARGET, role = 'role/service/web') {
  return {
    eventTime: '-PT1H',
    eventName: 'ListBuckets',
    eventSource: 's3.amazonaws.com',
    sourceIPAddress: '203.0.113.10',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAWEB0000000000000:${sessionName}`,
      arn: `arn:aws:sts::111122223333:assumed-role/web/${sessionName}`,
      accessKeyId: 'ASIAWEB000000000000A',
      sessionContext: { sessionIssuer: { type: 'Role', arn: `arn:aws:iam::111122223333:${role}` } },
    },
  };
}

import { ModifySnapshotAttributeCommand } from '@aws-sdk/client-ec2';
import type { AccountState } from '../../../sandbox/account/state.ts';
import { ACCOUNT, type ActionCase, FORENSICS, REGION, target } from '../action-case.ts';
import { instances, network, TARGET } from './seeds.ts';

const OWN = ['snap-0a000000000000001', 'snap-0a000000000000002'] as const;
const UNTAGGED = 'snap-0a000000000000003';
const STRANGER = '777788889999';
export const KEY = '0a000000-0000-4000-8000-000000000001';
const tags = { 'sallyport:action': 'snapshot-volumes', 'sallyport:incident': 'INC-0123456789ABCDEF' };

/** The target with two snapshots of ours, and one of its first disk that somebody else took. */
export function evidence(first: object = {}, second: object = {}, more: object = {}) {
  return {
    ec2: {
      ...network(),
      instances: instances(),
      snapshots: [
        { snapshotId: OWN[0], volumeId: 'vol-0a000000000000001', tags, ...first },
        { snapshotId: OWN[1], volumeId: 'vol-0a000000000000002', tags, ...second },
        { snapshotId: UNTAGGED, volumeId: 'vol-0a000000000000001' },
      ],
    },
    ...more,
  };
}

/** With a customer managed key, or another. */
export const encrypted = {
  encrypted: true,
  kmsKeyId: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KEY}`,
};

const share = (SnapshotId: string, who: object) =>
  new ModifySnapshotAttributeCommand({
    Attribute: 'createVolumePermission',
    OperationType: 'add',
    SnapshotId,
    ...who,
  });

const common = {
  target: target('instance', TARGET),
  // Everything in the account comes back; what the other account copied is not in it.
  restorable: ({ regions }: AccountState) => regions,
  innocent: ({ regions }: AccountState) => [
    regions[REGION]?.ec2.snapshots[UNTAGGED],
    regions[REGION]?.ec2.instances,
    regions[REGION]?.ec2.tags,
  ],
  trespasses: () => [
    share(UNTAGGED, { UserIds: [FORENSICS] }),
    share(OWN[0], { UserIds: [STRANGER] }),
    share(OWN[0], { UserIds: [FORENSICS, STRANGER] }),
    share(OWN[0], { GroupNames: ['all'] }),
    share(OWN[0], { UserIds: [FORENSICS], GroupNames: ['all'] }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  { ...common, name: 'two snapshots of ours beside one of somebody else', seed: evidence() },
  {
    ...common,
    name: 'one that is shared already, and one under a customer managed key',
    seed: evidence({ sharedWith: [STRANGER, FORENSICS] }, encrypted, { kms: { keys: [{ keyId: KEY }] } }),
  },
];

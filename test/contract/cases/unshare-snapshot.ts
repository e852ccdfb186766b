import { DescribeSnapshotAttributeCommand, ModifySnapshotAttributeCommand } from '@aws-sdk/client-ec2';
import { type ActionCase, REGION, target } from '../action-case.ts';

export const SNAPSHOT = 'snap-0a000000000000001';
const OTHER = 'snap-0b000000000000001';
export const PARTNER = '444455556666';
const STRANGER = '777788889999';

export function snapshots(change: object) {
  return {
    ec2: {
      snapshots: [
        { snapshotId: SNAPSHOT, ...change },
        { snapshotId: OTHER, public: true, sharedWith: [PARTNER] },
      ],
    },
  };
}

const attribute = { Attribute: 'createVolumePermission' } as const;
const common = {
  target: target('snapshot', SNAPSHOT),
  innocent: ({ regions }) => [regions[REGION]?.ec2.snapshots[OTHER], regions[REGION]?.ec2.tags],
  trespasses: () => [
    new ModifySnapshotAttributeCommand({
      ...attribute,
      SnapshotId: OTHER,
      OperationType: 'remove',
      GroupNames: ['all'],
    }),
    new DescribeSnapshotAttributeCommand({ ...attribute, SnapshotId: OTHER }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  { ...common, name: 'a snapshot that everybody may copy', seed: snapshots({ public: true }) },
  {
    ...common,
    name: 'an encrypted snapshot that two accounts share',
    seed: snapshots({ encrypted: true, sharedWith: [PARTNER, STRANGER] }),
  },
  {
    ...common,
    name: 'a public snapshot whose partner keeps it',
    params: { only: 'public' },
    seed: snapshots({ public: true, sharedWith: [PARTNER] }),
    innocent: ({ regions }) => [
      regions[REGION]?.ec2.snapshots[OTHER],
      regions[REGION]?.ec2.snapshots[SNAPSHOT]?.sharing?.accounts,
    ],
  },
  {
    ...common,
    name: 'a protected snapshot that a stack keeps, public and shared',
    seed: snapshots({
      public: true,
      sharedWith: [PARTNER],
      tags: { 'sallyport:protected': '', 'aws:cloudformation:stack-name': 'shop' },
    }),
  },
];

import { DescribeDBSnapshotAttributesCommand, ModifyDBSnapshotAttributeCommand } from '@aws-sdk/client-rds';
import { type ActionCase, REGION, target } from '../action-case.ts';

export const PARTNER = '999988887777';
const INNOCENT = 'payments-2026';

const snapshots = (snapshot: object) => ({
  rds: {
    snapshots: [
      { dbSnapshotIdentifier: 'orders-2026', dbInstanceIdentifier: 'orders', ...snapshot },
      { dbSnapshotIdentifier: INNOCENT, dbInstanceIdentifier: 'payments', restore: [PARTNER] },
    ],
  },
});

const common = {
  target: target('snapshot', 'snapshot:orders-2026'),
  innocent: ({ iam, regions }) => [iam, regions[REGION]?.rds.snapshots[INNOCENT]],
  trespasses: () => [
    new ModifyDBSnapshotAttributeCommand({
      DBSnapshotIdentifier: INNOCENT,
      AttributeName: 'restore',
      ValuesToRemove: [PARTNER],
    }),
    new ModifyDBSnapshotAttributeCommand({
      DBSnapshotIdentifier: INNOCENT,
      AttributeName: 'restore',
      ValuesToAdd: ['all'],
    }),
    new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier: INNOCENT }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'an encrypted snapshot that two accounts may restore',
    seed: snapshots({ encrypted: true, restore: [PARTNER, '444455556666'] }),
  },
  {
    ...common,
    name: 'a protected snapshot of a stack that everybody may restore',
    seed: snapshots({
      restore: ['all', PARTNER],
      tags: { 'sallyport:protected': '', 'aws:cloudformation:stack-name': 'shop' },
    }),
  },
];

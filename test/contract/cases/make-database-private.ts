import { DescribeDBInstancesCommand, ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
import { type ActionCase, REGION, target } from '../action-case.ts';

const INNOCENT = 'payments';

const databases = (database: object) => ({
  rds: {
    instances: [
      { dbInstanceIdentifier: 'orders', publiclyAccessible: true, ...database },
      { dbInstanceIdentifier: INNOCENT, publiclyAccessible: true },
    ],
  },
});

const common = {
  target: target('database', 'orders'),
  innocent: ({ iam, regions }) => [iam, regions[REGION]?.rds.instances[INNOCENT]],
  trespasses: () => [
    new ModifyDBInstanceCommand({ DBInstanceIdentifier: INNOCENT, PubliclyAccessible: false }),
    new DescribeDBInstancesCommand({ DBInstanceIdentifier: INNOCENT }),
    new DescribeDBInstancesCommand({}),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  { ...common, name: 'a public database', seed: databases({}) },
  {
    ...common,
    name: 'a database of a stack, with a change that waits for the maintenance window',
    seed: databases({
      pendingInstanceClass: 'db.r7g.large',
      tags: { 'aws:cloudformation:stack-name': 'shop' },
    }),
  },
  {
    ...common,
    name: 'a protected instance of an Aurora cluster',
    seed: databases({
      engine: 'aurora-postgresql',
      dbClusterIdentifier: 'shop',
      tags: { 'sallyport:protected': '' },
    }),
  },
];

import type { Cloud } from '../cloud.ts';
import { iamId } from '../ids.ts';
import type { AccountSeed } from './account-schema.ts';

/** Adds the seeded databases and their snapshots to the account's region. */
export function applyRds(cloud: Cloud, { account, region, rds }: AccountSeed): void {
  const { instances, snapshots } = cloud.region(account, region).rds;
  for (const instance of rds.instances)
    instances[instance.dbInstanceIdentifier] = { ...instance, dbiResourceId: iamId(cloud, 'db-') };
  for (const { restore, ...snapshot } of rds.snapshots)
    snapshots[snapshot.dbSnapshotIdentifier] = { ...snapshot, restore: [...restore].sort() };
}

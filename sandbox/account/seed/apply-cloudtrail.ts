import type { Cloud } from '../cloud.ts';
import type { AccountSeed } from './account-schema.ts';

/** Adds the seeded trails to their home regions. */
export function applyCloudTrail(cloud: Cloud, { account, region, cloudtrail }: AccountSeed): void {
  for (const { homeRegion = region, ...trail } of cloudtrail.trails)
    cloud.region(account, homeRegion).cloudtrail.trails[trail.name] = trail;
}

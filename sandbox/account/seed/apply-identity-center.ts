import type { Cloud } from '../cloud.ts';
import { sorted } from '../identitycenter/requests.ts';
import type { AccountSeed } from './account-schema.ts';

/** Puts the Identity Center into the account's region, if the seed has one; the roles that it made are the seed's. */
export function applyIdentityCenter(cloud: Cloud, { account, region, identityCenter }: AccountSeed): void {
  if (!identityCenter) return;
  const { users, permissionSets, assignments, ...center } = identityCenter;
  cloud.region(account, region).identityCenter = {
    ...center,
    users: Object.fromEntries(users.map((one) => [one.userId, one])),
    permissionSets: Object.fromEntries(permissionSets.map((one) => [one.arn, one])),
    assignments: sorted(assignments),
  };
}

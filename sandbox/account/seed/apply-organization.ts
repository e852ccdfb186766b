import type { Cloud } from '../cloud.ts';
import type { AccountSeed } from './account-schema.ts';

/** Makes the account a member of its organization, if the seed has one. */
export function applyOrganization(cloud: Cloud, { account, organization }: AccountSeed): void {
  if (!organization) return;
  const policies = organization.policies.map(({ content, ...policy }) => [
    policy.id,
    { ...policy, content: JSON.stringify(content) },
  ]);
  cloud.account(account).organization = { ...organization, policies: Object.fromEntries(policies) };
}

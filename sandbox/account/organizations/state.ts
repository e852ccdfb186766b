import type { Cloud } from '../cloud.ts';

export interface ServiceControlPolicyState {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** The document as it was put, as JSON. */
  readonly content: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Accounts that it is attached to: a set, and here sorted. */
  targets: readonly string[];
}

/**
 * The organization of one account, as that account sees it: units are left out, and the root is known for its policy
 * types alone.
 */
export interface OrganizationState {
  readonly managementAccount: string;
  readonly featureSet: 'ALL' | 'CONSOLIDATED_BILLING';
  /** Whether the root has the policy type SERVICE_CONTROL_POLICY enabled. */
  readonly serviceControlPolicies: boolean;
  /** Whether the account may manage policies: it is the management account, or that is delegated to it. */
  readonly administers: boolean;
  /** The organization's own, by id; AWS's FullAWSAccess is attached everywhere beside them. */
  readonly policies: Record<string, ServiceControlPolicyState>;
}

/** Undefined for an account that is in no organization. */
export function organizationOf(cloud: Cloud, account: string): OrganizationState | undefined {
  return cloud.account(account).organization;
}

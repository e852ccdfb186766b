import type { Cloud } from '../cloud.ts';

export interface AssociatedPolicyState {
  readonly scope: 'cluster' | 'namespace';
  /** A set: EKS promises no order, and here they are sorted. */
  readonly namespaces: readonly string[];
  readonly associatedAt: string;
}

export interface AccessEntryState {
  readonly principalArn: string;
  readonly accessEntryArn: string;
  readonly type: 'STANDARD' | 'EC2_LINUX';
  readonly kubernetesGroups: readonly string[];
  /** By the policy's ARN. */
  readonly policies: Record<string, AssociatedPolicyState>;
  readonly tags: Record<string, string>;
}

export interface ClusterState {
  readonly name: string;
  status: 'CREATING' | 'ACTIVE' | 'DELETING' | 'FAILED' | 'UPDATING';
  readonly authenticationMode: 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP';
  /** By the principal's ARN. */
  readonly accessEntries: Record<string, AccessEntryState>;
  readonly tags: Record<string, string>;
}

/** One region's clusters, by name. */
export interface EksState {
  readonly clusters: Record<string, ClusterState>;
}

/** Made on first use: an account that was saved before it had clusters still loads. */
export function eksState(cloud: Cloud, account: string, region: string): EksState {
  const state = cloud.region(account, region);
  state.eks ??= { clusters: {} };
  return state.eks;
}

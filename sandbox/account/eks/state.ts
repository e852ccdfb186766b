import type * as eks from '@aws-sdk/client-eks';
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
  /** This and what follows is AWS's default where it is absent: reached from anywhere, and nothing recorded. */
  readonly version?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly endpointPublicAccess?: boolean | undefined;
  readonly endpointPrivateAccess?: boolean | undefined;
  readonly publicAccessCidrs?: readonly string[] | undefined;
  /** Types of the control plane's logs that are on: `api`, `audit`, … */
  readonly logging?: readonly eks.LogType[] | undefined;
  /** The key that Kubernetes' secrets are encrypted under. */
  readonly encryptionKeyArn?: string | undefined;
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

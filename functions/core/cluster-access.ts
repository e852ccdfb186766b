/** A policy of EKS in an access entry, with whether it counts for the whole cluster or for namespaces. */
interface AccessPolicy {
  readonly policyArn?: string | undefined;
  readonly scope?: string | undefined;
}

/** Everything in the cluster, access included (https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html). */
export function administers(policies: readonly AccessPolicy[]): boolean {
  return policies.some(
    ({ policyArn, scope }) =>
      policyArn?.endsWith(':cluster-access-policy/AmazonEKSClusterAdminPolicy') && scope === 'cluster',
  );
}

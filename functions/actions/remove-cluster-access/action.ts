import type { AccessEntry, Cluster } from '@aws-sdk/client-eks';
import { defineAction } from '../../core/account.ts';
import { administers } from '../../core/cluster-access.ts';
import { NothingToDoError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import type { Consequence } from '../../core/plan.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { refuseLockout } from './administrators.ts';
import { associate, disassociate } from './associations.ts';
import { clusterArn, readCluster, readEntry, readPolicies, samePolicy, shortName, tagsOf } from './entry.ts';
import { type AccessPolicy, beforeOf, Parameters, permissions, reads, writes } from './operations.ts';

/**
 * Takes the access policies of EKS from one principal in one cluster. What is in the cluster itself (network
 * policies, cordons, role bindings) belongs to the API of Kubernetes, which needs a network path to the cluster.
 */
export const removeClusterAccess = defineAction({
  id: 'remove-cluster-access',
  title: "Remove a principal's access to a cluster",
  targets: ['cluster'],
  danger: 'high',
  family: 'policy',
  order: 'credentials',
  params: Parameters,
  reads,
  writes,
  permissions,

  async plan(target, { principal }, account) {
    const cluster = await readCluster(target, account);
    const name = `access of ${shortName(principal)} to cluster ${target.id}`;
    const entry = await readEntry(target.id, principal, account);
    const policies = await readPolicies(target.id, principal, account);
    if (!entry || !policies) throw new TargetNotFoundError(name);
    if (policies.length === 0) throw new NothingToDoError(name, 'comes from no access policy');
    if (administers(policies)) await refuseLockout(target.id, principal, account);
    const tags = [...tagsOf(cluster.tags), ...tagsOf(entry.tags)];
    return {
      before: {
        cluster: target.id,
        principal,
        accessEntryArn: entry.accessEntryArn ?? '',
        policies: [...policies],
      },
      expected: { policies: [] },
      change: `${policies.length} access policies of EKS are taken from ${shortName(principal)} in cluster ${target.id}. ${whatStays(cluster, entry)}`,
      undo: `Give ${shortName(principal)} the same ${policies.length} access policies again, with the same scope.`,
      cannotRestore: [
        'The time since when EKS says that the policies are associated: giving them back sets it anew.',
      ],
      blastRadius: [...blastRadius(policies), ...keptByCode(tags)],
      protectedTarget: isProtected(tags),
      observed: { id: target.id, arn: clusterArn(target) },
    };
  },

  async execute(planned, account) {
    const before = beforeOf(planned);
    const now = (await readPolicies(before.cluster, before.principal, account)) ?? [];
    for (const policy of before.policies)
      if (now.some((one) => samePolicy(one, policy))) await disassociate(before, policy, account);
  },

  async verify(planned, account) {
    const { cluster, principal } = beforeOf(planned);
    const policies = await readPolicies(cluster, principal, account);
    if (!policies) return { status: 'done', observed: 'the principal has no access entry any more' };
    return {
      status: policies.length === 0 ? 'done' : 'not-done',
      observed: `${policies.length} access policies are associated with the principal`,
    };
  },

  async rollback(planned, account) {
    const before = beforeOf(planned);
    const name = `access of ${shortName(before.principal)} to cluster ${before.cluster}`;
    const entry = await readEntry(before.cluster, before.principal, account);
    const now = await readPolicies(before.cluster, before.principal, account);
    if (!entry || !now) throw new TargetNotFoundError(name);
    if (entry.accessEntryArn !== before.accessEntryArn)
      throw new WrongStateError(
        name,
        'made anew by somebody since',
        'give the policies back by hand if that is meant',
      );
    for (const policy of before.policies.filter(
      ({ policyArn }) => !now.some((one) => one.policyArn === policyArn),
    ))
      await associate(before, policy, account);
    const changed = before.policies.filter((policy) =>
      now.some((one) => one.policyArn === policy.policyArn && !samePolicy(one, policy)),
    );
    if (changed.length > 0)
      throw new WrongStateError(
        name,
        `given another scope by somebody since, for ${changed.length} of its policies`,
        'that is left as it is; compare it with the plan, and change it by hand if it is wrong',
      );
  },
});

/** Access that policies of EKS do not give, and that therefore stays: nobody shall take it for gone. */
function whatStays({ accessConfig }: Cluster, { kubernetesGroups = [] }: AccessEntry): string {
  return [
    'Connections into pods that are open now stay until they end.',
    ...(kubernetesGroups.length > 0
      ? [
          `What Kubernetes itself gives its ${kubernetesGroups.length} group(s) stays: change that with kubectl.`,
        ]
      : []),
    ...(accessConfig?.authenticationMode === 'API_AND_CONFIG_MAP'
      ? ['The aws-auth ConfigMap may give access as well, and is not read.']
      : []),
  ].join(' ');
}

function blastRadius(policies: readonly AccessPolicy[]): readonly Consequence[] {
  const evidence = 'ListAssociatedAccessPolicies';
  const namespaces = new Set(policies.flatMap((one) => one.namespaces));
  return [
    { what: 'access policies that are taken away', count: policies.length, evidence },
    {
      what: 'namespaces in which they gave access',
      count: policies.some(({ scope }) => scope === 'cluster') ? null : namespaces.size,
      evidence: `${evidence}; a scope of the whole cluster counts as unknown`,
    },
    {
      what: 'people and programs that use the cluster as this principal',
      count: null,
      evidence: "not available: the cluster's audit log is not read",
    },
  ];
}

import {
  type Cluster,
  DescribeClusterCommand,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
} from '@aws-sdk/client-eks';
import { type Account, defineTool } from '../../core/account.ts';
import { boundedList, boundedText } from '../../core/bounded.ts';
import type { HandledEntity } from '../../core/entity.ts';
import { hasName } from '../../core/named-error.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { fillResource } from '../../core/resource-pattern.ts';
import { readAccess } from './access.ts';
import { DescribedCluster } from './output.ts';

const LISTED = { networks: 20, tags: 30 } as const;
/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const NAME = /^[0-9A-Za-z][\w-]{0,99}$/;
const EVERYWHERE = ['0.0.0.0/0', '::/0'];

const reads = [
  DescribeClusterCommand,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
] as const;
type Reader = Account<typeof reads>;
const eksResource = (resource: string) => `arn:{partition}:eks:{region}:{account}:${resource}`;

/** From where a Kubernetes cluster is reached, and by whom. */
export const describeCluster = defineTool({
  id: 'describe-cluster',
  title: 'Describe a Kubernetes cluster',
  description:
    'An EKS cluster: whether its API answers the internet and from which ranges, how callers are authenticated, which principals administer it by access entries, control plane logs, version, role, tags. What Kubernetes itself grants is not read. Not found for a cluster of ECS.',
  targets: ['cluster'],
  reads,
  permissions: [
    { actions: ['eks:DescribeCluster', 'eks:ListAccessEntries'], resources: [eksResource('cluster/*')] },
    { actions: ['eks:ListAssociatedAccessPolicies'], resources: [eksResource('access-entry/*')] },
  ],
  output: DescribedCluster,
  tainted: ['/role', '/access/administrators/*', '/tags/*/key', '/tags/*/value'],

  async ask(target, { account }) {
    const cluster = await readCluster(target, account);
    return cluster && describe(target.id, cluster, account);
  },
});

/** Undefined for what is no cluster of EKS, or no longer, in the account and region that the target names. */
async function readCluster(target: HandledEntity, account: Reader): Promise<Cluster | undefined> {
  const isElsewhere = target.arn !== undefined && !target.arn.includes(':eks:');
  if (isElsewhere || !NAME.test(target.id)) return undefined;
  try {
    const { cluster } = await account.send(new DescribeClusterCommand({ name: target.id }));
    const arn = fillResource(eksResource(`cluster/${target.id}`), target);
    return cluster?.arn === arn ? cluster : undefined;
  } catch (error) {
    if (hasName(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

async function describe(name: string, cluster: Cluster, account: Reader): Promise<DescribedCluster> {
  const { resourcesVpcConfig: network = {}, tags: found = {} } = cluster;
  const mode = cluster.accessConfig?.authenticationMode ?? 'unknown';
  const publicCidrs = boundedList(network.publicAccessCidrs ?? [], LISTED.networks);
  const isPublic = network.endpointPublicAccess ?? false;
  const tags = boundedList(Object.entries(found), LISTED.tags);
  const { access, unread } = await readAccess(name, mode, account);
  return {
    status: cluster.status ?? 'unknown',
    version: cluster.version ?? '',
    role: boundedText(cluster.roleArn, 512),
    endpoint: {
      public: isPublic,
      private: network.endpointPrivateAccess ?? false,
      publicCidrs: publicCidrs.items,
    },
    internetReachable: isPublic && EVERYWHERE.some((range) => network.publicAccessCidrs?.includes(range)),
    authenticationMode: mode,
    access,
    unread,
    logging: loggingOf(cluster),
    secretsEncrypted: (cluster.encryptionConfig ?? []).length > 0,
    protected: isProtected(Object.keys(found).map((Key) => ({ Key }))),
    tags: tags.items.map(([key, value]) => ({ key: boundedText(key), value: boundedText(value) })),
    truncated: publicCidrs.truncated || tags.truncated || unread.includes('further access entries'),
  };
}

function loggingOf({ logging }: Cluster): DescribedCluster['logging'] {
  const on = (logging?.clusterLogging ?? []).filter(({ enabled }) => enabled);
  return on.flatMap(({ types = [] }) => types).sort();
}

import { ListAccessEntriesCommand } from '@aws-sdk/client-eks';
import { administers } from '../../core/cluster-access.ts';
import { WrongStateError } from '../../core/errors.ts';
import { readPolicies } from './entry.ts';
import type { Reader } from './operations.ts';

/** Entries whose policies are read to find another administrator; nobody means nobody among so many. */
const ENTRIES = 100;

/**
 * Throws WrongStateError where nobody else could administer the cluster: only another administrator, or whoever may
 * change access entries, could then let people in again. What a ConfigMap or a Kubernetes group gives is not seen, and
 * so not relied on; neither is a role that AWS's services alone can take.
 */
export async function refuseLockout(cluster: string, principal: string, account: Reader): Promise<void> {
  const { accessEntries = [] } = await account.send(
    new ListAccessEntriesCommand({ clusterName: cluster, maxResults: ENTRIES }),
  );
  const others = accessEntries.filter((one) => one !== principal && !one.includes(':role/aws-service-role/'));
  for (const other of others) if (administers((await readPolicies(cluster, other, account)) ?? [])) return;
  throw new WrongStateError(
    `cluster ${cluster}`,
    'administered by this principal alone',
    'removing it would lock everybody out; give somebody else AmazonEKSClusterAdminPolicy first',
  );
}

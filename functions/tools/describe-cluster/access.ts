import { ListAccessEntriesCommand, ListAssociatedAccessPoliciesCommand } from '@aws-sdk/client-eks';
import type { Account } from '../../core/account.ts';
import { boundedList, boundedText } from '../../core/bounded.ts';
import { administers } from '../../core/cluster-access.ts';
import { hasName } from '../../core/named-error.ts';
import type { DescribedCluster } from './output.ts';

/** Entries whose policies are read, each by a call of its own. */
const ENTRIES = 20;

type Reader = Account<readonly [typeof ListAccessEntriesCommand, typeof ListAssociatedAccessPoliciesCommand]>;
type Answer = Pick<DescribedCluster, 'access' | 'unread'>;

/** Who may use a cluster by what AWS itself says of it: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html */
export async function readAccess(
  clusterName: string,
  mode: DescribedCluster['authenticationMode'],
  account: Reader,
): Promise<Answer> {
  const configMap = mode === 'API' ? [] : (['aws-auth ConfigMap'] as const);
  if (mode === 'CONFIG_MAP' || mode === 'unknown') return { access: null, unread: [...configMap] };
  const { accessEntries: listed = [], nextToken: next } = await account.send(
    new ListAccessEntriesCommand({ clusterName, maxResults: 100 }),
  );
  const entries = boundedList(listed, ENTRIES);
  const roles = await Promise.all(
    entries.items.map(async (principal) => ({
      principal,
      administers: administers(await readPolicies(clusterName, principal, account)),
    })),
  );
  const administrators = roles.flatMap((one) => (one.administers ? [boundedText(one.principal, 640)] : []));
  const further = entries.truncated || next !== undefined;
  return {
    access: { entries: listed.length, administrators },
    unread: [...configMap, ...(further ? (['further access entries'] as const) : [])],
  };
}

/** None for an entry that was deleted since. */
async function readPolicies(clusterName: string, principalArn: string, account: Reader) {
  try {
    const { associatedAccessPolicies: policies = [] } = await account.send(
      new ListAssociatedAccessPoliciesCommand({ clusterName, principalArn, maxResults: 100 }),
    );
    return policies.map(({ policyArn, accessScope }) => ({ policyArn, scope: accessScope?.type }));
  } catch (error) {
    if (hasName(error, 'ResourceNotFoundException')) return [];
    throw error;
  }
}

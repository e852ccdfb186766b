import {
  type AccessEntry,
  type Cluster,
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  ListAssociatedAccessPoliciesCommand,
} from '@aws-sdk/client-eks';
import { NotOursError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { Target } from '../../core/plan.ts';
import type { Tag } from '../../core/reserved-tags.ts';
import { fillResource } from '../../core/resource-pattern.ts';
import { AccessPolicy, eksResource, type Reader } from './operations.ts';

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const CLUSTER = /^[0-9A-Za-z][\w-]{0,99}$/;

export function clusterArn(target: Target): string {
  return fillResource(eksResource(`cluster/${target.id}`), target);
}

/** `role deploy`: what is left of a principal's ARN without its account and its path. */
export function shortName(principal: string): string {
  const [kind = '', ...names] = (principal.split(':')[5] ?? '').split('/');
  return `${kind} ${names.at(-1)}`;
}

/**
 * The cluster, if it is one of EKS in the place that the target names, with access entries. Throws NotOursError,
 * TargetNotFoundError and WrongStateError.
 */
export async function readCluster(target: Target, account: Reader): Promise<Cluster> {
  const name = `cluster ${target.id}`;
  // An ECS cluster is one as well, by its ARN.
  if (target.arn !== undefined && !target.arn.includes(':eks:'))
    throw new NotOursError(name, 'it is no cluster of EKS');
  if (!CLUSTER.test(target.id)) throw new TargetNotFoundError(name);
  const cluster = await gone(async () => {
    const answer = await account.send(new DescribeClusterCommand({ name: target.id }));
    return answer.cluster;
  });
  if (cluster?.arn !== clusterArn(target)) throw new TargetNotFoundError(name);
  if (cluster.status === 'DELETING') throw new WrongStateError(name, 'DELETING', 'its access ends with it');
  if (cluster.accessConfig?.authenticationMode === 'CONFIG_MAP')
    throw new WrongStateError(
      name,
      'one that leaves access to its aws-auth ConfigMap',
      'it has no access entries; change the ConfigMap with kubectl',
    );
  return cluster;
}

/** Undefined for a principal, or a cluster, that has no entry (any more). */
export function readEntry(
  clusterName: string,
  principalArn: string,
  account: Reader,
): Promise<AccessEntry | undefined> {
  return gone(async () => {
    const answer = await account.send(new DescribeAccessEntryCommand({ clusterName, principalArn }));
    return answer.accessEntry;
  });
}

/** The policies of an entry, by ARN; undefined where there is no entry (any more). */
export function readPolicies(
  clusterName: string,
  principalArn: string,
  account: Reader,
): Promise<readonly AccessPolicy[] | undefined> {
  return gone(async () => {
    const policies: AccessPolicy[] = [];
    let nextToken: string | undefined;
    do {
      const input = { clusterName, principalArn, nextToken };
      const page = await account.send(new ListAssociatedAccessPoliciesCommand(input));
      policies.push(
        ...(page.associatedAccessPolicies ?? []).map(({ policyArn, accessScope }) =>
          AccessPolicy.parse({
            policyArn,
            scope: accessScope?.type,
            namespaces: [...(accessScope?.namespaces ?? [])].sort(),
          }),
        ),
      );
      nextToken = page.nextToken;
    } while (nextToken);
    return policies.sort((a, b) => a.policyArn.localeCompare(b.policyArn));
  });
}

export function samePolicy(one: AccessPolicy, other: AccessPolicy): boolean {
  return (
    one.policyArn === other.policyArn &&
    one.scope === other.scope &&
    one.namespaces.join(' ') === other.namespaces.join(' ')
  );
}

/** EKS writes tags as a map. */
export function tagsOf(tags: Readonly<Record<string, string>> = {}): readonly Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

async function gone<Answer>(read: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await read();
  } catch (error) {
    if (hasName(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

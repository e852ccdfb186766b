import { AwsError, type RequestContext, type Requirement } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { pageAt } from '../pages.ts';
import { scoped } from '../scoped.ts';
import { tagContext } from '../tags.ts';
import { type AccessEntryState, type ClusterState, type EksState, eksState } from './state.ts';

export interface Scope {
  readonly cloud: Cloud;
  readonly account: string;
  readonly region: string;
  readonly eks: EksState;
}

/** An operation of EKS with its scope made ready. */
export const inScope = scoped<Scope>((cloud, { account }, { region }) => ({
  cloud,
  account,
  region,
  eks: eksState(cloud, account, region),
}));

export function eksArn({ account, region }: Scope, resource: string): string {
  return `arn:aws:eks:${region}:${account}:${resource}`;
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404);
}

export function findCluster({ eks }: Scope, name: string | undefined): ClusterState {
  const cluster = find(eks.clusters, name);
  if (!cluster) throw notFound(`No cluster found for name: ${name}.`);
  return cluster;
}

/** Access entries are for clusters that do not leave access to a ConfigMap alone. */
export function findEntries(scope: Scope, name: string | undefined): Record<string, AccessEntryState> {
  const { accessEntries, authenticationMode } = findCluster(scope, name);
  if (authenticationMode === 'CONFIG_MAP')
    throw new AwsError(
      'InvalidRequestException',
      "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    );
  return accessEntries;
}

export function findEntry(scope: Scope, cluster: string | undefined, principal: string | undefined) {
  const entry = find(findEntries(scope, cluster), principal);
  if (!entry) throw notFound('The specified principalArn could not be found.');
  return entry;
}

export function requireCluster(scope: Scope, action: string, name = ''): Requirement {
  const tags = find(scope.eks.clusters, name)?.tags;
  return { action: `eks:${action}`, resource: eksArn(scope, `cluster/${name}`), context: tagContext(tags) };
}

/** An entry that is not there has no id yet. */
export function requireEntry(
  scope: Scope,
  action: string,
  {
    clusterName = '',
    principalArn = '',
  }: { readonly clusterName?: string | undefined; readonly principalArn?: string | undefined },
  context: RequestContext = {},
): Requirement {
  const entry = find(find(scope.eks.clusters, clusterName)?.accessEntries ?? {}, principalArn);
  return {
    action: `eks:${action}`,
    resource: entry?.accessEntryArn ?? eksArn(scope, `access-entry/${clusterName}/unknown`),
    context: { ...tagContext(entry?.tags), ...context },
  };
}

/** One page by position: 100 at most, as EKS has it. */
export function pageOf<Item>(
  items: readonly Item[],
  {
    nextToken: token,
    maxResults: size = 100,
  }: { readonly nextToken?: string | undefined; readonly maxResults?: number | undefined },
): { readonly items: Item[]; readonly nextToken: string | undefined } {
  const page = size > 100 ? undefined : pageAt(items, token, size);
  if (!page) throw new AwsError('InvalidParameterException', 'The page that is asked for does not exist');
  return { items: page.items, nextToken: page.next };
}

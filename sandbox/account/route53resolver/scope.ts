import type { Page } from '../../../functions/resolver/shapes.ts';
import { AwsError, type Requirement } from '../../wire/service.ts';
import { resolverArn } from '../arns.ts';
import { find } from '../find.ts';
import { pageAt } from '../pages.ts';
import { scoped } from '../scoped.ts';
import { tagContext } from '../tags.ts';
import { type DomainListState, type ResolverState, resolverState } from './state.ts';

export interface Scope {
  readonly account: string;
  readonly region: string;
  readonly resolver: ResolverState;
}

/** An operation of Route 53 Resolver with its scope made ready. */
export const inScope = scoped<Scope>((cloud, { account }, { region }) => ({
  account,
  region,
  resolver: resolverState(cloud, account, region),
}));

/** What concerns no resource of its own. */
export function requireAny(action: string): readonly Requirement[] {
  return [{ action: `route53resolver:${action}`, resource: '*' }];
}

/** Lists have `aws:ResourceTag` alone: the Service Authorization Reference. */
export function requireList(
  { account, region, resolver }: Scope,
  action: string,
  id = '',
): readonly Requirement[] {
  return [
    {
      action: `route53resolver:${action}`,
      resource: resolverArn(account, region, 'firewall-domain-list', id),
      context: tagContext(find(resolver.domainLists, id)?.tags),
    },
  ];
}

export function notFound(ResourceType: string): AwsError {
  return new AwsError('ResourceNotFoundException', 'The specified resource doesn’t exist.', 400, {
    ResourceType,
  });
}

export function findList({ resolver }: Scope, id: string | undefined): DomainListState {
  const list = find(resolver.domainLists, id);
  if (!list) throw notFound('FirewallDomainList');
  return list;
}

/** One page by position, of `most` at most. */
export function pageOf<Item>(
  items: readonly Item[],
  { NextToken: token, MaxResults: size }: Page,
  most = 100,
): { readonly items: Item[]; readonly NextToken: string | undefined } {
  const page = (size ?? most) > most ? undefined : pageAt(items, token, size ?? most);
  if (!page) throw new AwsError('ValidationException', 'The page that is asked for does not exist');
  return { items: page.items, NextToken: page.next };
}

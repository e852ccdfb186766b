import { parseDomainName } from '../../../functions/core/domain-name.ts';
import type * as resolver from '../../../functions/resolver/shapes.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { resolverArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { findList, inScope, notFound, pageOf, requireAny, requireList, type Scope } from './scope.ts';
import { type DomainListState, fullyQualified } from './state.ts';

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_UpdateFirewallDomains.html */
const MOST_AT_ONCE = 1000;

/** Lists of domains that the rules of DNS Firewall refer to. */
export function domainListOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListFirewallDomainLists: inScope<resolver.Page, resolver.ListFirewallDomainListsOutput>(
      cloud,
      () => requireAny('ListFirewallDomainLists'),
      (input, scope) => {
        const { items, NextToken } = pageOf(Object.values(scope.resolver.domainLists), input);
        return { FirewallDomainLists: items.map((list) => metadata(list, scope)), NextToken };
      },
    ),
    GetFirewallDomainList: inScope<resolver.GetFirewallDomainListInput, resolver.GetFirewallDomainListOutput>(
      cloud,
      ({ FirewallDomainListId: id }, scope) => requireList(scope, 'GetFirewallDomainList', id),
      ({ FirewallDomainListId: id }, scope) => {
        const list = findList(scope, id);
        const { status: Status, domains } = list;
        return { FirewallDomainList: { ...metadata(list, scope), DomainCount: domains.length, Status } };
      },
    ),
    ListFirewallDomains: inScope<resolver.ListFirewallDomainsInput, resolver.ListFirewallDomainsOutput>(
      cloud,
      ({ FirewallDomainListId: id }, scope) => requireList(scope, 'ListFirewallDomains', id),
      ({ FirewallDomainListId: id, ...page }, scope) => {
        const { items: Domains, NextToken } = pageOf(findList(scope, id).domains, page, 5000);
        return { Domains, NextToken };
      },
    ),
    UpdateFirewallDomains: inScope<resolver.UpdateFirewallDomainsInput, resolver.UpdateFirewallDomainsOutput>(
      cloud,
      ({ FirewallDomainListId: id }, scope) => requireList(scope, 'UpdateFirewallDomains', id),
      (input, scope) => {
        const list = findList(scope, input.FirewallDomainListId);
        change(list, input);
        // Nobody has to wait here; AWS takes a moment, and says so.
        return { Id: list.id, Name: list.name, Status: 'UPDATING' };
      },
    ),
    ListTagsForResource: inScope<resolver.ListTagsForResourceInput, resolver.ListTagsForResourceOutput>(
      cloud,
      ({ ResourceArn: arn = '' }) => [{ action: 'route53resolver:ListTagsForResource', resource: arn }],
      ({ ResourceArn: arn, ...page }, scope) => {
        const tags = Object.entries(tagsOf(arn, scope)).map(([Key, Value]) => ({ Key, Value }));
        const { items: Tags, NextToken } = pageOf(tags, page);
        return { Tags, NextToken };
      },
    ),
  };
}

function metadata({ id, name, managedOwnerName }: DomainListState, { account, region }: Scope) {
  return {
    Id: id,
    Arn: resolverArn(account, region, 'firewall-domain-list', id),
    Name: name,
    ManagedOwnerName: managedOwnerName,
  };
}

function change(
  list: DomainListState,
  { Operation: operation, Domains }: resolver.UpdateFirewallDomainsInput,
): void {
  if (list.status !== 'COMPLETE')
    throw new AwsError('ConflictException', 'The requested state transition isn’t valid.');
  const given = Domains ?? [];
  const wrong = given.find((domain) => parseDomainName(domain.replace(/^\*\.?/, '')) === undefined);
  if (wrong !== undefined || given.length > MOST_AT_ONCE)
    throw new AwsError('ValidationException', `The domains are not valid: ${wrong ?? 'more than 1000'}`);
  const named = new Set(given.map(fullyQualified));
  switch (operation) {
    case 'ADD':
      list.domains = [...new Set([...list.domains, ...named])];
      break;
    case 'REMOVE':
      list.domains = list.domains.filter((domain) => !named.has(domain));
      break;
    case 'REPLACE':
      list.domains = [...named];
      break;
    case undefined:
      throw new AwsError('ValidationException', 'Supported values are ADD, REMOVE, or REPLACE a domain.');
  }
}

function tagsOf(arn: string | undefined, { account, region, resolver: state }: Scope) {
  const list = Object.values(state.domainLists).find(
    ({ id }) => resolverArn(account, region, 'firewall-domain-list', id) === arn,
  );
  const group = Object.values(state.ruleGroups).find(
    ({ id }) => resolverArn(account, region, 'firewall-rule-group', id) === arn,
  );
  const tags = (list ?? group)?.tags;
  if (!tags) throw notFound('Resource');
  return tags;
}

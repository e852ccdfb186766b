import type { Filter } from '@aws-sdk/client-ec2';
import { matchesWildcard } from '../../authorize/wildcard.ts';
import { AwsError } from '../../wire/service.ts';
import { find } from '../find.ts';
import { pageAt } from '../pages.ts';
import { findResource } from './resources.ts';
import type { Scope } from './scope.ts';

type Text = string | number | boolean | undefined;

/** The values that an item has under a filter's name. */
export type FilterValues<Item> = Readonly<Record<string, (item: Item) => Text | readonly Text[]>>;

export interface ListRequest {
  readonly Filters?: Filter[] | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface Listing<Item> {
  readonly records: Readonly<Record<string, Item>>;
  readonly prefix: string;
  readonly ids: readonly string[] | undefined;
  readonly filters: FilterValues<Item>;
  readonly idOf: (item: Item) => string;
}

/** Picks by ids (each must exist), then by filters, then one page: the way of every Describe operation. */
export function listResources<Item>(
  scope: Scope,
  input: ListRequest,
  listing: Listing<Item>,
): { readonly items: readonly Item[]; readonly NextToken: string | undefined } {
  const { records, ids, prefix } = listing;
  const picked = ids?.length ? ids.map((id) => findResource(records, id, prefix)) : Object.values(records);
  const matching = picked.filter((item) =>
    (input.Filters ?? []).every((filter) => filterMatches(scope, listing, filter, item)),
  );
  return pageOf(matching, input);
}

/** Pages by position. */
export function pageOf<Item>(items: readonly Item[], { NextToken: token, MaxResults: size }: ListRequest) {
  const page = pageAt(items, token, size ?? Math.max(items.length, 1));
  if (!page) throw new AwsError('InvalidNextToken', `The token '${token}' is invalid`);
  return { items: page.items, NextToken: page.next };
}

/** Values of one filter are alternatives, and may hold wildcards. */
function filterMatches<Item>(scope: Scope, listing: Listing<Item>, filter: Filter, item: Item): boolean {
  const name = filter.Name ?? '';
  const values = [valuesOf(scope, listing, name, item)].flat().filter((value) => value !== undefined);
  return values.some((value) => filter.Values?.some((pattern) => matchesWildcard(pattern, String(value))));
}

function valuesOf<Item>(
  scope: Scope,
  listing: Listing<Item>,
  name: string,
  item: Item,
): Text | readonly Text[] {
  const tags = find(scope.ec2.tags, listing.idOf(item)) ?? {};
  if (name.startsWith('tag:')) return find(tags, name.slice('tag:'.length));
  if (name === 'tag-key') return Object.keys(tags);
  if (name === 'owner-id') return scope.account;
  const read = find(listing.filters, name);
  if (!read) throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`);
  return read(item);
}

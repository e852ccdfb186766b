import { createHash } from 'node:crypto';
import { AwsError, type Requirement } from '../../wire/service.ts';
import { wafArn } from '../arns.ts';
import { find } from '../find.ts';
import { pageAt } from '../pages.ts';
import { scoped } from '../scoped.ts';
import { type WafState, wafState } from './state.ts';

export interface Scope {
  readonly account: string;
  readonly region: string;
  readonly waf: WafState;
}

/** By which an operation names one of WAF's things: the name and the id have to belong together. */
export interface Naming {
  readonly Scope?: string | undefined;
  readonly Name?: string | undefined;
  readonly Id?: string | undefined;
}

/** An operation of WAF with its scope made ready. */
export const inScope = scoped<Scope>((cloud, { account }, { region }) => ({
  account,
  region,
  waf: wafState(cloud, account, region),
}));

export function requireOne(
  { account, region }: Scope,
  action: string,
  kind: 'ipset' | 'webacl',
  { Name = '', Id = '' }: Naming,
): Requirement {
  return { action: `wafv2:${action}`, resource: wafArn(account, region, kind, { name: Name, id: Id }) };
}

/** The messages are those of AWS, as moto has them. */
export function nonexistent(): AwsError {
  return new AwsError(
    'WAFNonexistentItemException',
    'AWS WAF couldn’t perform the operation because your resource doesn’t exist.',
  );
}

/** One by its id. CloudFront's things are in a scope of their own, which is empty here. */
export function findOne<One extends { readonly name: string }>(
  records: Readonly<Record<string, One>>,
  { Scope: scope, Name, Id }: Naming,
): One {
  const one = isRegional(scope) ? find(records, Id) : undefined;
  if (one?.name !== Name || !one) throw nonexistent();
  return one;
}

export function isRegional(scope: string | undefined): boolean {
  if (scope !== 'REGIONAL' && scope !== 'CLOUDFRONT')
    throw new AwsError(
      'WAFInvalidParameterException',
      `Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: ${scope}`,
    );
  return scope === 'REGIONAL';
}

/** AWS makes a new one at each change; here it follows from what is there, which a change changes as well. */
export function lockToken(state: object): string {
  const hex = createHash('sha256').update(JSON.stringify(state)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** One page by position, 100 at most: https://docs.aws.amazon.com/waf/latest/APIReference/API_ListIPSets.html */
export function pageOf<Item>(
  items: readonly Item[],
  {
    NextMarker: marker,
    Limit: size = 100,
  }: { readonly NextMarker?: string | undefined; readonly Limit?: number | undefined },
): { readonly items: Item[]; readonly NextMarker: string | undefined } {
  const page = size > 100 ? undefined : pageAt(items, marker, size);
  if (!page) throw new AwsError('WAFInvalidParameterException', 'The page that is asked for does not exist');
  return { items: page.items, NextMarker: page.next };
}

import {
  AwsError,
  type Call,
  type Caller,
  type Operation,
  operation,
  type Reply,
  type Requirement,
} from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { pageAt } from '../pages.ts';
import { type IdentityCenterState, identityCenterOf, type PermissionSetState } from './state.ts';

export interface Scope {
  readonly cloud: Cloud;
  readonly account: string;
  readonly region: string;
  readonly center: IdentityCenterState;
}

/** An operation on the region's Identity Center, for whoever may manage it. */
export function inIdentityCenter<In extends object, Out extends object>(
  cloud: Cloud,
  requires: (input: In, caller: Caller) => readonly Requirement[],
  handle: (input: In, scope: Scope) => Reply<Out>,
): Operation {
  return operation<In, Out>({
    requires,
    handle: (input, caller, call) => handle(input, scopeOf(cloud, caller, call)),
  });
}

function scopeOf(cloud: Cloud, { account }: Caller, { region }: Call): Scope {
  const center = identityCenterOf(cloud, account, region);
  if (!center?.administers)
    throw new AwsError('AccessDeniedException', 'User is not authorized to perform this action');
  return { cloud, account, region, center };
}

/** One requirement for each resource of a call: IAM wants all of them. */
export function requireAll(
  action: string,
  resources: readonly (string | undefined)[],
  { account }: Caller,
): Requirement[] {
  return resources.map((resource = '') => ({ action, resource, resourceAccount: account }));
}

export function accountArn(account = ''): string {
  return `arn:aws:sso:::account/${account}`;
}

export function findPermissionSet({ center }: Scope, arn: string | undefined): PermissionSetState {
  const found = find(center.permissionSets, arn);
  if (!found) throw notFound(`PermissionSet with arn ${arn} does not exist.`);
  return found;
}

export function checkInstance({ center }: Scope, arn: string | undefined): void {
  if (arn !== center.instanceArn) throw notFound(`Instance with arn ${arn} does not exist.`);
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}

/** One page by position. */
export function pageOf<Item>(
  items: readonly Item[],
  {
    NextToken: token,
    MaxResults: size = 100,
  }: { readonly NextToken?: string | undefined; readonly MaxResults?: number | undefined },
): { readonly items: Item[]; readonly NextToken: string | undefined } {
  const page = size > 100 ? undefined : pageAt(items, token, size);
  if (!page) throw new AwsError('ValidationException', 'The page that is asked for does not exist');
  return { items: page.items, NextToken: page.next };
}

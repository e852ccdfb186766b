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
import { type DocumentState, type SsmState, ssmState } from './state.ts';

export interface Scope {
  readonly cloud: Cloud;
  readonly account: string;
  readonly region: string;
  readonly ssm: SsmState;
}

/** An operation of Systems Manager with its scope made ready. */
export function inScope<In extends object, Out extends object>(
  cloud: Cloud,
  requires: (input: In, scope: Scope) => readonly Requirement[],
  handle: (input: In, scope: Scope) => Reply<Out>,
): Operation {
  return operation<In, Out>({
    requires: (input, caller, call) => requires(input, scopeOf(cloud, caller, call)),
    handle: (input, caller, call) => handle(input, scopeOf(cloud, caller, call)),
  });
}

function scopeOf(cloud: Cloud, { account }: Caller, { region }: Call): Scope {
  return { cloud, account, region, ssm: ssmState(cloud, account, region) };
}

export function requireDocument({ account, region }: Scope, action: string, name = ''): Requirement {
  return { action: `ssm:${action}`, resource: `arn:aws:ssm:${region}:${account}:document/${name}` };
}

/** Every document is in its version 1 here. */
export function findDocument({ ssm }: Scope, name: string | undefined, version = '$DEFAULT'): DocumentState {
  const document = find(ssm.documents, name);
  if (!document) throw new AwsError('InvalidDocument', `Document with name ${name} does not exist.`);
  if (!['1', '$DEFAULT', '$LATEST'].includes(version))
    throw new AwsError('InvalidDocumentVersion', `Document version ${version} does not exist.`);
  return document;
}

/** One page by position. */
export function pageOf<Item>(
  items: readonly Item[],
  token = '0',
  size = 50,
): { readonly items: Item[]; readonly NextToken: string | undefined } {
  if (!/^\d+$/.test(token)) throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
  const end = Number(token) + size;
  return { items: items.slice(Number(token), end), NextToken: end < items.length ? String(end) : undefined };
}

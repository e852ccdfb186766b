import { AwsError, type Requirement } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { pageAt } from '../pages.ts';
import { scoped } from '../scoped.ts';
import { type DocumentState, type SsmState, ssmState } from './state.ts';

export interface Scope {
  readonly cloud: Cloud;
  readonly account: string;
  readonly region: string;
  readonly ssm: SsmState;
}

/** An operation of Systems Manager with its scope made ready. */
export const inScope = scoped<Scope>((cloud, { account }, { region }) => ({
  cloud,
  account,
  region,
  ssm: ssmState(cloud, account, region),
}));

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
  token: string | undefined,
  size = 50,
): { readonly items: Item[]; readonly NextToken: string | undefined } {
  const page = pageAt(items, token, size);
  if (!page) throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
  return { items: page.items, NextToken: page.next };
}

import {
  GetWebACLCommand,
  ListWebACLsCommand,
  type Rule,
  type Statement,
  type WebACLSummary,
} from '@aws-sdk/client-wafv2';
import { hasName } from '../../core/named-error.ts';
import { type Reader, Scope } from './operations.ts';

/** One web ACL of the region. */
export interface Obedience {
  readonly arn: string;
  /** Whether one of its own rules blocks what the IP set holds. Rules inside of rule groups are not looked at. */
  readonly blocks: boolean;
}

/** Every web ACL of the region, by ARN. */
export async function readWebAcls(ipSet: string, account: Reader): Promise<readonly Obedience[]> {
  const found: Obedience[] = [];
  let NextMarker: string | undefined;
  do {
    const page = await account.send(new ListWebACLsCommand({ Scope, Limit: 100, NextMarker }));
    for (const acl of page.WebACLs ?? []) {
      const rules = await readRules(acl, account);
      found.push({ arn: acl.ARN ?? '', blocks: rules.some((rule) => blocks(rule, ipSet)) });
    }
    NextMarker = page.NextMarker;
  } while (NextMarker);
  return found.sort((a, b) => a.arn.localeCompare(b.arn));
}

/** One that was deleted since it was listed has none. */
async function readRules({ Name, Id }: WebACLSummary, account: Reader): Promise<readonly Rule[]> {
  try {
    const { WebACL } = await account.send(new GetWebACLCommand({ Scope, Name, Id }));
    return WebACL?.Rules ?? [];
  } catch (error) {
    if (!hasName(error, 'WAFNonexistentItemException')) throw error;
    return [];
  }
}

function blocks({ Action, Statement }: Rule, ipSet: string): boolean {
  return Action?.Block !== undefined && matches(Statement, ipSet);
}

/** An OR matches as soon as the set does; under AND and NOT it would depend on more. */
function matches(statement: Statement | undefined, ipSet: string): boolean {
  if (statement?.IPSetReferenceStatement?.ARN === ipSet) return true;
  return statement?.OrStatement?.Statements?.some((one) => matches(one, ipSet)) ?? false;
}

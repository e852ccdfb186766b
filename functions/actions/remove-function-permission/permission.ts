import type { AddPermissionRequest } from '@aws-sdk/client-lambda';
import { type Statement, statementId, testsOf } from '../../core/function-statement.ts';

type Permission = Omit<AddPermissionRequest, 'FunctionName' | 'Qualifier' | 'RevisionId'>;

/** The conditions that AddPermission can write (https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html). */
const MEMBERS: Readonly<Record<string, keyof Permission>> = {
  'StringEquals aws:sourceaccount': 'SourceAccount',
  'ArnLike aws:sourcearn': 'SourceArn',
  'StringEquals aws:principalorgid': 'PrincipalOrgID',
  'StringEquals lambda:eventsourcetoken': 'EventSourceToken',
  'StringEquals lambda:functionurlauthtype': 'FunctionUrlAuthType',
  'Bool lambda:invokedviafunctionurl': 'InvokedViaFunctionUrl',
};
const KNOWN = new Set(['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition']);

/**
 * What AddPermission takes to write exactly this statement on this function, version or alias; undefined where it
 * cannot, as for what PutResourcePolicy wrote or for a principal that was deleted.
 */
export function permissionOf(statement: Statement, resource: string): Permission | undefined {
  const StatementId = statementId(statement);
  const Principal = principalOf(statement);
  const conditions = conditionsOf(statement);
  const { Action } = statement;
  const isPlain = Object.keys(statement).every((key) => KNOWN.has(key)) && statement.Effect === 'Allow';
  if (!isPlain || statement.Resource !== resource || typeof Action !== 'string') return undefined;
  if (StatementId === undefined || Principal === undefined || conditions === undefined) return undefined;
  return { StatementId, Action, Principal, ...conditions };
}

/** `*`, one service, or one principal of IAM by its ARN. */
function principalOf({ Principal: principal }: Statement): string | undefined {
  if (principal === '*') return principal;
  if (typeof principal !== 'object' || Object.keys(principal).length !== 1) return undefined;
  const { AWS: aws, Service: service } = principal;
  if (typeof service === 'string') return service;
  return typeof aws === 'string' && /^arn:aws[\w-]*:(iam|sts)::\d{12}:/.test(aws) ? aws : undefined;
}

function conditionsOf(statement: Statement): Partial<Permission> | undefined {
  const conditions: Record<string, string | boolean> = {};
  for (const { operator, key, values } of testsOf(statement)) {
    const member = MEMBERS[`${operator} ${key}`];
    const [value] = values;
    if (member === undefined || value === undefined || !isSingle(statement, operator, key)) return undefined;
    conditions[member] = member === 'InvokedViaFunctionUrl' ? value === 'true' : value;
  }
  return conditions as Partial<Permission>;
}

/** A list, even of one, is not what AddPermission writes. */
function isSingle({ Condition = {} }: Statement, operator: string, key: string): boolean {
  const found = Object.entries(Condition[operator] ?? {}).filter(([name]) => name.toLowerCase() === key);
  return found.length === 1 && typeof found[0]?.[1] === 'string';
}

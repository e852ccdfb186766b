import type { RegisteredRole } from './account/principals.ts';
import type { PolicyDocument } from './authorize/policy.ts';
import type { Place } from './template/identities.ts';
import type { Stack } from './template/stack.ts';

/** People's roles that exist only in the sandbox: the template gives none to anybody. */
export type OperatorName = 'operator' | 'auditor';

/** The account's own resources of a kind. */
type Named = (service: string, resource: string) => string;

/**
 * `operator` uses the console's API, posts as the webhook's senders, and looks at everything; `auditor` reads the ledger, its bodies, the coordination
 * table and the evidence with the key that verifies it, and nothing else. Neither can write a table or answer a task; the operator may have the
 * projection, which decides nothing, made anew.
 */
export function operatorRoles(stack: Stack): Readonly<Record<OperatorName, RegisteredRole>> {
  const { place } = stack;
  const named: Named = (service, resource) =>
    `arn:aws:${service}:${place.region}:${place.account}:${resource}`;
  return {
    operator: role(place, 'operator', [
      allow(['execute-api:Invoke'], [named('execute-api', '*/*')]),
      ...readRecord(named),
      allow(['lambda:InvokeFunction'], [named('lambda', 'function:sallyport-project')]),
      allow(['secretsmanager:GetSecretValue'], [named('secretsmanager', 'secret:sallyport/webhook/*')]),
      allow(['states:ListExecutions', 'states:DescribeExecution'], [named('states', '*')]),
      allow(['sqs:GetQueueAttributes', 'sqs:GetQueueUrl'], [named('sqs', '*')]),
      allow(['s3:PutObject'], ['arn:aws:s3:::*/feeds/*']),
      allow(['lambda:InvokeFunction'], [named('lambda', 'function:sallyport-compile-intelligence')]),
      allow(
        ['lambda:InvokeFunction'],
        [named('lambda', `function:${stack.outputs().ProjectFunctionName ?? 'none'}`)],
      ),
      allow(['ec2:Describe*', 'iam:Get*', 'iam:List*', 'cloudtrail:LookupEvents'], ['*']),
    ]),
    auditor: role(place, 'auditor', readRecord(named)),
  };
}

export function operatorArn({ account }: Place, name: OperatorName): string {
  return `arn:aws:iam::${account}:role/sandbox/${name}`;
}

function readRecord(named: Named): PolicyDocument[] {
  return [
    allow(
      ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:DescribeTable'],
      [named('dynamodb', 'table/*')],
    ),
    allow(['s3:GetObject'], ['arn:aws:s3:::*']),
    allow(['kms:GetPublicKey'], [named('kms', 'key/*')]),
    allow(['kms:Decrypt'], [named('kms', 'key/*')], {
      StringLike: { 'kms:ViaService': ['dynamodb.*', 's3.*'] },
    }),
  ];
}

function allow(
  actions: readonly string[],
  resources: readonly string[],
  condition?: Condition,
): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
      ...(condition ? { Condition: condition } : {}),
    },
  };
}

type Condition = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Nobody may assume it: the sandbox issues its sessions itself. */
function role(place: Place, name: OperatorName, identityPolicies: readonly PolicyDocument[]): RegisteredRole {
  return {
    arn: operatorArn(place, name),
    trustPolicy: { Statement: [] },
    identityPolicies,
    maxSessionDuration: 43_200,
  };
}

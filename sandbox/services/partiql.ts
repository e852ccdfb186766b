import { AwsError } from '../wire/service.ts';
import type { Item } from './items.ts';

/** The one PartiQL statement that the system writes: a conditional put. */
export interface Insert {
  readonly table: string;
  readonly item: Item;
}

const insertStatement = /^\s*INSERT\s+INTO\s+"([^"]+)"\s+VALUE\s+\{([^{}]*)\}\s*$/i;
const attribute = /^\s*'([^']+)'\s*:\s*\?\s*$/;

/**
 * Reads `INSERT INTO "table" VALUE {'name': ?, ...}` with its parameters. Any other statement is refused with a
 * ValidationException: the sandbox has no PartiQL engine, and a statement half understood would be worse than none.
 */
export function parseInsert(statement: string, parameters: readonly Item[string][]): Insert {
  const [, table, body] = insertStatement.exec(statement) ?? [];
  if (table === undefined || body === undefined) throw unsupported(statement);
  const names = body.split(',').map((part) => attribute.exec(part)?.[1] ?? '');
  if (names.includes('')) throw unsupported(statement);
  if (names.length !== parameters.length)
    throw new AwsError(
      'ValidationException',
      `Number of parameters in request and statement don't match: ${parameters.length} and ${names.length}`,
    );
  const item: Item = {};
  for (const [at, name] of names.entries()) item[name] = parameters[at] ?? { NULL: true };
  return { table, item };
}

function unsupported(statement: string): AwsError {
  const known = `INSERT INTO "table" VALUE {'name': ?, ...}`;
  return new AwsError('ValidationException', `The sandbox executes only ${known}, not: ${statement}`);
}

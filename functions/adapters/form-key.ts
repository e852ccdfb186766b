import { randomBytes } from 'node:crypto';
import type { CoordinationTable } from './coordination-table.ts';

/** The key of the pages' form tokens: drawn once, shared by every instance of the console. Deleting it voids open forms. */
export function formKey(table: CoordinationTable): () => Promise<string> {
  let known: string | undefined;
  return async () => {
    known ??= await drawnOnce(table);
    return known;
  };
}

/** Whoever comes first draws it; everybody reads back what then stands. */
async function drawnOnce(table: CoordinationTable): Promise<string> {
  await table.put('form-key', '-', { key: randomBytes(32).toString('base64url') }, { unless: 'exists' });
  const key = (await table.get('form-key'))?.key;
  if (typeof key !== 'string') throw new TypeError('the coordination table lost the form key');
  return key;
}

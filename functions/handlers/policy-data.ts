import { readFileSync } from 'node:fs';
import type * as z from 'zod';

/**
 * Reads one of the files that infra lays beside a function's bundle (infra/bundles.ts): what an owner fills in may be
 * larger than the 4 kB that AWS Lambda allows an environment. Throws for a file that is missing or wrong.
 */
export function policyData<Schema extends z.ZodType>(name: string, schema: Schema): z.infer<Schema> {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8');
  return schema.parse(JSON.parse(text));
}

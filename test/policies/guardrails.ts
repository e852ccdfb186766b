import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../policies/guardrails/', import.meta.url);

/** The guardrails as they lie in the repository. */
export const schema = readFileSync(new URL('schema.cedarschema', folder), 'utf8');
export const policies: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(folder)
    .filter((file) => file.endsWith('.cedar'))
    .map((file) => [file, readFileSync(new URL(file, folder), 'utf8')]),
);

/** The example requests of one folder, by file name. The folder is the expected answer. */
export function examples(expected: 'ALLOW' | 'DENY'): { file: string; content: unknown }[] {
  const lying = new URL(`${expected}/`, folder);
  return readdirSync(lying).map((file) => ({
    file,
    content: JSON.parse(readFileSync(new URL(file, lying), 'utf8')),
  }));
}

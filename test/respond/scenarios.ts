import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const folder = new URL('../scenarios/', import.meta.url);

/** `scenario.json` beside a scenario's account and findings: what `respond` has to come to. */
const Expected = z.strictObject({
  /** What is carried out and verified, in the plan's order. */
  actions: z.array(z.string()).min(1),
  /** How the rollback ends. `by-hand`: the plan says what it cannot restore, and a person is told. */
  rollback: z.enum(['closed', 'by-hand']).default('closed'),
  /** JSON pointers (RFC 6901) into the account to what the rollback leaves behind, each with the reason. */
  leaves: z.record(z.string(), z.string().min(10)).default({}),
});

export interface RespondScenario extends z.infer<typeof Expected> {
  readonly name: string;
  readonly directory: string;
  /** The finding files, in the order of their names. */
  readonly findings: readonly string[];
}

/** Every scenario that says what `respond` has to come to. */
export function respondScenarios(): RespondScenario[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => new URL(`${name}/`, folder))
    .filter((directory) => existsSync(new URL('scenario.json', directory)))
    .map((directory) => {
      const findings = new URL('findings/', directory);
      return {
        ...Expected.parse(JSON.parse(readFileSync(new URL('scenario.json', directory), 'utf8'))),
        name: directory.pathname.split('/').at(-2) ?? '',
        directory: fileURLToPath(directory),
        findings: readdirSync(findings)
          .sort()
          .map((file) => fileURLToPath(new URL(file, findings))),
      };
    });
}

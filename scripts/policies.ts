import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { actions } from '../functions/actions/registry.gen.ts';
import { sha256 } from '../functions/core/canonical.ts';
import { Limits } from '../functions/core/limits.ts';
import { OwnEnvironment } from '../functions/core/own-environment.ts';
import { Suppressions } from '../functions/core/suppression.ts';
import { tools } from '../functions/tools/registry.gen.ts';
import { readPlaybook } from './playbook-file.ts';
import { type Problem, readPolicyFile } from './policy-file.ts';
import { PolicyFileError } from './policy-file-error.ts';

export { PolicyFileError };

const root = new URL('../', import.meta.url);

/** The text of `functions/generated/policies.gen.ts`, so that no Lambda needs a YAML parser or a file system. */
export function compilePolicies(policies: URL = new URL('policies/', root)): string {
  const catalogue = { tools: tools.map(({ id }) => id), actions: actions.map(({ id }) => id) };
  const playbookFiles = filesOf(policies, 'playbooks', '.yaml');
  const playbooks = playbookFiles.map(([path, text]) => readPlaybook(path, text, catalogue));
  refuseDuplicates(playbooks.map((one) => [one.path, one.playbook.id, 'id'] as const));
  refuseDuplicates(
    playbooks.flatMap(({ path, playbook }) => playbook.types.map((type) => [path, type, 'type'] as const)),
  );
  if (!playbooks.some(({ playbook }) => playbook.types.includes('*')))
    throw new PolicyFileError(
      'policies/playbooks',
      0,
      'no playbook has the type "*", so some findings would have none',
    );
  const prompts = filesOf(policies, 'prompts', '.md');
  const cedar = filesOf(policies, 'guardrails', '.cedar');
  const schema = filesOf(policies, 'guardrails', '.cedarschema');
  const limitsFile = fileAt(policies, 'limits.yaml');
  const environmentFile = fileAt(policies, 'environment.yaml');
  const suppressionsFile = fileAt(policies, 'suppressions.yaml');
  const all = [
    limitsFile,
    environmentFile,
    suppressionsFile,
    ...playbookFiles,
    ...prompts,
    ...cedar,
    ...schema,
  ];
  return [
    '// Written by scripts/generate-policies.ts from policies/. Do not edit.',
    "import type { Limits } from '../core/limits.ts';",
    "import type { OwnEnvironment } from '../core/own-environment.ts';",
    "import type { Playbook } from '../core/playbook.ts';",
    "import type { Suppressions } from '../core/suppression.ts';",
    '',
    constant(
      'playbooks',
      'readonly Playbook[]',
      playbooks.map(({ playbook }) => playbook),
    ),
    constant('limits', 'Limits', readLimits(limitsFile, catalogue.actions)),
    constant(
      'ownEnvironment',
      'OwnEnvironment',
      readPolicyFile(...environmentFile, OwnEnvironment, () => []),
    ),
    constant('suppressions', 'Suppressions', readSuppressions(suppressionsFile)),
    constant('prompts', 'Readonly<Record<string, string>>', byName(prompts)),
    constant(
      'guardrails',
      '{ readonly schema: string; readonly policies: Readonly<Record<string, string>> }',
      {
        schema: schema.map(([, text]) => text).join('\n'),
        policies: byName(cedar),
      },
    ),
    '/** SHA-256 of each file that this was compiled from. */',
    constant(
      'digests',
      'Readonly<Record<string, string>>',
      Object.fromEntries(all.map(([path, text]) => [path, sha256(text)])),
    ),
  ].join('\n');
}

function readLimits([path, text]: File, actions: readonly string[]): Limits {
  return readPolicyFile(path, text, Limits, (limits) =>
    Object.keys(limits.actions)
      .filter((id) => !actions.includes(id))
      .map((id) => [['actions', id], `${id} is not an action; there are ${actions.join(', ')}`]),
  );
}

function readSuppressions([path, text]: File): Suppressions {
  return readPolicyFile(path, text, Suppressions, ({ suppressions }) => {
    const ids = suppressions.map(({ id }) => id);
    return ids.flatMap((id, index): Problem[] =>
      ids.indexOf(id) < index ? [[['suppressions', index, 'id'], `the id ${id} is already taken`]] : [],
    );
  });
}

type File = readonly [path: string, text: string];

function fileAt(policies: URL, name: string): File {
  return [`policies/${name}`, readFileSync(new URL(name, policies), 'utf8')];
}

/** The files of a folder of `policies/`, by path; a folder that is not there yet has none. */
function filesOf(policies: URL, folder: string, extension: string): File[] {
  const directory = new URL(`${folder}/`, policies);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => [`policies/${folder}/${name}`, readFileSync(new URL(name, directory), 'utf8')]);
}

function byName(files: readonly File[]): Record<string, string> {
  return Object.fromEntries(files.map(([path, text]) => [path.split('/').at(-1) ?? path, text]));
}

function constant(name: string, type: string, value: unknown): string {
  return `export const ${name}: ${type} = ${JSON.stringify(value, null, 2)};\n`;
}

function refuseDuplicates(entries: readonly (readonly [path: string, value: string, what: string])[]): void {
  const first = new Map<string, string>();
  for (const [path, value, what] of entries) {
    const other = first.get(value);
    if (other) throw new PolicyFileError(path, 0, `the ${what} ${value} is already taken by ${other}`);
    first.set(value, path);
  }
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { actions } from '../functions/actions/registry.gen.ts';
import { sha256 } from '../functions/core/canonical.ts';
import { Feeds } from '../functions/core/feeds.ts';
import { Limits } from '../functions/core/limits.ts';
import { OwnEnvironment } from '../functions/core/own-environment.ts';
import type { Playbook, PlaybookTerms } from '../functions/core/playbook.ts';
import { Suppressions } from '../functions/core/suppression.ts';
import { FOOTHOLD_FOUND } from '../functions/core/sweep.ts';
import { WebhookMapping } from '../functions/core/webhook.ts';
import { problemOfMapping } from '../functions/intake/mapping.ts';
import { sources } from '../functions/sources/registry.gen.ts';
import { tools } from '../functions/tools/registry.gen.ts';
import { typeProblems } from './lint/finding-types.ts';
import { inspectPlaybook, type Known } from './playbook-file.ts';
import { inspectPolicyFile, isSound, type PolicyFile, type Problem, type SoundFile } from './policy-file.ts';
import { PolicyFileError } from './policy-file-error.ts';

export { PolicyFileError };

/** A folder of the form of `policies/`, and what it is called in messages. */
export interface PolicyFolder {
  readonly url: URL;
  readonly name: string;
}

const ours: PolicyFolder = { url: new URL('../policies/', import.meta.url), name: 'policies' };

const builtIn: Known = {
  tools,
  actions,
  types: [...sources.flatMap(({ types }) => types), FOOTHOLD_FOUND],
};

/** The files of `policies/` that are YAML, each read, with all that is wrong with them. */
interface PolicyFiles {
  readonly playbooks: readonly PolicyFile<Playbook>[];
  readonly limits: PolicyFile<Limits>;
  readonly environment: PolicyFile<OwnEnvironment>;
  readonly feeds: PolicyFile<Feeds>;
  readonly suppressions: PolicyFile<Suppressions>;
  readonly webhooks: readonly PolicyFile<WebhookMapping>[];
  readonly problems: readonly PolicyFileError[];
}

/** Every problem of a folder of policies, in the order of its files and lines. */
export function policyProblems(policies: PolicyFolder = ours): readonly PolicyFileError[] {
  return readPolicies(policies).problems;
}

function readPolicies(policies: PolicyFolder): PolicyFiles {
  const playbooks = filesOf(policies, 'playbooks', '.yaml').map((file) => inspectPlaybook(...file, builtIn));
  const limits = inspectPolicyFile(...fileAt(policies, 'limits.yaml'), Limits, problemsOfLimits);
  const environment = inspectPolicyFile(...fileAt(policies, 'environment.yaml'), OwnEnvironment, () => []);
  const feeds = inspectPolicyFile(...fileAt(policies, 'feeds.yaml'), Feeds, problemsOfFeeds);
  const suppressions = inspectPolicyFile(
    ...fileAt(policies, 'suppressions.yaml'),
    Suppressions,
    problemsOfSuppressions,
  );
  const webhooks = filesOf(policies, 'webhooks', '.yaml').map(inspectMapping);
  const alone = [...playbooks, limits, environment, feeds, suppressions, ...webhooks].flatMap(
    ({ problems }) => problems,
  );
  const sound = playbooks.filter(isSound);
  const together = [...problemsTogether(sound, policies), ...runbookProblems(sound, policies)];
  const problems = [...alone, ...together].toSorted(
    (a, b) => a.path.localeCompare(b.path) || a.line - b.line,
  );
  return { playbooks, limits, environment, feeds, suppressions, webhooks, problems };
}

function* problemsTogether(
  playbooks: readonly SoundFile<Playbook>[],
  { name }: PolicyFolder,
): Generator<PolicyFileError> {
  const first = new Map<string, string>();
  for (const file of playbooks) {
    const other = first.get(file.content.id);
    if (other) yield file.problem(['id'], `the id ${file.content.id} is already taken by ${other}`);
    else first.set(file.content.id, file.path);
  }
  const last = playbooks.find(({ content }) => content.types.includes('*'));
  if (last) yield* typeProblems(playbooks, builtIn.types);
  else
    yield new PolicyFileError(
      `${name}/playbooks`,
      0,
      'no playbook has the type "*", so some findings would have none',
    );
}

/** Every playbook has its page for people, and every such page its playbook. */
function* runbookProblems(
  playbooks: readonly SoundFile<Playbook>[],
  policies: PolicyFolder,
): Generator<PolicyFileError> {
  const pages = new Map<string, string>(filesOf(policies, 'runbooks', '.md'));
  const wanted = new Map<string, SoundFile<Playbook>>(
    playbooks.map((file) => [`${policies.name}/runbooks/${file.content.id}.md`, file]),
  );
  for (const [page, file] of wanted)
    if (!pages.get(page)?.startsWith('# '))
      yield file.problem(['id'], `${page}, its page for people, is missing or does not begin with a title`);
  for (const page of pages.keys())
    if (!wanted.has(page)) yield new PolicyFileError(page, 0, 'no playbook has this id');
}

/** The text of `functions/generated/policies.gen.ts`, so that no Lambda needs a YAML parser or a file system. */
export function compilePolicies(policies: PolicyFolder = ours): string {
  const { playbooks, limits, environment, feeds, suppressions, webhooks, problems } = readPolicies(policies);
  if (problems[0]) throw problems[0];
  const prompts = filesOf(policies, 'prompts', '.md');
  const cedar = filesOf(policies, 'guardrails', '.cedar');
  const schema = filesOf(policies, 'guardrails', '.cedarschema');
  const yaml = ['limits.yaml', 'environment.yaml', 'feeds.yaml', 'suppressions.yaml'].map((file) =>
    fileAt(policies, file),
  );
  const all = [
    ...yaml,
    ...filesOf(policies, 'playbooks', '.yaml'),
    ...filesOf(policies, 'webhooks', '.yaml'),
    ...prompts,
    ...cedar,
    ...schema,
  ];
  return [
    '// Written by scripts/generate-policies.ts from policies/. Do not edit.',
    "import type { Feeds } from '../core/feeds.ts';",
    "import type { Limits } from '../core/limits.ts';",
    "import type { OwnEnvironment } from '../core/own-environment.ts';",
    "import type { Playbook, PlaybookTerms } from '../core/playbook.ts';",
    "import type { Suppressions } from '../core/suppression.ts';",
    "import type { WebhookMapping } from '../core/webhook.ts';",
    '',
    constant(
      'playbooks',
      'readonly Playbook[]',
      playbooks.map(({ content }) => content),
    ),
    '/** The same without what only analysts ask: a fifth of the size. */',
    constant(
      'playbookTerms',
      'readonly PlaybookTerms[]',
      playbooks.flatMap(({ content }) => (content ? termsOf(content) : [])),
    ),
    constant('limits', 'Limits', limits.content),
    constant('ownEnvironment', 'OwnEnvironment', environment.content),
    constant('feeds', 'Feeds', feeds.content),
    constant(
      'webhookMappings',
      'readonly WebhookMapping[]',
      webhooks.map(({ content }) => content),
    ),
    constant('suppressions', 'Suppressions', suppressions.content),
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

function termsOf({ rules: _rules, evidence: _evidence, ...terms }: Playbook): PlaybookTerms {
  return terms;
}

function problemsOfLimits(limits: Limits): (readonly [readonly string[], string])[] {
  const known = actions.map(({ id }) => id);
  return Object.keys(limits.actions)
    .filter((id) => !known.includes(id))
    .map((id) => [['actions', id], `${id} is not an action; there are ${known.join(', ')}`]);
}

function problemsOfFeeds({ feeds }: Feeds): (readonly [readonly string[], string])[] {
  return feeds
    .map(({ name }, index) => [name, index] as const)
    .filter(([name], index) => feeds.findIndex((one) => one.name === name) !== index)
    .map(([name, index]) => [['feeds', String(index), 'name'], `another feed is called ${name}`]);
}

function inspectMapping([path, text]: File): PolicyFile<WebhookMapping> {
  return inspectPolicyFile(path, text, WebhookMapping, ({ sender, expression }) => {
    const problem = problemOfMapping(expression);
    return [
      ...(path.endsWith(`/${sender}.yaml`)
        ? []
        : [[['sender'], `expected ${sender}.yaml to be the file's name`] as const]),
      ...(problem ? [[['expression'], problem] as const] : []),
    ];
  });
}

function problemsOfSuppressions({ suppressions }: Suppressions): Problem[] {
  const ids = suppressions.map(({ id }) => id);
  return ids.flatMap((id, index): Problem[] =>
    ids.indexOf(id) < index ? [[['suppressions', index, 'id'], `the id ${id} is already taken`]] : [],
  );
}

type File = readonly [path: string, text: string];

/** Throws PolicyFileError where there is none. */
function fileAt({ url, name }: PolicyFolder, file: string): File {
  try {
    return [`${name}/${file}`, readFileSync(new URL(file, url), 'utf8')];
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    throw new PolicyFileError(`${name}/${file}`, 0, 'there is no such file', { cause: error });
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** The files of a folder of `policies/`, by path; a folder that is not there yet has none. */
function filesOf({ url, name }: PolicyFolder, folder: string, extension: string): File[] {
  const directory = new URL(`${folder}/`, url);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((file) => file.endsWith(extension))
    .sort()
    .map((file) => [`${name}/${folder}/${file}`, readFileSync(new URL(file, directory), 'utf8')]);
}

function byName(files: readonly File[]): Record<string, string> {
  return Object.fromEntries(files.map(([path, text]) => [path.split('/').at(-1) ?? path, text]));
}

function constant(name: string, type: string, value: unknown): string {
  return `export const ${name}: ${type} = ${JSON.stringify(value, null, 2)};\n`;
}

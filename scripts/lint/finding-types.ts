import { fits, matchPlaybook } from '../../functions/analyst/playbook.ts';
import type { Playbook } from '../../functions/core/playbook.ts';
import type { SoundFile } from '../policy-file.ts';
import type { PolicyFileError } from '../policy-file-error.ts';

/** Whether two types, each exact or ending in `*`, have a finding in common. */
export function overlap(one: string, other: string): boolean {
  return fits(one, other.replace(/\*$/, '')) || fits(other, one.replace(/\*$/, ''));
}

/** What is wrong with the finding types that playbooks say they are for, given those that sources send. */
export function* typeProblems(
  files: readonly SoundFile<Playbook>[],
  known: readonly string[],
): Generator<PolicyFileError> {
  yield* takenTwice(files);
  const playbooks = files.map(({ content }) => content);
  for (const file of files)
    for (const [index, type] of file.content.types.entries()) {
      const problem = problemOf(type, file.content, playbooks, known);
      if (problem) yield file.problem(['types', index], problem);
    }
}

function* takenTwice(files: readonly SoundFile<Playbook>[]): Generator<PolicyFileError> {
  const first = new Map<string, string>();
  for (const file of files)
    for (const [index, type] of file.content.types.entries()) {
      const other = first.get(type);
      if (other) yield file.problem(['types', index], `the type ${type} is already taken by ${other}`);
      else first.set(type, file.path);
    }
}

function problemOf(
  type: string,
  playbook: Playbook,
  playbooks: readonly Playbook[],
  known: readonly string[],
): string | undefined {
  if (type === '*') return undefined;
  const wider = playbook.types.find((other) => other !== '*' && other !== type && fits(other, type));
  if (wider) return `${type} overlaps with ${wider}, which this playbook has as well`;
  const meant = known.filter((one) => overlap(type, one));
  if (meant.length === 0) return `${type} is no finding type that a source sends`;
  const taken = meant.every((one) => !one.endsWith('*') && matchPlaybook(one, playbooks).id !== playbook.id);
  if (!taken) return undefined;
  const [takers] = meant.map((one) => matchPlaybook(one, playbooks).id);
  return `${type} matches nothing: every finding of it goes to ${takers}, whose match is longer`;
}
